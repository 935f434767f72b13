"""What the settings of a connection of the environment must be to one another. Only what is declared is judged."""

from collections.abc import Iterator
from typing import Any

from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.resources.connection_rules import Broken, insecure

OF_SCALEKIT = "SCALEKIT"
WEBAUTHN = "WEBAUTHN"
_BLOCKS = {"oauth": "OAUTH", "passwordless": "PASSWORDLESS", "webauthn": WEBAUTHN, "google_dwd": "GOOGLE_DWD"}
_SELECTING = ("OAUTH", "GOOGLE_DWD")
_RESERVED = frozenset(
    {
        "aud", "client_id", "client_secret", "code_challenge", "code_challenge_method", "nonce", "redirect_uri", "response_mode",
        "response_type", "scope", "state",
    }
)  # fmt: skip
_ONE_OF_TWO = "declare provider for a sign-in of people, or provider_key for a connector of agents, and not both"


def fitting(values: Values) -> Broken:
    """Provider, type and blocks fit together."""
    return [
        *_provider(values),
        *_blocks(values),
        *_scopes(values),
        *_relying_party(values),
        *insecure(values, left_out=False),
        *_without_client(values, left_out=False),
    ]


def whole(values: Values) -> Broken:
    """Of a connection that does not exist yet: nothing that Scalekit needs is left out."""
    refused = fitting(values)
    found = [*insecure(values, left_out=True), *_without_client(values, left_out=True)]
    return [problem for problem in found if problem not in refused]


def _provider(values: Values) -> Iterator[tuple[str, str]]:
    if (values.get("provider") is None) == (values.get("provider_key") in (None, "")):
        yield "provider", _ONE_OF_TWO
    if values.get("type") == WEBAUTHN and values.get("key_id") not in (None, WEBAUTHN, UNKNOWN):
        yield "key_id", f"that of passkeys is always {WEBAUTHN}: leave it out"


def _blocks(values: Values) -> Iterator[tuple[str, str]]:
    type_ = values.get("type")
    if type_ in (None, UNKNOWN):
        return
    for block, own in _BLOCKS.items():
        if values.get(block) is not None and type_ != own:
            yield block, f'{block} does not go with type="{type_}"'
    selection = values.get("scope_selection")
    if selection is None:
        return
    if type_ not in _SELECTING:
        yield "scope_selection", f'scope_selection does not go with type="{type_}"'
    elif type_ == "GOOGLE_DWD" and _dict(selection).get("required_optional_scopes") is not None:
        yield "scope_selection.required_optional_scopes", "Google's delegation has no optional scopes: leave it out"


def _scopes(values: Values) -> Iterator[tuple[str, str]]:
    oauth, selection = _dict(values.get("oauth")), _dict(values.get("scope_selection"))
    offered = {**_dict(values.get("google_dwd")), **oauth}
    for required, among in (("required_scopes", "scopes"), ("required_optional_scopes", "optional_scopes")):
        wanted, there = _known(selection.get(required)), _known(offered.get(among))
        if wanted and there is not None and (missing := sorted(set(wanted) - set(there))):
            yield f"scope_selection.{required}", f"{', '.join(missing)} must be among {among} too"
    reserved = sorted(_RESERVED & set(_dict(oauth.get("extra_authorize_params"))))
    if reserved:
        yield "oauth.extra_authorize_params", f"{', '.join(reserved)} is OAuth's own, and Scalekit refuses it here"


def _relying_party(values: Values) -> Iterator[tuple[str, str]]:
    settings = _dict(values.get("webauthn"))
    for name, other in (("rp_ids", "rp_origins"), ("rp_origins", "rp_ids")):
        if settings.get(name) is not None and settings.get(other) is None:
            yield f"webauthn.{other}", f"{other} is needed with {name}"


def _without_client(values: Values, *, left_out: bool) -> Iterator[tuple[str, str]]:
    """A social sign-in that is switched on without a client at the provider. A connector may have been given one by Scalekit."""
    if values.get("enabled") is not True or values.get("type") != "OAUTH" or values.get("provider") is None:
        return
    settings = _dict(values.get("oauth"))
    if settings.get("use_platform_creds") in (True, UNKNOWN) or values.get("oauth") is UNKNOWN:
        return

    def missing(name: str) -> bool:
        return settings[name] == "" if name in settings else left_out

    if missing("client_id") or missing("client_secret"):
        wanted = "client_id and client_secret in oauth, or use_platform_creds=True"
        yield "oauth", f"enabled=True needs {wanted}: declare it, or leave enabled out until it is there"


def _known(items: Any) -> list[str] | None:
    """A list all of whose items are known; None where it is not declared, or not known."""
    return items if isinstance(items, list) and UNKNOWN not in items else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
