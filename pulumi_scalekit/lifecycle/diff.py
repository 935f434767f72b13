"""Diff: which properties changed, at which path, and which of them make a new object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from pulumi_scalekit.lifecycle.notes import Notes
from pulumi_scalekit.model.check_failures import state_path
from pulumi_scalekit.model.compare import is_empty, same
from pulumi_scalekit.model.field import RELEASE, Field, Values, value_at
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects

What: TypeAlias = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class Change:
    """One changed property.

    Attributes:
        path: In the words of the state: `oidc.clientSecret`, `metadata.tier`.
        what: Whether it is new, gone, or has another value.
        replaces: Whether it makes a new object.
        handed_back: It is no longer declared, and Scalekit keeps it as it is.
        old: Its value before; None where it had none.
        new: Its value now; None where it has none.
        secret: Neither may be shown.

    """

    path: str
    what: What
    replaces: bool
    handed_back: bool = False
    old: Any = field(default=None, repr=False)
    new: Any = field(default=None, repr=False)
    secret: bool = False

    @property
    def property(self) -> str:
        """The top-level property that it is in."""
        return self.path.split(".")[0].split("[")[0]


@dataclass(frozen=True)
class Difference:
    """All that changed.

    Attributes:
        changes: By property.
        delete_first: The new object could not stand beside the old one. Also said where nothing replaces: the user may
            want a replacement, which only the engine knows.
        moves: The environment has a new URL, and the state still names the previous one.
        in_doubt: A secret has to be written again although the program is as before.

    """

    changes: tuple[Change, ...]
    delete_first: bool = False
    moves: bool = False
    in_doubt: bool = False

    @property
    def replaces(self) -> list[str]:
        """The top-level properties, in the words of the state, whose change makes a new object."""
        return list(dict.fromkeys(change.property for change in self.changes if change.replaces))


def diff(objects: Objects, id: str, state: Values, old: Values, new: Values) -> Difference:
    """Compare what was declared with what is declared now. An unknown value is a change. Nothing is sent.

    Args:
        objects: The objects of its kind, where it lives.
        id: The API's id.
        state: The last state.
        old: What was declared: the state's inputs, or the state itself.
        new: The inputs of the program.

    Raises:
        WrongEnvironment: The resource lives elsewhere. After it this run creates nothing.

    """
    kind = objects.kind
    objects.guard(state, "comparing")
    objects.run.hold(objects.key(state, id), objects.environment.resource)
    if kind.api.cascades_to:
        objects.run.protect(id, on=bool(new.get("deletion_protection")))
    notes = Notes.of(state)
    # An import took it and the program leaves it out: nothing is cleared, whatever stands in the inputs.
    left = {state_path(kind, path.split(".")) for path in notes.imported if is_empty(value_at(new, path))}
    changes = tuple(
        replace(change, what="delete", handed_back=True) if change.path in left else change
        for change in changes_between(kind, old, new)
    )
    doubted = [
        state_path(kind, path.split(".")) for path in sorted(notes.in_doubt) if not is_empty(value_at(new, path))
    ]
    if kind.api.is_of_environment:
        # Left out, it is the environment that the resource lives in: to declare that one makes nothing new.
        home = kind.by_name[kind.api.setting_of].state
        changes = tuple(
            replace(change, replaces=False) if (change.path, change.old, change.new) == (home, None, id) else change
            for change in changes
        )
    known = {change.path for change in changes}
    changes += tuple(Change(path, "update", replaces=False) for path in doubted if path not in known)
    # With the same name the new object would meet the old one.
    names = (kind.api.unique,) if kind.api.unique else kind.api.identity if kind.api.delete_before_replace else ()
    meets = kind.api.is_only or (
        bool(names) and all(old.get(name) and same(kind.by_name[name], old[name], new.get(name)) for name in names)
    )
    return Difference(changes, delete_first=meets, moves=objects.environment.moves(state), in_doubt=bool(doubted))


def changes_between(kind: Kind, old: Values, new: Values) -> Iterator[Change]:
    """The changed properties: of a block and of a map each key, of a list the whole."""
    for each in kind.inputs:
        # What no answer shows is not in the state after an import, and may be at Scalekit as it is declared now.
        first_told = each.sparse and old.get(each.name) is None
        replaces = each.name in kind.replacing and not first_told
        yield from _changes(each, each.state, old.get(each.name), new.get(each.name), replaces)


def set_in(kind: Kind, values: Values) -> Iterator[Change]:
    """What is set in the inputs: of a block and of a map each key, of a list the whole."""
    empty: Values = {each.name: {} for each in kind.inputs if isinstance(values.get(each.name), dict)}
    yield from changes_between(kind, empty, values)


def _changes(field: Field, path: str, old: Any, new: Any, replaces: bool) -> Iterator[Change]:  # noqa: FBT001
    if old is None and new is None:
        return
    if old is None or new is None:
        handed_back = new is None and field.clear is RELEASE and not field.provider_only
        what: What = "add" if old is None else "delete"
        yield Change(path, what, replaces and not handed_back, handed_back, old, new, field.secret)
    elif field.shape.name == "block" and isinstance(old, dict) and isinstance(new, dict):
        for part in field.shape.fields:
            yield from _changes(part, f"{path}.{part.state}", old.get(part.name), new.get(part.name), replaces)
    elif field.shape.name == "map" and isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                at = f"{path}.{key}" if key.isidentifier() else f'{path}["{key}"]'
                what = "add" if key not in old else "delete" if key not in new else "update"
                handed_back = what == "delete" and field.clear is RELEASE
                yield Change(at, what, replaces, handed_back, old.get(key), new.get(key), field.secret)
    elif not same(field, old, new):
        yield Change(path, "update", replaces, old=old, new=new, secret=field.secret)
