"""Pulumi's provider protocol without Pulumi's SDK, for the plugin's process.

The files of the protocol are in the SDK's package, and the classes of the resources are made of its classes. The plugin speaks
the protocol, and reads of these classes what they describe: it makes no resource. To import the SDK for that takes as long as
all else at its start. So in this process the package `pulumi` has the files of the protocol, and for each other name of the
SDK a class of which nothing can be made.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, NoReturn, TypeVar, Union, cast

_FILES = ("pulumi.runtime.proto", "pulumi.runtime._grpc_settings")


class _Absent(type):
    """A class of the SDK, to derive from and to stand in an annotation."""

    def __call__(cls, *_: object, **__: object) -> NoReturn:
        raise TypeError(f"the provider plugin runs without Pulumi's SDK, and so without {cls.__name__}")

    def __getitem__(cls, _: object) -> _Absent:
        return cls


class _Module(ModuleType):
    """A module of the SDK, which has a class for each name that it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"{self.__name__} has no {name}")
        made: Any = _Absent(name, (), {})
        if name == "Input":
            one = TypeVar("one")
            # What the SDK has for it: an annotation is read with it.
            made = cast("Any", Union)[one, cast("Any", Awaitable)[one], self.Output]
        setattr(self, name, made)
        return made


class _Finder:
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] != "pulumi" or fullname.startswith(_FILES):
            return None
        loader: Any = self
        spec = ModuleSpec(fullname, loader, is_package=True)
        there = PathFinder.find_spec(fullname, path, target)
        spec.submodule_search_locations = list(there.submodule_search_locations or ()) if there else []
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to execute."""


def alone() -> None:
    """Keep the SDK out of this process, unless it is there already."""
    if "pulumi" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
