"""The user's Pulumi project and its stack, by the `pulumi` command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.stack.resource import resource

OLDEST_IMPORT = (3, 254)
"""The first version whose `pulumi import` takes a resource from its inputs and outputs."""

_FEWER_CHECKPOINTS = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
"""The engine writes the state once, at the end. An import that is killed sent nothing, and is run again."""
_SHOWN = 60
"""Lines of a failed command."""


class PulumiError(ConfigurationError):
    """A `pulumi` command failed; the text is what it said."""


@dataclass(frozen=True)
class Configured:
    """A value of a stack's configuration, decrypted, and whether it is stored encrypted. Its `repr` does not hold the value."""

    value: str = field(repr=False)
    secret: bool


@dataclass(frozen=True)
class Stack:
    """A stack of a project.

    Args:
        folder: Where the project's `Pulumi.yaml` is.
        name: The stack's name; empty for the one that is selected.
        credentials: Variables that its commands get, for a stack that has no configuration yet.
        seconds: How long a command may take; None for as long as it needs.

    """

    folder: Path
    name: str = ""
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a project, and in it the stack that is named or, without a name, one that is selected.

        Raises:
            PulumiError: Pulumi does not say it.

        """
        return (self.folder / "Pulumi.yaml").exists() and bool(self.selected())

    def selected(self) -> str:
        """The name of the stack that is meant; empty where none is selected, or there is none of that name.

        Raises:
            PulumiError: Pulumi does not say it.

        """
        ran = self._ran("stack", "--show-name", *(["--stack", self.name] if self.name else []))
        said = ran.stdout + ran.stderr
        if ran.returncode and not re.search(r"no stack (selected|named)", said):
            raise PulumiError(f"pulumi stack ended with exit code {ran.returncode}:\n{said.strip()}")
        return "" if ran.returncode else ran.stdout.strip()

    def config(self) -> dict[str, str]:
        """The configuration by full key, secrets decrypted."""
        return {key: configured.value for key, configured in self.configured().items()}

    def configured(self, *, secrets: bool = True) -> dict[str, Configured]:
        """The configuration by full key.

        Args:
            secrets: Decrypt the secrets; else their values are empty.

        """
        found = json.loads(self._run("config", "--json", *(["--show-secrets"] if secrets else [])))
        return {key: Configured(_text(entry), secret=bool(entry.get("secret"))) for key, entry in found.items()}

    def resources(self, *, secrets: bool = False) -> list[dict[str, Any]]:
        """The resources in the state.

        Args:
            secrets: Decrypt the secrets, which stay marked as such.

        """
        exported = self._run("stack", "export", *(["--show-secrets"] if secrets else []))
        deployment = json.loads(exported)["deployment"] or {}
        return list(deployment.get("resources") or ())

    def objects(self, urls: Collection[str]) -> dict[tuple[str, str], str]:
        """What the stack's state has of an environment: logical names by type and import id.

        Args:
            urls: The environment's URL, and the one that it had before.

        Raises:
            ConfigurationError: It has only objects of another one.

        """
        held, elsewhere = {}, ""
        for found in map(resource, self.resources()):
            # What is only read belongs to somebody else, and what is to be deleted to nobody.
            if found.key and found.managed and not found.deleted:
                if not found.home or found.home in urls:
                    held[found.key] = found.name
                else:
                    elsewhere = found.home
        if elsewhere and not held:
            raise ConfigurationError(
                f"The stack's resources live in {elsewhere}, and the configured environment is {next(iter(urls))}. "
                f"Choose another folder or another stack for it."
            )
        return held

    def refuse_old_pulumi(self) -> None:
        """Make sure that the installed Pulumi can import from states.

        Raises:
            ConfigurationError: It is too old.

        """
        said = self.version()
        if numbers(said)[: len(OLDEST_IMPORT)] < OLDEST_IMPORT:
            raise ConfigurationError(f"Pulumi {said} is too old to import: this needs version 3.254 or newer.")

    def version(self) -> str:
        """What `pulumi version` answers; empty for a build that carries none."""
        return self._ran("version").stdout.strip()

    def command(self) -> str | None:
        """The `pulumi` command: the one beside this interpreter, or else the one on PATH."""
        return shutil.which("pulumi", path=search_path())

    def create(self) -> None:
        """Make the stack and select it."""
        self._run("stack", "init", self.name or "dev", stack=False)

    def take_over(self, file: Path) -> None:
        """Import the resources of a file. Every one is protected until the next `pulumi up` applies the program's options."""
        arguments = ("--file", str(file), "--yes", "--skip-preview", "--generate-code=false")
        self._run("import", *arguments, variables=_FEWER_CHECKPOINTS)

    def preview(self) -> None:
        """Preview, and refuse any change."""
        self._run("preview", "--expect-no-changes", "--diff")

    def drift(self) -> None:
        """Compare the state with Scalekit, and refuse any difference."""
        self._run("refresh", "--preview-only", "--expect-no-changes", "--diff")

    def _run(self, *arguments: str, stack: bool = True, variables: Mapping[str, str] | None = None) -> str:
        named = ["--stack", self.name] if stack and self.name else []
        ran = self._ran(*arguments, *named, variables=variables)
        if ran.returncode:
            said = (ran.stdout + ran.stderr).strip().splitlines()
            if len(said) > _SHOWN:
                said = [*said[: _SHOWN // 2], f"… {len(said) - _SHOWN} lines …", *said[-_SHOWN // 2 :]]
            text = "\n".join(said)
            raise PulumiError(f"pulumi {' '.join(arguments)} ended with exit code {ran.returncode}:\n{text}")
        return ran.stdout

    def _ran(self, *arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = self.command()
        if command is None:
            raise ConfigurationError("There is no `pulumi` on PATH: https://www.pulumi.com/docs/install/")
        try:
            return subprocess.run(
                [command, "--non-interactive", "--color", "never", *arguments],
                cwd=self.folder if self.folder.exists() else None,
                env={**os.environ, **self.credentials, **(variables or {}), "PATH": search_path()},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=self.seconds,
            )
        except subprocess.TimeoutExpired:
            # Without what it printed: it may be a part of a secret.
            raise PulumiError(f"pulumi {' '.join(arguments)} did not end within {self.seconds:.0f} s") from None


def search_path() -> str:
    """Where commands are looked for: beside this interpreter, then on PATH."""
    return os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))


def numbers(version: str) -> tuple[int, ...]:
    """The numbers in a version, to compare it: `v3.259.0` is (3, 259, 0)."""
    return tuple(map(int, re.findall(r"\d+", version)))


def _text(entry: Mapping[str, Any]) -> str:
    value = entry.get("value", entry.get("objectValue", ""))
    return value if isinstance(value, str) else json.dumps(value)
