"""What `pulumi preview --json` writes, for programs of our own making."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.support.providers import UNKNOWN

Declared = dict[str, tuple[str, dict[str, Any]]]
"""Resources by name: (kind, inputs in the words of the state). A value `ref:NAME` comes from another resource."""

TYPES = {"dynamic": "pulumi-python:dynamic/scalekit:", "plugin": "scalekit:index:"}
_CHILD = re.compile(r"ref:(.+)")


class Previewed:
    """Makes previews of one stack.

    Args:
        provider: Whose types the resources have.
        sames: Also what stays, as with `--show-sames`.

    """

    def __init__(self, provider: str = "dynamic", *, sames: bool = True) -> None:
        self.prefix, self.sames = TYPES[provider], sames

    def urn(self, kind: str, name: str) -> str:
        return f"urn:pulumi:dev::customers::{self.prefix}{kind}::{name}"

    def text(
        self,
        old: Declared,
        new: Declared,
        *,
        secrets: tuple[str, ...] = (),
        protected: tuple[str, ...] = (),
        errors: tuple[tuple[str, str], ...] = (),
        config: dict[str, str] | None = None,
    ) -> str:
        """A preview of the change from one declaration to the other.

        Args:
            old: What the state holds.
            new: What the program declares.
            secrets: Paths of changed secrets, `NAME:oidc.clientSecret`.
            protected: What Pulumi's `protect` keeps in the state, and no longer in the program.
            errors: Messages, with the name of their resource or without.
            config: The stack's configuration.

        """
        steps = [step for name in {**new, **old} if (step := self._step(name, old, new, secrets))]
        for step in steps:
            if step["urn"].rpartition("::")[2] in protected:
                step["oldState"]["protect"] = True
        diagnostics = [
            {"severity": "error", "message": f"error: {text}\n", **({"urn": self.urn("Domain", name)} if name else {})}
            for name, text in errors
        ]
        return json.dumps({"config": config or {}, "steps": steps, "diagnostics": diagnostics})

    def _step(self, name: str, old: Declared, new: Declared, secrets: tuple[str, ...]) -> dict[str, Any] | None:
        before, after = old.get(name), new.get(name)
        changed = [path.partition(":")[2] for path in secrets if path.startswith(f"{name}:")]
        kind = (after or before or ("", {}))[0]
        op = "create" if before is None else "delete" if after is None else "update"
        if before == after and not changed:
            op = "same"
        elif before and after and before[1].get("organizationId") != after[1].get("organizationId"):
            op = "replace"
        if op == "same" and not self.sames:
            return None
        step = {"op": op, "urn": self.urn(kind, name), "detailedDiff": dict.fromkeys(changed)}
        if before:
            step["oldState"] = self._state(name, before, old, id=name)
        if after:
            step["newState"] = self._state(name, after, {**old, **new}, id=name if name in old else "")
        return step

    def _state(self, name: str, declared: tuple[str, dict[str, Any]], all_: Declared, id: str) -> dict[str, Any]:
        kind, inputs = declared
        sources = {
            key: [self.urn(all_[found[1]][0], found[1])]
            for key, value in inputs.items()
            if isinstance(value, str) and (found := _CHILD.fullmatch(value)) and found[1] in all_
        }
        values = {key: self._value(value, known=bool(id)) for key, value in inputs.items()}
        return {
            "urn": self.urn(kind, name),
            "type": f"{self.prefix}{kind}",
            **({"id": f"id_{id}"} if id else {}),
            "inputs": {**values, "__provider": "gASV"},
            "propertyDependencies": sources,
        }

    @staticmethod
    def _value(value: Any, *, known: bool) -> Any:
        if isinstance(value, str) and (found := _CHILD.fullmatch(value)):
            return f"id_{found[1]}" if known else UNKNOWN
        return value


def tenant(name: str, *, issuer: str = "", enabled: bool = True, **organization: Any) -> Declared:
    """An organization with a domain and a connection."""
    owner = {"organizationId": f"ref:{name}"}
    oidc = {"issuer": issuer or f"https://{name}.okta.com", "clientId": "0oa1", "clientSecret": "[secret]"}
    return {
        name: ("Organization", {"displayName": f"{name.title()} Inc", **organization}),
        f"{name}-domain": ("Domain", {**owner, "domain": f"{name}.com"}),
        f"{name}-sso": ("Connection", {**owner, "provider": "OKTA", "type": "OIDC", "oidc": oidc, "enabled": enabled}),
    }
