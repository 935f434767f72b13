"""Scalekit's API as its vendor describes it: the protobuf descriptors inside `scalekit-sdk-python`.

The vendor's modules are never imported. In a process that has imported `pulumi` they cannot be (both
register `google.rpc.Status`), and they import a whole SDK. Each generated module holds its file descriptor as a
bytes literal, which is read from the source text and put into a private pool.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message

# A built-in file, which the pool of this process has already.
_BUILT_IN = "google/protobuf/"
_VENDOR = "scalekit-sdk-python"
_OTHERS = ("googleapis-common-protos", "protoc-gen-openapiv2")


class ExtraMissing(RuntimeError):
    """The packages that only the emulator needs are not installed."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"the emulator needs {missing}: pip install 'pulumi-scalekit[emulator]'")


@dataclass(frozen=True)
class Descriptors:
    """A private pool with every service of the API."""

    pool: descriptor_pool.DescriptorPool

    def methods(self) -> Iterator[MethodDescriptor]:
        for name in sorted(_vendor_files()):
            for service in self.pool.FindFileByName(name).services_by_name.values():
                yield from service.methods

    def new(self, name: str) -> Message:
        return self.message(self.pool.FindMessageTypeByName(name))

    @staticmethod
    def message(descriptor: Descriptor) -> Message:
        return message_factory.GetMessageClass(descriptor)()

    def options(self, described: MethodDescriptor | FieldDescriptor, extension: str) -> Any:
        """The value of an extension, which only the private pool can decode."""
        kind = "MethodOptions" if isinstance(described, MethodDescriptor) else "FieldOptions"
        options = self.new(f"google.protobuf.{kind}")
        options.ParseFromString(described.GetOptions().SerializeToString())
        return options.Extensions[self.pool.FindExtensionByName(extension)]  # type: ignore[index]


@cache
def load() -> Descriptors:
    """Read the descriptors, once per process: about a fifth of a second."""
    pool = descriptor_pool.DescriptorPool()
    added: set[str] = set()

    def add(name: str) -> None:
        if name in added:
            return
        added.add(name)
        serialized = _serialized(name)
        for dependency in descriptor_pb2.FileDescriptorProto.FromString(serialized).dependency:
            add(dependency)
        pool.AddSerializedFile(serialized)

    for name in sorted(_vendor_files()):
        add(name)
    return Descriptors(pool)


@cache
def _vendor_files() -> dict[str, Path]:
    return {name: path for name, path in _files(_VENDOR).items() if name.startswith("scalekit/")}


@cache
def _files(distribution: str) -> dict[str, Path]:
    """The generated modules of an installed distribution, by the name of the .proto file they came from."""
    try:
        installed = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        raise ExtraMissing(distribution) from None
    suffix = "_pb2.py"
    return {
        f"{str(file).removesuffix(suffix)}.proto": Path(str(installed.locate_file(file)))
        for file in installed.files or ()
        if str(file).endswith(suffix)
    }


def _serialized(name: str) -> bytes:
    if name.startswith(_BUILT_IN):
        importlib.import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")
        return descriptor_pool.Default().FindFileByName(name).serialized_pb
    for distribution in (_VENDOR, *_OTHERS):
        if path := _files(distribution).get(name.replace("-", "_")):
            return _literal(path)
    raise ExtraMissing(name)


def _literal(path: Path) -> bytes:
    # Compiled, never run: the descriptor is the module's largest constant. A syntax tree would do too, but building
    # trees in several threads is not safe (CPython 3.11).
    constants = compile(path.read_bytes(), path.name, "exec").co_consts
    literals = [constant for constant in constants if isinstance(constant, bytes)]
    if not literals:
        raise ExtraMissing(f"a readable descriptor in {path.name}")
    return max(literals, key=len)
