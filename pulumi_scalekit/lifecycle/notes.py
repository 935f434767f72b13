"""What a state has to remember beside its properties: three lists of paths, such as `oidc.client_secret`.

They stand in the state's outputs, which a refresh hands back and an engine never compares, and only where there is something
to remember.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_scalekit.model.field import Values, value_at
from pulumi_scalekit.model.names import NOTES

_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Notes:
    """The paths to remember.

    Attributes:
        stays: Was removed from the program, and Scalekit keeps it all the same: not drift, and not to be removed again.
        in_doubt: A secret that may have been written although the write failed: the next update writes it again.
        imported: An import took it, and Scalekit may have made it: removing it from the program clears nothing.

    """

    stays: frozenset[str] = frozenset()
    in_doubt: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()

    @classmethod
    def of(cls, state: Values) -> Notes:
        """The notes in a state."""
        held = state.get(NOTES)
        if not isinstance(held, Mapping):
            return cls()
        return cls(**{name: frozenset(map(str, held.get(name) or ())) for name in cls.__dataclass_fields__})

    def added_to(self, state: Values) -> Values:
        """A state with these notes, and with none where there is nothing to remember."""
        held = {name: sorted(paths) for name in self.__dataclass_fields__ if (paths := getattr(self, name))}
        rest = {name: value for name, value in state.items() if name != NOTES}
        return {**rest, NOTES: held} if held else rest

    def effective(self, old: Values, new: Values) -> Values:
        """What an update, or its preview, has to take for the old values: without what the program is not compared with.

        A secret in doubt counts as never written. What an import took counts as never declared, once the program leaves it
        out.
        """
        dropped = [path for path in self.imported if value_at(new, path) in _EMPTY]
        return without(old, [*self.in_doubt, *dropped])


def without(values: Values, paths: Iterable[str]) -> Values:
    """The values less those at some paths."""
    for path in paths:
        first, _, below = path.partition(".")
        inner = values.get(first)
        if not below:
            values = {name: value for name, value in values.items() if name != first}
        elif isinstance(inner, Mapping):
            values = {**values, first: without(dict(inner), [below])}
    return values
