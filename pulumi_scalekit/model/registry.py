"""The kinds and functions that there are. The packages that declare them say where; each is imported when it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

from pulumi_scalekit.model.finding import Rule
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind

T = TypeVar("T")


class Registry(Mapping[str, T], Generic[T]):
    """What a package declares, by token, in the order of the schema and the reference.

    A program, and each process that serves it, has a few of them: to import all takes longer than most of what they do.

    Args:
        package: Its `PLACES` hold, for each token, the module below it and the name in that module.
        declared: What is registered of what stands there.

    """

    def __init__(self, package: str, declared: Callable[[Any], T]) -> None:
        self._package = package
        self._declared = declared
        self._known: dict[str, T] = {}
        self._importing = threading.RLock()

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, str]]:
        places: Mapping[str, tuple[str, str]] = import_module(self._package).PLACES
        return places

    def __getitem__(self, token: str) -> T:
        if token not in self._known:
            module, name = self._places[token]
            # A plugin is asked for several at once. One after the other, for they import each other's parts.
            with self._importing:
                self._known[token] = self._declared(getattr(import_module(f"{self._package}.{module}"), name))
        return self._known[token]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


KINDS: Mapping[str, Kind] = Registry("pulumi_scalekit.resources", lambda resource: resource.kind)
"""The kind of each resource."""

FUNCTIONS: Mapping[str, Function[Any]] = Registry("pulumi_scalekit.functions", lambda function: function)
"""Each function."""


def rules() -> dict[str, Rule]:
    """The rules by name, each once, in the order of the resources."""
    return {rule.name: rule for kind in KINDS.values() for rule in (*kind.findings, *kind.health)}
