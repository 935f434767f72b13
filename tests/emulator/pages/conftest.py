"""A customer's administrator in the portal, and what customers have there."""

from __future__ import annotations

import pytest

from tests.support.certificates import certificate
from tests.support.portal import Administrator, configured, link
from tests.support.visitor import Visitor


@pytest.fixture
def visitors():
    made = []

    def make():
        made.append(Visitor())
        return made[-1]

    yield make
    for visitor in made:
        visitor.close()


@pytest.fixture
def administrator(api, visitors):
    """`administrator("org_…")`; by default of a new organization, whose switches are those of `api`."""

    def enter(organization="", given=api, **names):
        organization = organization or given.organization(**names)
        visitor = visitors()
        return Administrator(given, organization, visitor, visitor.open(link(given, organization, "sso")["location"]))

    return enter


@pytest.fixture
def oidc(api):
    """An organization and its OIDC connection that is complete and enabled."""
    return configured(api)


@pytest.fixture
def saml(api):
    """An organization and its SAML connection that is complete and not enabled."""
    organization = api.organization(display_name="Globex Corporation")
    connection = api.connection(organization, "SAML", "CUSTOM")
    block = {
        "idp_entity_id": "https://idp.globex.example",
        "idp_sso_url": "https://idp.globex.example/sso",
        "idp_certificate": certificate("Globex 2025", -10, 300),
        "want_request_signed": True,
    }
    body = {"provider": "CUSTOM", "type": "SAML", "saml_config": block}
    api.patch(f"/organizations/{organization}/connections/{connection}", body)
    return organization, connection
