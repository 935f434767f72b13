"""One complete customer. `pulumi config set --secret acmeOktaSecret …`, then `pulumi up`.

To rotate the machine's secret: `pulumi config set machineRotation 2026-02`, then `pulumi up`. The new secret is made and
handed on before the old one goes.
"""

import pulumi
from tenant import SignOn, Tenant

import pulumi_scalekit as scalekit

config = pulumi.Config()

# Permissions belong to the environment; customers' roles are made of them.
read = scalekit.Permission("invoices-read", name="invoices:read", description="See invoices")
pay = scalekit.Permission("invoices-pay", name="invoices:pay", description="Pay invoices")

acme = Tenant(
    "acme",
    display_name="Acme Inc",
    domain="acme.example",
    tier="gold",
    sign_on=SignOn(
        provider="OKTA",
        issuer="https://acme.okta.com",
        client_id="0oa1acme",
        client_secret=config.require_secret("acmeOktaSecret"),
    ),
    roles={"auditor": [read.name], "treasurer": [read.name, pay.name]},
    default_role="auditor",
    directory="OKTA",
    session_minutes=480,
    machine_rotation=config.get("machineRotation") or "2026-01",
)

# What Acme's administrator enters at Okta, and what Acme's programs sign in with.
pulumi.export("redirectUri", acme.redirect_uri)
pulumi.export("scimEndpoint", acme.directory_endpoint)
pulumi.export("machineId", acme.machine_id)
pulumi.export("machineSecret", acme.machine_secret)
