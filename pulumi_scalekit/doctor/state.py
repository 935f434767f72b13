"""What the stack's state holds, and of which environment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from pulumi_scalekit.doctor.diagnosis import Diagnoses, Diagnosis
from pulumi_scalekit.stack.resource import StackResource, resource
from pulumi_scalekit.stack.stack import PulumiError, Stack

_PART = "state"
_SCALEKITS_OWN = (".scalekit.com", ".scalekit.dev", ".scalekit.cloud")


def state(stack: Stack) -> Diagnoses[list[StackResource]]:
    """The resources of Scalekit in the state of a stack."""
    try:
        resources = stack.resources()
    except PulumiError as error:
        said = " ".join(line.strip() for line in str(error).splitlines()[1:4])[:300]
        yield Diagnosis(_PART, "error", f"Pulumi does not tell the state: {said}", "`pulumi stack export` has to work.")
        return []
    held = [found for found in map(resource, resources) if found.key and not found.deleted]
    if not held:
        yield Diagnosis(
            _PART,
            "note",
            "The stack has no resources of Scalekit yet.",
            "`pulumi up` creates what the program declares.",
        )
    return held


def environments(held: Sequence[StackResource], url: str, previous: str) -> Diagnoses[None]:
    """Whether the resources live in the environment that is configured.

    Args:
        held: What the state has.
        url: The configured environment; empty where there is none.
        previous: Its former URL, if one is configured.

    """
    own = Counter(found.home for found in held if not found.has_explicit_provider and found.home)
    others = Counter(found.home for found in held if found.has_explicit_provider and found.home)
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
