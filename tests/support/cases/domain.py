from __future__ import annotations

from tests.support.cases.case import Case, collection

DOMAIN = Case(
    "domain",
    "scalekit:index:Domain",
    lambda api: {
        "organizationId": api.organization(),
        "domain": "acme.example",
        "domainType": "ORGANIZATION_DOMAIN",
    },
    collection("domains"),
    replacing={
        "organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")},
        "domain": lambda _: {"domain": "acme2.example"},
        "domainType": lambda _: {"domainType": "ALLOWED_EMAIL_DOMAIN"},
    },
    respelled={"domain": "Acme.Example"},
)
