"""The portal as a customer's administrator has it, and what Acme has there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.api import Api
from tests.support.visitor import Page, Visitor

SECRET = "canary-s3cret"
OIDC = {
    "issuer": "https://acme.okta.com",
    "client_id": "0oa1acme",
    "client_secret": SECRET,
    "scopes": ["openid", "email", "profile"],
}


@dataclass
class Administrator:
    """An administrator of one organization, with the portal open."""

    api: Api
    organization: str
    visitor: Visitor
    home: Page

    def connection(self, connection: str) -> Page:
        return self.visitor.open(f"{self.home.address}/connections/{connection}")

    def record(self, connection: str) -> Any:
        return self.api.store.connections[connection]


def link(api: Api, organization: str, *features: str) -> dict[str, Any]:
    """A portal link, as a program gets it."""
    query = {"features": list(features)} if features else {}
    return api.put(f"/organizations/{organization}/portal_links", **query)["link"]


def configured(api: Api) -> tuple[str, str]:
    """An organization and its OIDC connection, complete and enabled."""
    organization = api.organization(display_name="Acme Inc")
    connection = api.connection(organization)
    path = f"/organizations/{organization}/connections/{connection}"
    api.patch(path, {"provider": "OKTA", "type": "OIDC", "oidc_config": OIDC, "ui_button_title": "Sign in"})
    api.patch(f"{path}:enable")
    return organization, connection
