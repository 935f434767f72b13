"""The configuration with the credentials for a command that is run in a project's folder, or anywhere."""

from __future__ import annotations

from pathlib import Path

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.stack.project_file import project_file
from pulumi_scalekit.stack.stack import Stack


def configuration(folder: Path, name: str) -> dict[str, str]:
    """The configuration of the stack that is named or selected, by full key; empty where there is none.

    What it does not have comes from the environment variables, as for a program.

    Args:
        folder: The project's folder, or one below it.
        name: The stack's name; empty for the one that is selected.

    Raises:
        ConfigurationError: The stack that is named does not exist, or Pulumi does not tell the configuration.

    """
    file = project_file(folder)
    stack = Stack(file.parent if file else folder, name)
    if not name and (file is None or stack.command() is None):
        return {}
    if file is None:
        raise ConfigurationError(
            f"There is no Pulumi.yaml in {folder.absolute()} or above it, so there is no stack {name}. Name the project's folder "
            f"with --cwd, or leave --stack out to use the environment variables."
        )
    if stack.selected():
        return stack.config()
    if name:
        raise ConfigurationError(
            f"There is no stack {name} in {stack.folder}: `pulumi stack ls` lists those that there are."
        )
    return {}
