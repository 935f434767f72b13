"""What a user configures, for both providers: which keys there are, and the environment that they name."""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.lifecycle import Environment
from pulumi_scalekit.provider.deferred import Deferred

if TYPE_CHECKING:
    from pulumi_scalekit.api import Client, Settings

VARIABLES: dict[str, tuple[str, str]] = {
    "environmentUrl": ("SCALEKIT_ENVIRONMENT_URL", "The Scalekit environment, https://…"),
    "clientId": ("SCALEKIT_CLIENT_ID", "The client id of its API credentials, skc_…"),
    "clientSecret": ("SCALEKIT_CLIENT_SECRET", "The client secret that belongs to it; set it with --secret"),
    "adopt": ("", "identical: take over an existing organization that equals the declaration"),
    "previousEnvironmentUrl": ("", "The URL that this same environment had before"),
    "plugin": ("", "true: use the provider plugin"),
}
"""By key: the environment variable that stands in for it, and what it is."""

CLEAR_SECRET = (
    "scalekit:clientSecret stands in the stack's configuration in clear. "  # noqa: S105 - says that there is one
    "Encrypt it: `pulumi config set --secret scalekit:clientSecret`."
)
_ADOPT = ("no", "identical")
_ENGINES = ("version", "pluginDownloadURL", "pluginChecksums", "parameterization")
"""Keys that the engine adds."""


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


def environment(config: Mapping[str, str]) -> Environment:
    """The environment that a configuration names, with a client that the whole process shares. Nothing is sent.

    Args:
        config: By full key, `scalekit:environmentUrl`.

    Raises:
        ConfigurationError: A setting is missing or wrong; the message says which and how to set it.

    """
    # Late: a program that only registers resources needs no settings.
    from pulumi_scalekit.api import Settings

    trace()
    adopt = config.get("scalekit:adopt") or "no"
    if adopt not in _ADOPT:
        raise ConfigurationError(f"scalekit:adopt is {adopt!r}, and must be `identical` or `no`.")
    return Environment(
        Deferred(Settings.resolve(config), client_for),
        adopt=cast('Literal["no", "identical"]', adopt),
        previous_url=(config.get("scalekit:previousEnvironmentUrl") or "").rstrip("/"),
    )


def client_for(settings: Settings) -> Client:
    """The process's one client for an environment. Late: it brings HTTP."""
    from pulumi_scalekit import api

    return api.client_for(settings)


def judge(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The broken rules of a provider's own properties: (property, reason)."""
    for name, value in given.items():
        if name not in VARIABLES and name not in _ENGINES and ":" not in name:
            near = difflib.get_close_matches(name, VARIABLES, n=1)
            yield name, f"there is no setting {name}" + (f"; did you mean {near[0]}?" if near else "")
        elif name == "adopt" and isinstance(value, str) and value not in _ADOPT:
            yield name, "adopt must be identical or no"
