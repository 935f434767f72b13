"""What the stack's state holds, and of which environment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pulumi_scalekit.doctor.diagnosis import Diagnoses, Diagnosis
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.stack.stack import PulumiError, Stack, key_of

_PART = "state"
_SCALEKITS_OWN = (".scalekit.com", ".scalekit.dev", ".scalekit.cloud")


@dataclass(frozen=True)
class Held:
    """A resource of Scalekit in a state.

    Attributes:
        name: Its name in the program.
        kind: What it is.
        values: Its inputs and outputs. A secret among them is as it is encrypted.
        explicit: It belongs to an explicit `scalekit.Provider`, whose environment may be another one.

    """

    name: str
    kind: Kind
    values: Mapping[str, Any]
    explicit: bool

    @property
    def url(self) -> str:
        return str(self.values.get("environment_url") or "")


def state(stack: Stack) -> Diagnoses[list[Held]]:
    """The resources of Scalekit in the state of a stack."""
    try:
        resources = stack.resources()
    except PulumiError as error:
        said = " ".join(line.strip() for line in str(error).splitlines()[1:4])[:300]
        yield Diagnosis(_PART, "error", f"Pulumi does not tell the state: {said}", "`pulumi stack export` has to work.")
        return []
    held = [found for resource in resources if (found := _held(resource))]
    if not held:
        yield Diagnosis(
            _PART,
            "note",
            "The stack has no resources of Scalekit yet.",
            "`pulumi up` creates what the program declares.",
        )
    return held


def _held(resource: Mapping[str, Any]) -> Held | None:
    key = key_of(resource, KINDS)
    if key is None or resource.get("delete"):
        return None
    kind = KINDS[key[0]]
    # `urn::id`, and the last part of the URN is the name: that of a default provider is `default` and maybe a version.
    provider = str(resource.get("provider") or "").rpartition("::")[0].rpartition("::")[2]
    return Held(
        resource["urn"].rpartition("::")[2],
        kind,
        from_state(kind, resource.get("outputs") or {}),
        explicit=bool(provider) and not provider.startswith("default"),
    )


def environments(held: Sequence[Held], url: str, previous: str) -> Diagnoses[None]:
    """Whether the resources live in the environment that is configured.

    Args:
        held: What the state has.
        url: The configured environment; empty where there is none.
        previous: Its former URL, if one is configured.

    """
    own = Counter(found.url for found in held if not found.explicit and found.url)
    others = Counter(found.url for found in held if found.explicit and found.url)
    for home, number in others.items():
        yield Diagnosis(
            _PART,
            "ok",
            f"{_number(number)} in {home}, through an explicit scalekit.Provider, whose credentials are not looked at.",
        )
    for home, number in own.items():
        if home == url:
            yield Diagnosis(_PART, "ok", f"{_number(number)} in {home}, the configured environment.")
        elif home == previous:
            yield Diagnosis(
                _PART,
                "note",
                f"{_number(number)} in {home}, which scalekit:previousEnvironmentUrl says is the same environment.",
                "`pulumi up` moves them to the new URL.",
            )
        elif url:
            yield Diagnosis(
                _PART,
                "error",
                f"{_number(number)} in {home}, and the configured environment is {url}: every command of Pulumi will refuse.",
                _way_back(home, url),
            )
        else:
            yield Diagnosis(_PART, "note", f"{_number(number)} in {home}.")


def _way_back(home: str, url: str) -> str:
    back = f"`pulumi config set scalekit:environmentUrl {home}` (and its credentials), or choose the right stack: `pulumi stack select`"
    moved = (
        f"`pulumi config set scalekit:previousEnvironmentUrl {home}`, then `pulumi up`, which moves the resources to the new "
        f"URL without a change at Scalekit"
    )
    if is_scalekits_own(home) and is_scalekits_own(url):
        # Two hosts of Scalekit's are two environments.
        return f"{back}. Only if it is the same environment under a new URL: {moved}."
    return f"If {url} is another URL of the same environment, as after a custom domain: {moved}. Otherwise: {back}."


def is_scalekits_own(url: str) -> bool:
    """Whether a URL is one that Scalekit gave, and not a custom domain."""
    return (urlsplit(url).hostname or "").endswith(_SCALEKITS_OWN)


def _number(number: int) -> str:
    return f"{number:,} resource{'s live' if number != 1 else ' lives'}"
