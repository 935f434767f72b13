"""One program, and a stack for each environment: a change is tried in development, and the same commit goes to production.

What is the same everywhere stands here, what differs in `Pulumi.dev.yaml` and `Pulumi.production.yaml`.
"""

import pulumi

import pulumi_scalekit as scalekit

config = pulumi.Config()

# Of the environment: tried in development first, like the rest.
read = scalekit.Permission("reports-read", name="reports:read", description="Read reports")
scalekit.Role("analyst", name="analyst", display_name="Analyst", permissions=[read.name])

for key, customer in config.require_object("customers").items():
    issuer = customer.get("issuer")
    organization = scalekit.Organization(
        key,
        display_name=customer["name"],
        external_id=key,
        features={"sso": issuer is not None},
        deletion_protection=config.get_bool("protect") or False,
    )
    if issuer:
        scalekit.Connection(
            f"{key}-sso",
            organization_id=organization.id,
            provider="OKTA",
            type="OIDC",
            oidc={
                "issuer": issuer,
                "client_id": customer["clientId"],
                "client_secret": config.require_secret(f"{key}OktaSecret"),
            },
            enabled=True,
        )

pulumi.export("environment", scalekit.config.environment_url)
