"""The files of a Pulumi project: new ones are written all at once, and none that is there is touched."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from pulumi_scalekit.adopt import yaml_program
from pulumi_scalekit.adopt.names import slug
from pulumi_scalekit.api.errors import ConfigurationError

Language = Literal["python", "yaml"]
Layout = Literal["one-file", "tenants", "roster"]
_PROGRAM = ("__main__.py", "tenants", "tenants.yaml", "tenants.schema.json")


class FreeNames:
    """Gives file names that are neither there yet nor given before.

    Args:
        folder: Where the files are.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given: set[str] = set()

    def file(self, path: str) -> str:
        """This path, or one with a number in its name."""
        stem, dot, ending = path.partition(".")
        number = 1
        while path in self._given or (self._folder / path).exists():
            number += 1
            path = f"{stem}_{number}{dot}{ending}"
        self._given.add(path)
        return path

    def module(self, name: str) -> str:
        """The name of a module of `tenants`."""
        return self.file(f"tenants/{name}.py")[len("tenants/") : -len(".py")]


@dataclass(frozen=True)
class Project:
    """A project's folder.

    Args:
        folder: Where it is, or will be.

    """

    folder: Path

    @property
    def is_new(self) -> bool:
        """Whether there is no project yet.

        Raises:
            ConfigurationError: There is a program without one.

        """
        if (self.folder / "Pulumi.yaml").exists():
            return False
        there = [name for name in _PROGRAM if (self.folder / name).exists()]
        if there:
            raise ConfigurationError(f"{self.folder} has no Pulumi.yaml, and a program: {', '.join(there)}.")
        return True

    @property
    def language(self) -> Language:
        """The language of the program that is there.

        Raises:
            ConfigurationError: It is another one than this writes.

        """
        runtime = self._head().get("runtime")
        name = runtime.get("name") if isinstance(runtime, dict) else runtime
        if name == "python":
            return "python"
        if name == "yaml":
            return "yaml"
        raise ConfigurationError(f"The program in {self.folder} is not in Python or YAML. Choose another folder.")

    def config(self) -> dict[str, str]:
        """The configuration in `Pulumi.yaml`, which every stack has, by full key."""
        values = {
            key: entry.get("value") if isinstance(entry, dict) else entry
            for key, entry in (self._head().get("config") or {}).items()
        }
        return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}

    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = yaml.safe_load((self.folder / "Pulumi.yaml").read_text(encoding="utf-8")) or {}
        return head

    @property
    def has_tenants(self) -> bool:
        """Whether the program runs every module of `tenants`, so that one that is added needs no line."""
        program = self.folder / "__main__.py"
        return program.exists() and "pkgutil.iter_modules(tenants.__path__)" in program.read_text(encoding="utf-8")

    def head(self, environment_url: str, language: Language, *, plugin: bool) -> str:
        """The text of its `Pulumi.yaml`, without resources."""
        name = slug(self.folder.resolve().name) or "tenants"
        lines = [
            f"name: {yaml_program.text(name)}",
            "description: Tenants and their single sign-on at Scalekit.",
            f"runtime: {language}",
        ]
        prefix = self._virtual_environment()
        if prefix and language == "python":
            lines[-1:] = ["runtime:", "  name: python", "  options:", f"    virtualenv: {yaml_program.text(prefix)}"]
        if plugin and prefix:
            lines += [
                "plugins:",
                "  providers:",
                f"    - {{name: scalekit, path: {yaml_program.text(f'{prefix}/bin')}}}",
            ]
        lines += ["config:", "  scalekit:environmentUrl:", f"    value: {yaml_program.text(environment_url)}"]
        if plugin and language == "python":
            lines += ["  scalekit:plugin:", "    value: true"]
        return "\n".join(lines) + "\n"

    def _virtual_environment(self) -> str:
        """The virtual environment that runs this, where it stands in or above the project."""
        prefix, folder = Path(sys.prefix), self.folder.resolve()
        if sys.prefix == sys.base_prefix or prefix.parent not in (folder, *folder.parents):
            return ""
        return Path(os.path.relpath(prefix, folder)).as_posix()

    def make(self) -> None:
        """Make the folder.

        Raises:
            ConfigurationError: It cannot be made.

        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"{self.folder} cannot be made: {error.strerror}.") from None

    def write(self, files: Mapping[str, str], replaced: str = "") -> list[Path]:
        """Write files that are not there yet: all of them, or none.

        Args:
            files: Texts by name.
            replaced: The name of the one that may be there.

        Returns:
            Their paths.

        Raises:
            ConfigurationError: One is there.

        """
        there = [name for name in files if name != replaced and (self.folder / name).exists()]
        if there:
            raise ConfigurationError(f"{self.folder / there[0]} is there already, and is not overwritten.")
        self.make()
        with tempfile.TemporaryDirectory(prefix=".adopt-", dir=self.folder) as scratch:
            for name, text in files.items():
                path = Path(scratch) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            moved: list[Path] = []
            try:
                for name in sorted(files, key=lambda name: name == replaced):
                    path = self.folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    (Path(scratch) / name).replace(path)
                    moved.append(path)
            except BaseException:  # Ctrl-C too: all files or none
                for path in moved:
                    if path.name != replaced:
                        path.unlink(missing_ok=True)
                raise
        return moved
