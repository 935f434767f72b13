"""The stack's settings as a program reads them, `scalekit.config.environment_url`, as in the SDKs that Pulumi generates."""

from __future__ import annotations

import os

import pulumi
from pulumi import Output

from pulumi_scalekit.model.setting import VARIABLES
from pulumi_scalekit.program.configuration import uses_plugin


def from_environment(key: str) -> str | None:
    """What the environment variable holds that stands in for a setting; None where there is none."""
    variable, _ = VARIABLES[key]
    return os.environ.get(variable) or None if variable else None


def _of_stack(key: str) -> str | None:
    value = pulumi.Config("scalekit").get(key)
    return from_environment(key) if value is None else value


class StackSettings:
    """What resources without an explicit provider use: the stack's configuration, or else the environment variables.

    Each setting is looked up when it is read.
    """

    @property
    def environment_url(self) -> str | None:
        """The Scalekit environment, `https://…`."""
        return _of_stack("environmentUrl")

    @property
    def client_id(self) -> str | None:
        """Client id of the environment's API credentials, `skc_…`."""
        return _of_stack("clientId")

    @property
    def client_secret(self) -> Output[str] | None:
        """Client secret that belongs to it, as a secret output."""
        configured = pulumi.Config("scalekit").get_secret("clientSecret")
        if configured is not None:
            return configured
        variable = from_environment("clientSecret")
        return None if variable is None else Output.secret(variable)

    @property
    def adopt(self) -> str | None:
        """`identical` or `no`: whether a create takes over what exists."""
        return _of_stack("adopt")

    @property
    def previous_environment_url(self) -> str | None:
        """The URL that the same environment had before."""
        return _of_stack("previousEnvironmentUrl")

    @property
    def strict(self) -> str | None:
        """Names of rules whose warnings are errors, separated by commas, or `all`."""
        return _of_stack("strict")

    @property
    def ignore(self) -> str | None:
        """Names of rules that say nothing, separated by commas."""
        return _of_stack("ignore")

    @property
    def plugin(self) -> bool:
        """Whether the provider plugin serves the stack's resources."""
        return uses_plugin()


config = StackSettings()
