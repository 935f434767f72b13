"""One complete customer. `pulumi config set --secret umbrellaOktaSecret …`, then `pulumi up`.

To rotate the machine's secret: `pulumi config set machineRotation 2026-02`, then `pulumi up`. The new secret is made and
handed on before the old one goes.
"""

import pulumi
from tenant import SignOn, Tenant

import pulumi_scalekit as scalekit

config = pulumi.Config()

# Permissions belong to the environment; customers' roles are made of them.
read = scalekit.Permission("documents-read", name="documents:read", description="Read documents")
sign = scalekit.Permission("documents-sign", name="documents:sign", description="Sign documents")

umbrella = Tenant(
    "umbrella",
    display_name="Umbrella Corporation",
    domain="umbrella.example",
    tier="gold",
    sign_on=SignOn(
        provider="OKTA",
        issuer="https://umbrella.okta.com",
        client_id="0oa1umbrella",
        client_secret=config.require_secret("umbrellaOktaSecret"),
    ),
    roles={"auditor": [read.name], "signatory": [read.name, sign.name]},
    default_role="auditor",
    administrator="ada@umbrella.example",
    directory="OKTA",
    session_minutes=480,
    button_color="#b71c1c",
    machine_rotation=config.get("machineRotation") or "2026-01",
)

# What Umbrella's administrator enters at Okta, and what Umbrella's programs sign in with.
pulumi.export("redirectUri", umbrella.redirect_uri)
pulumi.export("scimEndpoint", umbrella.directory_endpoint)
pulumi.export("machineId", umbrella.machine_id)
pulumi.export("machineSecret", umbrella.machine_secret)
