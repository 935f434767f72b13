"""Hooli signs in with an identity provider that gives its metadata as a file, as Google Workspace does.

The file lies beside the program. When the customer sends another, it is a pull request like any other change.
"""

from pathlib import Path

import pulumi

import pulumi_scalekit as scalekit

hooli = scalekit.Organization("hooli", display_name="Hooli", external_id="hooli", features={"sso": True})

hooli_sso = scalekit.Connection(
    "hooli-sso",
    organization_id=hooli.id,
    provider="CUSTOM",
    type="SAML",
    saml=scalekit.saml_metadata(Path(__file__).with_name("hooli-idp.xml")),
    enabled=True,
)

# What Hooli's administrator has to enter at the identity provider.
pulumi.export("acsUrl", hooli_sso.sp_assertion_url)
pulumi.export("entityId", hooli_sso.sp_entity_id)
