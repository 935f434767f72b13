"""A resource as `pulumi preview --json` and `pulumi stack export` have it, of either provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS

SECRET = "[secret]"  # noqa: S105 - what stands in place of one
"""What a preview has in place of a secret."""
NOT_KNOWN = "(known after pulumi up)"

_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE, _SIGNATURE_OF_SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
_DYNAMIC, _PLUGIN = "pulumi-python:dynamic/scalekit:", "scalekit:index:"


@dataclass(frozen=True)
class StackResource:
    """One resource.

    Attributes:
        urn: Its URN.
        kind: What it is; None of another provider.
        id: The API's id; empty where it is not there yet.
        inputs: What is declared; `UNKNOWN` in place of what is secret or not known.
        shown: The same for people: words in place of what is secret or not known.
        outputs: What the state holds beside; the same as with `inputs`.
        owners: By property, in Python's names: the URNs of the resources that its value comes from.
        managed: It is the stack's, not what a `get` reads.
        deleted: It is to be deleted, as what a replacement has left over.
        protected: Pulumi's `protect` is on: no command deletes it.
        provider: The name of its provider; that of a default one begins with `default`.

    """

    urn: str
    kind: Kind | None
    id: str
    inputs: Values
    shown: Values
    outputs: Values
    owners: Mapping[str, list[str]]
    managed: bool
    deleted: bool
    protected: bool
    provider: str

    @property
    def name(self) -> str:
        """Its name in the program."""
        return self.urn.rpartition("::")[2]

    @property
    def key(self) -> tuple[str, str] | None:
        """Its type and its import id; None of one that is not ours, or not there yet."""
        if self.kind is None or not self.id:
            return None
        return self.kind.token, self.kind.import_id(self.outputs, self.id)

    @property
    def home(self) -> str:
        """The URL of the environment that it lives in; empty where that is not known."""
        url = self.outputs.get("environment_url")
        return url if isinstance(url, str) else ""

    @property
    def has_explicit_provider(self) -> bool:
        """Whether it belongs to an explicit `scalekit.Provider`, whose environment may be another one."""
        return bool(self.provider) and not self.provider.startswith("default")


def kind_of(type: str, kinds: Mapping[str, Kind] = KINDS) -> Kind | None:
    """The kind of a resource's type, with either provider; None of any other type."""
    return kinds.get(type.replace(_DYNAMIC, _PLUGIN) if type.startswith(_DYNAMIC) else type)


def resource(state: Mapping[str, Any]) -> StackResource:
    """A resource of a state, or of an import file."""
    kind = kind_of(str(state.get("type", "")))
    given, outputs = state.get("inputs") or {}, state.get("outputs") or {}
    dependencies: Mapping[str, Any] = state.get("propertyDependencies") or {}
    names = {field.state: field.name for field in kind.inputs} if kind else {}
    return StackResource(
        urn=str(state.get("urn", "")),
        kind=kind,
        id=str(state.get("id") or ""),
        inputs=_values(kind, given, lambda _: UNKNOWN),
        shown=_values(kind, given, lambda word: word),
        outputs=_values(kind, outputs, lambda _: UNKNOWN),
        owners={names.get(name, name): list(urns or ()) for name, urns in dependencies.items()},
        managed=not state.get("external"),
        deleted=bool(state.get("delete")),
        protected=bool(state.get("protect")),
        # A reference is a URN, `::` and an id, and the last part of the URN is the name.
        provider=str(state.get("provider") or "").rpartition("::")[0].rpartition("::")[2],
    )


def _values(kind: Kind | None, properties: Mapping[str, Any], leaf: Callable[[str], Any]) -> Values:
    if kind is None:
        return {}
    values = from_state(kind, _replaced(properties, leaf))
    blocks = [field.name for field in kind.fields if field.shape.name == "block"]
    # A block that is secret as a whole has no keys that a rule could look at.
    return {name: value for name, value in values.items() if name not in blocks or isinstance(value, dict)}


def _replaced(value: Any, leaf: Callable[[str], Any]) -> Any:
    if isinstance(value, Mapping):
        if value.get(SIGNATURE) == _SIGNATURE_OF_SECRET:
            return leaf(SECRET)
        return {key: _replaced(item, leaf) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, leaf) for item in value]
    if value == _UNKNOWN:
        return leaf(NOT_KNOWN)
    return leaf(SECRET) if value == SECRET else value
