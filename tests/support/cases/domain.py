from __future__ import annotations

from tests.support.api import Api
from tests.support.cases.case import Case, Program, collection


def _domain(api: Api) -> Program:
    organization = api.organization()
    return {
        "organizationId": organization,
        "domain": "acme.example",
        "domainType": "ORGANIZATION_DOMAIN",
        "connectionId": api.connection(organization),
    }


def _elsewhere(api: Api) -> Program:
    organization = api.organization(external_id="elsewhere")
    return {"organizationId": organization, "connectionId": api.connection(organization)}


def _another_connection(api: Api) -> Program:
    (organization,) = api.store.organizations
    return {"connectionId": api.connection(organization)}


DOMAIN = Case(
    "domain",
    "scalekit:index:Domain",
    _domain,
    collection("domains"),
    replacing={
        "connectionId": _another_connection,
        "organizationId": _elsewhere,
        "domain": lambda _: {"domain": "acme2.example"},
        "domainType": lambda _: {"domainType": "ALLOWED_EMAIL_DOMAIN"},
    },
    respelled={"domain": "Acme.Example"},
    unread=frozenset({"connectionId"}),
)
