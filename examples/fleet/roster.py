"""Reads the customers from a YAML file, and says file and line of whatever is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import pulumi
import yaml

import pulumi_scalekit as scalekit


@dataclass(frozen=True)
class Entry:
    """One customer as the file has it.

    Attributes:
        key: Your own key of the customer.
        where: File and line, for errors.
        name: Name that people see.
        tier: What the customer pays for.
        domain: Whose users sign in through `sso`.
        sso: `provider`, `issuer` and `client_id`.
        directory: The identity provider that provisions users.
        session_minutes: After how many minutes a session ends.
        roles: Names of permissions, by the role's name.
        machine: Makes a machine client; another text rotates its secret.

    """

    key: str
    where: str
    name: str
    tier: str = "standard"
    domain: str | None = None
    sso: dict[str, str] | None = None
    directory: str | None = None
    session_minutes: int | None = None
    roles: dict[str, list[str]] = field(default_factory=dict)
    machine: str | None = None


Rule = Callable[[Any], str | None]
"""The reason why a value is refused, or None."""


def read(path: Path) -> list[Entry]:
    """Return the customers of a file, by key.

    Raises:
        pulumi.RunError: Something is wrong. The message has a line for each mistake, not only for the first.

    """
    return _Roster(path).entries()


def _text(longest: int) -> Rule:
    return lambda value: (
        None if isinstance(value, str) and 0 < len(value) <= longest else f"must be a text of 1 to {longest} characters"
    )


def _one_of(choices: type[Enum]) -> Rule:
    known = [choice.value for choice in choices]
    return lambda value: None if value in known else f"must be one of {', '.join(known)}"


def _minutes(value: Any) -> str | None:
    return (
        None if isinstance(value, int) and not isinstance(value, bool) and value > 0 else "must be a number of minutes"
    )


def _permissions_by_role(value: Any) -> str | None:
    lists = list(value.values()) if isinstance(value, dict) else [None]
    good = all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in lists)
    return None if good else 'must be lists of permissions by role, such as auditor: ["orders:read"]'


_SIGN_ON: dict[str, Any] = {
    "provider": _one_of(scalekit.ConnectionProvider),
    "issuer": _text(1000),
    "client_id": _text(255),
}
_CUSTOMER: dict[str, Any] = {
    "name": _text(200),
    "tier": _text(256),
    "domain": _text(255),
    "sso": _SIGN_ON,
    "directory": _one_of(scalekit.DirectoryDirectoryProvider),
    "session_minutes": _minutes,
    "roles": _permissions_by_role,
    "machine": _text(100),
}


class _Roster:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._mistakes: list[str] = []
        self._loader = yaml.SafeLoader("")

    def entries(self) -> list[Entry]:
        try:
            root = yaml.compose(self._path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise pulumi.RunError(f"{self._path.name}:{line}: {error.problem}") from None
        found = []
        for key, (where, node) in self._keys(root, "the file").items():
            values = self._block(node, where, key, _CUSTOMER, required=("name",))
            if not self._mistakes:
                found.append(Entry(key, where, **values))
        if self._mistakes:
            raise pulumi.RunError("\n".join(self._mistakes))
        # By key: the order in the file means nothing.
        return sorted(found, key=lambda entry: entry.key)

    def _block(
        self, node: Any, where: str, what: str, rules: Mapping[str, Any], required: tuple[str, ...]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        nodes = self._keys(node, what)
        for key, (at, inner) in nodes.items():
            rule = rules.get(key)
            if rule is None:
                self._mistakes.append(f"{at}: {what} has a key {key}; known are {', '.join(rules)}")
            elif isinstance(rule, Mapping):
                values[key] = self._block(inner, at, f"{what}.{key}", rule, required=tuple(rule))
            else:
                values[key] = self._loader.construct_object(inner, deep=True)
                if reason := rule(values[key]):
                    self._mistakes.append(f"{at}: {what}.{key} {reason}")
        if isinstance(node, yaml.MappingNode):
            self._mistakes += [f"{where}: {what} has no {key}" for key in required if key not in nodes]
        return values

    def _keys(self, node: Any, what: str) -> dict[str, tuple[str, Any]]:
        """The keys of a mapping, each with its place and its value."""
        if not isinstance(node, yaml.MappingNode):
            self._mistakes.append(f"{self._at(node)}: {what} must have keys with values")
            return {}
        found: dict[str, tuple[str, Any]] = {}
        for key, value in node.value:
            if key.value in found:
                self._mistakes.append(f"{self._at(key)}: {key.value} stands there already, at {found[key.value][0]}")
            else:
                found[key.value] = (self._at(key), value)
        return found

    def _at(self, node: Any) -> str:
        return f"{self._path.name}:{node.start_mark.line + 1 if node else 1}"
