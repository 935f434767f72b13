"""What a page of a list names: each object's id, what it lives below, and as much of it as the list holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import wire


@dataclass(frozen=True)
class Listed:
    """An object that a list names.

    Attributes:
        kind: What it is.
        id: The API's id.
        above: The fields that it lives below.
        body: The object as the list has it; empty where the list has its id alone.

    """

    kind: Kind
    id: str
    above: Values
    body: Body

    @property
    def import_id(self) -> str:
        return self.kind.import_id(self.above, self.id)

    def values(self, doing: str) -> Values:
        """What the list says of it. Only where its items are whole objects that is all of it.

        Raises:
            ScalekitError: It has another form than the API's documents say.

        """
        with wire.readable(doing):
            return wire.values_of(self.kind, self.body, {**self.above, self.kind.api.id: self.id})

    def title(self, doing: str) -> str:
        """What people call it; empty where the list does not tell."""
        return self.kind.title({self.kind.api.id: self.id, **(self.values(doing) if self.body else {})})


def listed(kind: Kind, items: list[Body], given: Values, doing: str) -> Iterator[Listed]:
    """The objects that a page of a list names.

    Args:
        kind: What they are.
        items: The page's items.
        given: The fields that the list was asked for with.
        doing: For errors.

    Raises:
        ScalekitError: An item does not tell its id, or what it is in.

    """
    each = kind.api.inventory.each if kind.api.inventory else ""
    for item in items:
        with wire.readable(doing):
            above = {
                name: given[name] if name in given else _text(item, name)
                for name in kind.above
                if name in given or name not in kind.api.optional
            }
            named = [str(id_) for id_ in item.get(each) or ()] if each else [_text(item, kind.api.id)]
        yield from (Listed(kind, id_, above, {} if each else item) for id_ in named)


def _text(item: Body, key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value:
        raise wire.Unreadable(f"an object in it has no {key}")
    return value
