"""What has to be renewed now and then, each by a setting of the stack.

    pulumi config set machineSecret 2026-07       a new secret for the customer's programs
    pulumi config set scimToken 2026-07           a new token for the customer's directory
    pulumi config set certificate weyland-2027    the next certificate of the customer's identity provider

Then `pulumi up`. The value of the first two is any text: another text makes another secret.
"""

from pathlib import Path

import pulumi

import pulumi_scalekit as scalekit

config = pulumi.Config()

weyland = scalekit.Organization(
    "weyland", display_name="Weyland Corporation", external_id="weyland", features={"sso": True, "dir_sync": True}
)

# The client's first secret stays unused, so that the one in use can always be replaced: a client keeps its last one.
machine = scalekit.OrganizationClient("weyland-machine", organization_id=weyland.id, name="Machine")
secret = scalekit.OrganizationClientSecret(
    "weyland-machine-secret",
    organization_id=weyland.id,
    client_id=machine.id,
    rotation=config.get("machineSecret") or "2026-01",
)

directory = scalekit.Directory(
    "weyland-directory", organization_id=weyland.id, directory_type="SCIM", directory_provider="OKTA"
)
token = scalekit.DirectorySecret(
    "weyland-scim-token",
    organization_id=weyland.id,
    directory_id=directory.id,
    rotation=config.get("scimToken") or "2026-01",
)

# The next certificate is merged before it is needed, as a file; the setting says which one is in use.
certificate = Path(__file__).with_name(f"{config.get('certificate') or 'weyland-2026'}.pem")
scalekit.Connection(
    "weyland-sso",
    organization_id=weyland.id,
    provider="CUSTOM",
    type="SAML",
    saml={
        "idp_entity_id": "https://idp.weyland.example/metadata",
        "idp_sso_url": "https://idp.weyland.example/sso",
        "idp_certificate": certificate.read_text(encoding="utf-8"),
        "saml_signing_option": "SAML_ONLY_ASSERTION_SIGNING",
    },
    enabled=True,
)

# Encrypted in the state: `pulumi stack output --show-secrets` shows them to whoever hands them on.
pulumi.export("machineSecret", secret.plain_secret)
pulumi.export("scimToken", token.plain_secret)
