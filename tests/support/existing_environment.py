"""An environment as teams have them: everything that may be in one, odd names, connections in every status, things that are half done."""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.serving.seed import plant
from tests.support.frozen import FIXTURES, thaw

CANARY = "s3cret-canary"
ODD_NAMES = (
    'Müller & Söhne "GmbH"',
    "True",
    "1e3",
    "null",
    "0x1f",
    "2024-01-01",
    "line\nbreak",
    "${customer-0.id}",
    "{braces} and %s",
    "日本電気",
    "back\\slash and 'quotes'",
    '"""',
    "- dash: colon # hash",
    "tab\there",
    "class",
    "Same Name",
    "Same Name",
    "emoji 🔑\u2028separator",
    "\x85next line",
    "<<",
    "=",
)
ODD_KEYS = (
    "class",
    "a/b",
    "1e3",
    "True",
    "müller",
    "ext:colon",
    "-",
    "..x",
    "print",
    "pulumi",
    "import",
    "environment",
)


def odd(number: int) -> dict[str, Any]:
    """An organization with an odd name, and the kind of connection that its number chooses."""
    organization: dict[str, Any] = {
        "display_name": ODD_NAMES[number % len(ODD_NAMES)],
        "metadata": {"yes": "no", "1e3": "1e3", "${key}": "${customer-0.id}", "quotes": "\"'\\\n"},
        "features": {"sso": True, "dir_sync": number % 2 == 0},
        "domains": [{"domain": f"odd{number}.example", "domain_type": "ORGANIZATION_DOMAIN"}],
        "connections": [_connection(number)],
    }
    if number < len(ODD_KEYS):
        organization["external_id"] = ODD_KEYS[number]
    return organization


def _connection(number: int) -> dict[str, Any]:
    oidc = {"issuer": f"https://idp{number}.example", "client_id": f"{number}", "client_secret": CANARY}
    saml = {"idp_entity_id": f"https://idp{number}.example", "idp_sso_url": f"https://idp{number}.example/sso"}
    chosen: tuple[dict[str, Any], ...] = (
        {"provider": "OKTA", "type": "OIDC"},
        {"provider": "OKTA", "type": "OIDC", "oidc_config": oidc, "enabled": True},
        {"provider": "CUSTOM", "type": "SAML", "saml_config": saml},
        {"provider": "MICROSOFT_AD", "type": "OIDC", "oidc_config": {**oidc, "scopes": ["openid", "email"]}},
        {"provider": "GOOGLE", "type": "SAML", "ui_button_title": "${oops}", "attribute_mapping": {"${a}": "1e3"}},
    )
    return {**chosen[number % len(chosen)], "domains": [f"odd{number}.example"]}


def fill(emulator: Emulator, odd_organizations: int = len(ODD_NAMES)) -> None:
    """Fill an environment."""
    thaw(FIXTURES / "stack-0.1.0-dynamic.json", emulator)
    seed = {
        "permissions": [{"name": "odd:read"}, {"name": "class"}],
        "roles": [
            {"name": "base", "display_name": "Base", "permissions": ["odd:read"]},
            {"name": "above", "display_name": "Above", "extends": "base"},
            {"name": "a_top", "display_name": "Top", "extends": "above", "description": "${x} {y}"},
        ],
        "organizations": [odd(number) for number in range(odd_organizations)],
    }
    plant(emulator, seed)
