"""What `pulumi preview --json` wrote: the steps, the diagnostics, the configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pulumi_scalekit.stack.resource import StackResource, resource

Operation: TypeAlias = Literal["create", "update", "replace", "delete", "import", "same", "read"]

_OPERATIONS: dict[str, Operation] = {
    "create": "create",
    "update": "update",
    "replace": "replace",
    "delete": "delete",
    "import": "import",
    "import-replacement": "import",
    "same": "same",
    "read": "read",
    "read-replacement": "read",
    "discard": "delete",
}
"""The steps that count. A replacement has two more, which say the same again."""
_ENGINES = ("__provider", "__instance", "environmentUrl", "__guarded")


class NoPreview(ValueError):
    """What was given is no preview; the text says what it is."""


@dataclass(frozen=True)
class Step:
    """What happens to one resource.

    Attributes:
        operation: What the engine would do.
        old: The resource in the state; None where it is new.
        new: The resource in the program; None where it is deleted.
        changed: Paths of the changed properties in the words of the state, as the engine has them.

    """

    operation: Operation
    old: StackResource | None
    new: StackResource | None
    changed: tuple[str, ...] = ()

    @property
    def unprotected(self) -> bool:
        """Whether Pulumi's `protect` is taken away, which changes nothing else."""
        return bool(self.old and self.new and self.old.protected and not self.new.protected)

    @property
    def resource(self) -> StackResource:
        """The resource as it will be, or was."""
        either = self.new or self.old
        if either is None:
            raise NoPreview("a step of the preview has neither an old nor a new state")
        return either


@dataclass(frozen=True)
class Preview:
    """A preview.

    Attributes:
        steps: What happens, one for each resource.
        errors: Why it failed: (URN of the resource or empty, text).
        config: The stack's configuration, without secrets.

    """

    steps: tuple[Step, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    config: Mapping[str, str] = field(default_factory=dict)


def parse(text: str) -> Preview:
    """The preview in a text.

    Raises:
        NoPreview: It is none.

    """
    found = _json(text)
    steps = found.get("steps")
    if not isinstance(steps, list) and "diagnostics" not in found:
        raise NoPreview("this is JSON, but not what `pulumi preview --json` writes: it has no steps")
    errors = [
        (str(said.get("urn") or ""), _message(str(said.get("message") or "")))
        for said in found.get("diagnostics") or ()
        if said.get("severity") == "error"
    ]
    config = {str(key): str(value) for key, value in (found.get("config") or {}).items()}
    return Preview(tuple(_steps(steps or [])), tuple(_told(errors)), config)


def _json(text: str) -> Mapping[str, Any]:
    if not text.strip():
        raise NoPreview("the preview wrote nothing: why it failed stands in its own output, on stderr")
    # A warning of the engine may stand before the JSON.
    start = text.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
    except ValueError as error:
        raise NoPreview(f"the preview is no JSON, or is cut off: {error}. Run `pulumi preview --json`") from None
    if not isinstance(found, dict):
        raise NoPreview(f"the preview is no JSON: it begins with {text.strip()[:80]!r}. Run `pulumi preview --json`")
    return found


def _steps(listed: list[Any]) -> Iterator[Step]:
    for each in listed:
        operation = _OPERATIONS.get(str(each.get("op")))
        if operation is None:
            continue
        old, new = each.get("oldState"), each.get("newState")
        paths = [*(each.get("detailedDiff") or {}), *(each.get("diffReasons") or ())]
        changed = tuple(path for path in dict.fromkeys(paths) if path.split(".")[0].split("[")[0] not in _ENGINES)
        if operation in ("delete", "create", "import", "read"):
            old, new = (old, None) if operation == "delete" else (None, new)
        yield Step(operation, resource(old) if old else None, resource(new) if new else None, changed)


def _message(text: str) -> str:
    return text.strip().removeprefix("error: ").strip()


_ECHOES = ("preview failed", "update failed", "an unhandled error occurred: program exited with non-zero exit code")


def _told(errors: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The errors without those that only repeat that there are some."""
    told = [error for error in errors if not error[1].startswith(_ECHOES)]
    yield from dict.fromkeys(told or [(urn, _unexplained(text)) for urn, text in errors])


def _unexplained(text: str) -> str:
    # What a policy pack says is no part of the JSON.
    return f"{text}. The JSON does not say why: a policy may be violated. `pulumi preview` without --json shows it"
