"""A function: a question to Scalekit that a program may ask, declared once for both providers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from pulumi_scalekit.model.api import Api
from pulumi_scalekit.model.field import Field, Values
from pulumi_scalekit.model.kind import Kind

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Function(Generic[R]):
    """One function.

    Attributes:
        name: `getOrganization`.
        description: What it answers, and what it does to Scalekit if it does anything.
        inputs: Its arguments.
        outputs: The keys of its answer.
        call: Asks Scalekit. It is given the environment and, by name, the arguments.
        result: The class of its answer: a dataclass, or a list of `item`.
        item: The class of one object of a list; None where the answer is no list.
        rule: A rule between arguments: (path in Python's names, reason).
        writes: It makes something in Scalekit, so a preview does not call it, and its answer is unknown there.
        local: It is computed from its arguments alone, in the program's process if that is Python: no settings are needed,
            and nothing is sent. In place of the environment, `call` is given what shows the user a warning.

    """

    name: str
    description: str
    inputs: tuple[Field, ...]
    outputs: tuple[Field, ...]
    call: Callable[..., R]
    result: type[R]
    item: type | None = None
    rule: Callable[[Values], list[tuple[str, str]]] | None = None
    writes: bool = False
    local: bool = False

    @property
    def token(self) -> str:
        return f"scalekit:index:{self.name}"

    @property
    def python_name(self) -> str:
        """`get_organization`."""
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in self.name)

    @property
    def file_name(self) -> str:
        """What its files are called: `get-organization`."""
        return self.python_name.replace("_", "-")

    @cached_property
    def arguments(self) -> Kind:
        """Its arguments in the words of a resource, so that the same rules judge them."""
        return Kind(self.name, self.description, self.inputs, Api(item="", envelope=""), self.rule)

    @cached_property
    def answer(self) -> Kind:
        """Its answer in the words of a resource, so that the same names are given to its keys."""
        return Kind(self.name, self.description, self.outputs, Api(item="", envelope=""))

    def values(self, answer: R) -> Values:
        """An answer as values, for the protocol."""
        if self.item is None:
            return _values(answer)
        return {self.outputs[0].name: [_values(item) for item in cast("Iterable[Any]", answer)]}

    def of_values(self, values: Values) -> R:
        """An answer that came through the protocol: a key that is not in it is None."""
        if self.item is None:
            return of_values(self.result, values)
        items: list[Any] = [of_values(self.item, found) for found in values.get(self.outputs[0].name) or ()]
        return cast("Callable[[list[Any]], R]", self.result)(items)


def of_values(result: type[R], values: Values) -> R:
    """A dataclass of an object's values: a key that is not in them is None."""
    return result(**{field.name: values.get(field.name) for field in dataclasses.fields(cast("Any", result))})


def _values(result: Any) -> Values:
    names = (field.name for field in dataclasses.fields(result))
    return {name: value for name in names if (value := getattr(result, name)) is not None}
