"""Which environment to talk to, and as whom."""

from __future__ import annotations

import hashlib
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from pulumi_scalekit.api.errors import ConfigurationError

__all__ = ["Settings", "is_loopback"]

_VARIABLES = {
    "scalekit:environmentUrl": "SCALEKIT_ENVIRONMENT_URL",
    "scalekit:clientId": "SCALEKIT_CLIENT_ID",
    "scalekit:clientSecret": "SCALEKIT_CLIENT_SECRET",
}
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Settings:
    """An environment and the credentials for it. Its `repr` masks the secret.

    Attributes:
        environment_url: `https://acme.scalekit.com`, in lower case, without a path or a slash at its end, so that two
            spellings of one environment are equal. `http` is allowed for loopback only.
        client_id: The environment's API client, `skc_…`.
        client_secret: Its secret; a plain string is wrapped.

    Raises:
        ConfigurationError: The URL cannot be an environment's.
    """

    environment_url: str
    client_id: str
    client_secret: SecretStr

    def __post_init__(self) -> None:
        object.__setattr__(self, "environment_url", _environment(self.environment_url))
        if isinstance(self.client_secret, str):
            object.__setattr__(self, "client_secret", SecretStr(self.client_secret))

    @classmethod
    def resolve(cls, config: Mapping[str, str], environ: Mapping[str, str] = os.environ) -> Settings:
        """Take each setting from the configuration or, where it is not there, from the environment variable.

        Args:
            config: Configuration by full key, `scalekit:environmentUrl`, `scalekit:clientId`, `scalekit:clientSecret`.
            environ: Environment variables, `SCALEKIT_ENVIRONMENT_URL`, `SCALEKIT_CLIENT_ID`, `SCALEKIT_CLIENT_SECRET`.

        Raises:
            ConfigurationError: Names every missing setting with both ways to set it, the empty ones, or says what is wrong
                with the URL.
        """
        # Not replaced by the environment variable: who sets it means another environment or another client than that.
        if empty := [key for key in _VARIABLES if key in config and not config[key].strip()]:
            raise ConfigurationError(
                f"{' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty, as a variable is that nobody set. Give a "
                f"value, or leave it out to use {' and '.join(_VARIABLES[key] for key in empty)}."
            )
        # A secret read from a file or pasted into a CI form easily ends in a line break.
        found = {
            key: (config.get(key) or "").strip() or (environ.get(variable) or "").strip()
            for key, variable in _VARIABLES.items()
        }
        missing = [key for key, value in found.items() if not value]
        if missing:
            raise ConfigurationError(_how_to_set(missing))
        url, client_id, client_secret = (found[key] for key in _VARIABLES)
        return cls(url, client_id, SecretStr(client_secret))

    @property
    def fingerprint(self) -> str:
        """A digest of the secret: tells two secrets apart without holding either."""
        return hashlib.sha256(self.client_secret.get_secret_value().encode()).hexdigest()[:16]

    @property
    def loopback(self) -> bool:
        """Whether the environment is on this machine, as the emulator is."""
        return is_loopback(urlsplit(self.environment_url).hostname or "")


def _environment(text: str) -> str:
    """Return the one spelling of an environment URL, or raise ConfigurationError."""
    try:
        url = urlsplit(text.strip())
        host, port = url.hostname, url.port
    except ValueError:
        host, port, url = None, None, urlsplit("")
    # What was given is not repeated where it may hold a password.
    if url.username or url.password:
        raise ConfigurationError("scalekit:environmentUrl must not hold a user name or password: give only the host.")
    shown = f'scalekit:environmentUrl is "{text.strip()}"'
    # `https://` put before an address that has it already, or before a variable that is not set.
    if url.scheme not in _DEFAULT_PORTS or not host or host in (*_DEFAULT_PORTS, "none"):
        raise ConfigurationError(f"{shown}, which is not a URL: give it as https://<your environment>.scalekit.com.")
    if url.scheme == "http" and not is_loopback(host):
        raise ConfigurationError(f"{shown}: credentials are only sent over https. Use https://{host}.")
    if url.path.strip("/") or url.query or url.fragment:
        raise ConfigurationError(f"{shown}: give it without a path, as {url.scheme}://{url.netloc}.")
    name = f"[{host}]" if ":" in host else host
    return f"{url.scheme}://{name}" + (f":{port}" if port and port != _DEFAULT_PORTS[url.scheme] else "")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address == ipaddress.IPv6Address("::1") or (address.version == 4 and address.is_loopback)  # noqa: PLR2004


def _how_to_set(missing: list[str]) -> str:
    ways = [
        f"`pulumi config set {'--secret ' if key == 'scalekit:clientSecret' else ''}{key} …` or {_VARIABLES[key]}"
        for key in missing
    ]
    text = f"Scalekit settings are missing: {', '.join(missing)}. Set them: {'; '.join(ways)}."
    if len(missing) == len(_VARIABLES):
        text += " If they are set, look at `pulumi version`: a CLI older than 3.139 does not pass them on."
    return text
