"""The settings that the engine hands a provider plugin."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.setting import CLEAR_SECRET, VARIABLES
from pulumi_scalekit.provider.grpc_values import properties


def given(args: Any) -> dict[str, Any]:
    """A provider's own properties. A stack that comes from the dynamic provider has them with a prefix."""
    return {name.removeprefix("scalekit:"): value for name, value in properties(args).items()}


def judged(args: Any) -> dict[str, Any]:
    """The properties with which it is configured.

    Raises:
        ConfigurationError: The client secret is in clear.

    """
    for name, value in args.fields.items():
        if name.endswith("clientSecret") and value.string_value:
            raise ConfigurationError(CLEAR_SECRET)
    return given(args)


def missing(settings: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What is set nowhere, by full key, with the words that say what it is and where else it may be set."""
    return {
        f"scalekit:{name}": f"{text} (or the environment variable {variable})"
        for name, (variable, text) in VARIABLES.items()
        if variable and not settings.get(name) and not environ.get(variable)
    }
