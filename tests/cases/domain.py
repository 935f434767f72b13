from __future__ import annotations

from cases.case import Case, collection

DOMAIN = Case(
    "domain",
    "scalekit:index:Domain",
    lambda world: {
        "organizationId": world.organization(),
        "domain": "acme.example",
        "domainType": "ORGANIZATION_DOMAIN",
    },
    collection("domains"),
    replacing={
        "organizationId": lambda world: {"organizationId": world.organization(external_id="elsewhere")},
        "domain": lambda _: {"domain": "acme2.example"},
        "domainType": lambda _: {"domainType": "ALLOWED_EMAIL_DOMAIN"},
    },
    respelled={"domain": "Acme.Example"},
)
