"""What a program takes from its stack's configuration: which provider serves it, and what must not stand there."""

from __future__ import annotations

import pulumi
from pulumi.runtime.config import CONFIG, is_config_secret

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.setting import CLEAR_SECRET, judge
from pulumi_scalekit.program.errors import message_alone

PLUGIN, DYNAMIC = "scalekit", "pulumi-python"
"""The package of a resource's type with the plugin, and with the dynamic provider."""


def uses_plugin() -> bool:
    """Whether this stack's resources are the plugin's."""
    return bool(pulumi.Config("scalekit").get_bool("plugin"))


def judge_configuration() -> None:
    """Refuse what must not stand in the stack's configuration.

    Raises:
        ConfigurationError: The client secret is stored there in plaintext: it would be in the repository and in every state file;
            or a setting is misspelt.

    """
    if pulumi.Config("scalekit").get("clientSecret") is not None and not is_config_secret("scalekit:clientSecret"):
        raise message_alone(ConfigurationError(CLEAR_SECRET))
    given = {key.partition(":")[2]: value for key, value in CONFIG.get().items() if key.startswith("scalekit:")}
    for key, reason in judge(given, project=pulumi.get_project()):
        raise message_alone(ConfigurationError(f"scalekit:{key} in the stack's configuration: {reason}"))
