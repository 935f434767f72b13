"""The resources of a stack that a report compares with Scalekit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_scalekit.lifecycle.notes import without
from pulumi_scalekit.model.field import UNKNOWN, Shape, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.paths import in_python
from pulumi_scalekit.stack.resource import SIGNATURE, StackResource, resource


@dataclass(frozen=True)
class Managed:
    """A resource in a stack's state.

    Attributes:
        kind: What it is.
        resource: As the state has it, secrets hidden.
        stack: The stack's name.
        state: What a read compares with: inputs and outputs, secrets in plaintext where the state shows them.
        secrets: Paths, in the words of the state, whose values must not be shown.
        hidden: Secrets that the state does not show, so that nothing can be compared with them.

    """

    kind: Kind
    resource: StackResource
    stack: str
    state: Values
    secrets: frozenset[str]
    hidden: int

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other object of the environment."""
        return self.kind.token, self.kind.import_id(self.state, self.resource.id)

    def is_secret(self, path: str) -> bool:
        """Whether a property is secret, is in something that is, or has something secret in it."""
        return any(
            f"{one}.".startswith(f"{other}.")
            for secret in self.secrets
            for one, other in ((path, secret), (secret, path))
        )

    def without_secrets(self, values: Values) -> Values:
        """The values less those that must not be shown, for sentences about them."""
        return without(values, [in_python(self.kind, path) for path in self.secrets])

    def for_rules(self, values: Values) -> Values:
        """The values with `UNKNOWN` in place of those that must not be shown, as a review has them: they are not missing."""
        shown = self.without_secrets(values)
        for path in self.secrets if values else ():
            shown = _unknown_at(self.kind.shape, shown, in_python(self.kind, path).split("."))
        return shown

    @property
    def label(self) -> str:
        return self.kind.label(self.resource.shown)

    @property
    def home(self) -> str:
        """The environment that it lives in."""
        return str(self.state.get("environment_url") or "")


def managed(resources: Iterable[Mapping[str, Any]], stack: str) -> Iterator[Managed]:
    """The resources of Scalekit that a state manages.

    Args:
        resources: As `pulumi stack export` has them.
        stack: The stack's name.

    """
    for each in resources:
        found = resource(each)
        # What is only read belongs to somebody else, and what is to be deleted to nobody.
        if found.kind is None or not found.managed or not found.id or found.deleted:
            continue
        secrets: set[str] = set()
        outputs, hidden = {}, 0
        for name, value in (each.get("outputs") or {}).items():
            plain, unknown = _plain(value)
            hidden += unknown
            if plain is not None:
                outputs[name] = plain
        for part in ("inputs", "outputs"):
            secrets |= set(_marked(each.get(part) or {}))
        yield Managed(found.kind, found, stack, from_state(found.kind, outputs), frozenset(secrets), hidden)


def _unknown_at(shape: Shape, values: Values, path: Sequence[str]) -> Values:
    """The values with `UNKNOWN` at a path, where that in which it is is there."""
    first, *below = path
    inner = values.get(first)
    is_block = first in shape.by_name and shape.by_name[first].shape.name == "block"
    if not below:
        # A block that is secret as a whole has no keys that a rule could look at.
        return values if is_block else {**values, first: UNKNOWN}
    if not isinstance(inner, Mapping):
        return values
    if not is_block:
        return {**values, first: {**inner, ".".join(below): UNKNOWN}}
    return {**values, first: _unknown_at(shape.by_name[first].shape, dict(inner), below)}


def _plain(value: Any) -> tuple[Any, int]:
    """A value without the marks of secrets, and how many of them hide their value."""
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            text = value.get("plaintext")
            return (json.loads(text), 0) if isinstance(text, str) else (None, 1)
        parts = {key: _plain(item) for key, item in value.items()}
        return {key: part for key, (part, _) in parts.items() if part is not None}, sum(n for _, n in parts.values())
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        hidden = sum(number for _, number in items)
        # A list with a hole in it would be another list.
        return None if hidden else [item for item, _ in items], hidden
    return value, 0


def _marked(value: Any, path: str = "") -> Iterator[str]:
    """The paths of secrets. Of a list it is the whole."""
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            yield path
        else:
            for key, item in value.items():
                yield from _marked(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and any(True for item in value for _ in _marked(item, path)):
        yield path
