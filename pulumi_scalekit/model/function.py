"""A function: a question to Scalekit that a program may ask, declared once for both providers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

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
        run: Asks. It is handed the environment and the arguments.
        result: Makes of its answer what a Python program is given.
        rule: A rule between arguments: (path in Python's names, reason).
        writes: It makes something in Scalekit, so a preview does not call it, and its answer is unknown there.

    """

    name: str
    description: str
    inputs: tuple[Field, ...]
    outputs: tuple[Field, ...]
    run: Callable[[Any, Values], Values]
    result: Callable[[Values], R]
    rule: Callable[[Values], list[tuple[str, str]]] | None = None
    writes: bool = False

    @property
    def token(self) -> str:
        return f"scalekit:index:{self.name}"

    @property
    def python_name(self) -> str:
        """`get_organization`."""
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in self.name)

    @cached_property
    def arguments(self) -> Kind:
        """Its arguments in the words of a resource, so that the same rules judge them."""
        return Kind(self.name, self.description, self.inputs, Api(item="", envelope=""), self.rule)

    @cached_property
    def answer(self) -> Kind:
        """Its answer in the words of a resource, so that the same names are given to its keys."""
        return Kind(self.name, self.description, self.outputs, Api(item="", envelope=""))
