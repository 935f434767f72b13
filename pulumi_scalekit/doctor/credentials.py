"""Whether the credentials are good: one token, and the clock by the answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone

from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.errors import ScalekitError, Unauthorized
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.doctor.diagnosis import Diagnoses, Diagnosis
from pulumi_scalekit.doctor.refusal import told
from pulumi_scalekit.doctor.state import is_scalekits_own

_PART = "credentials"
_CLOCK = "clock"
_TOLERATED = 60
"""Seconds that a clock may be off: servers that check when a token was made allow about as much."""
_MINUTE, _HOUR = 60, 3600


def address(settings: Settings) -> Diagnoses[None]:
    """What kind of URL it is."""
    url = settings.environment_url
    if settings.loopback:
        yield Diagnosis(_PART, "note", f"{url} is on this machine: an emulator, and no environment of Scalekit.")
    elif not is_scalekits_own(url):
        yield Diagnosis(
            _PART,
            "ok",
            f"{url} is a custom domain. The state remembers it, so every run of the stack has to use the same URL.",
        )


def credentials(client: Client, sources: Mapping[str, str]) -> Diagnoses[bool]:
    """Whether a token is given for them.

    Args:
        client: Which has not sent anything.
        sources: Where the id and the secret come from, by key.

    """
    try:
        life = client.token_life()
    except Unauthorized as error:
        text, _ = told(error)
        mixed = len(set(sources.values())) > 1
        where = (
            "; ".join(f"scalekit:{key} is from {source}" for key, source in sources.items())
            if mixed
            else f"both are from {next(iter(sources.values()))}"
        )
        yield Diagnosis(
            _PART,
            "error",
            f"{text} The client id, the secret and the URL do not belong together, or these credentials were deleted: {where}.",
            "In Scalekit's dashboard, in the environment with this URL, look up or make API credentials. Then `pulumi config set "
            "scalekit:clientId skc_…` and `pulumi config set --secret scalekit:clientSecret`.",
        )
        return False
    except ScalekitError as error:
        text, remedy = told(error)
        yield Diagnosis(_PART, "error", text, remedy)
        return False
    good = f"good for {_duration(life)}" if life is not None else "of a life that the answer does not tell"
    yield Diagnosis(_PART, "ok", f"{client.client_id} gets an access token at {client.environment_url}, {good}.")
    return True


def clock(client: Client) -> Diagnoses[None]:
    """Whether this machine's clock is right, by the `Date` of an answer."""
    there = client.told_time()
    if there is None:
        return
    # To the second, and an answer has been under way for a moment.
    off = (datetime.now(timezone.utc) - there).total_seconds()
    if abs(off) > _TOLERATED:
        yield Diagnosis(
            _CLOCK,
            "warning",
            f"This machine's clock is {_duration(abs(off))} {'ahead of' if off > 0 else 'behind'} Scalekit's. Tokens, portal "
            f"links and certificates will look expired, or not valid yet.",
            "`sudo timedatectl set-ntp true`; on macOS `sudo sntp -sS time.apple.com`; in a container or virtual machine, on "
            "its host.",
        )
    else:
        yield Diagnosis(_CLOCK, "ok", "This machine's clock agrees with Scalekit's.")


def _duration(seconds: float) -> str:
    """A duration as people say it."""
    whole = round(seconds)
    if whole >= _HOUR:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _MINUTE} min {whole % _MINUTE} s" if whole >= _MINUTE else f"{whole} s"
