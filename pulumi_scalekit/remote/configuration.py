"""The environment that a configuration names, with its client."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model import secret
from pulumi_scalekit.model.finding import Policy
from pulumi_scalekit.model.setting import ADOPT
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.lazy_client import LazyClient
from pulumi_scalekit.remote.run import Run

if TYPE_CHECKING:
    from pulumi_scalekit.api.client import Client
    from pulumi_scalekit.api.settings import Settings


class _Shown(logging.Handler):
    """Shows each line with a function."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__()
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        self._show(self.format(record))


def trace(show: Callable[[str], None] | None = None, environ: Mapping[str, str] = os.environ) -> None:
    """With `SCALEKIT_LOG=debug` show the user each request.

    Verb, path, status, duration and request id: nothing that could not be pasted into an issue.

    Args:
        show: Shows a line. By default on stderr, which the engine shows for a dynamic provider.
        environ: The environment variables.

    """
    log = logging.getLogger("pulumi_scalekit.api")
    if environ.get("SCALEKIT_LOG", "").lower() != "debug" or log.handlers:
        return
    handler = _Shown(show) if show else logging.StreamHandler()
    handler.setFormatter(logging.Formatter("scalekit %(asctime)s.%(msecs)03d %(message)s", "%H:%M:%S"))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


def environment(config: Mapping[str, str], run: Run | None = None) -> Environment:
    """The environment that a configuration names, with a client that the whole process shares. Nothing is sent.

    Args:
        config: By full key, `scalekit:environmentUrl`.
        run: What the run holds already; a new one by default.

    Raises:
        ConfigurationError: A setting is missing or wrong; the message says which and how to set it.

    """
    # Late: a program that only registers resources needs no settings.
    from pulumi_scalekit.api.settings import Settings

    trace()
    adopt = config.get("scalekit:adopt") or "no"
    if adopt not in ADOPT:
        raise ConfigurationError(f"scalekit:adopt is {adopt!r}, and must be `identical` or `no`.")
    settings = Settings.resolve(config)
    if reason := secret.refused(settings.client_secret.get_secret_value()):
        raise ConfigurationError(f"scalekit:clientSecret {reason.partition('; ')[0]}. Set it to the secret itself.")
    return Environment(
        LazyClient(settings, client_for),
        adopt=cast('Literal["no", "identical"]', adopt),
        previous_url=_spelled(settings, config.get("scalekit:previousEnvironmentUrl") or ""),
        policy=Policy.of(config),
        run=run or Run(),
    )


def _spelled(settings: Settings, previous: str) -> str:
    """The previous URL as a state holds it: in the one spelling that the settings give to a URL."""
    try:
        return replace(settings, environment_url=previous).environment_url if previous.strip() else ""
    except ConfigurationError as error:
        raise ConfigurationError(str(error).replace("environmentUrl", "previousEnvironmentUrl")) from None


def client_for(settings: Settings) -> Client:
    """The process's one client for an environment. Late: it brings HTTP."""
    from pulumi_scalekit.api import client

    return client.client_for(settings)
