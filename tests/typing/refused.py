"""Programs that both type checkers must refuse. Checked by tests/test_typing.py, never run.

Each line that must fail says so. On the day it stops failing, its comment is unused, and that is an error.
"""
# pyright: reportUnnecessaryTypeIgnoreComment=true

import pulumi

import pulumi_scalekit as scalekit
from pulumi_scalekit import Connection, Organization

config = pulumi.Config()
number: pulumi.Output[int] = pulumi.Output.from_input(1)
acme = Organization("acme", display_name="Acme Inc")
conn = Connection("acme", organization_id=acme.id, provider="OKTA", type="OIDC")

# What may have been left out, where something must be given; and None itself.
Organization("a", display_name=acme.external_id)  # type: ignore[arg-type]
Organization("a", display_name=None)  # type: ignore[arg-type]
conn.ui_button_title.apply(str.upper)  # type: ignore[arg-type]

# A wrong type, in a property, in a list, in a map and in a block.
Organization("a", display_name=1)  # type: ignore[arg-type]
Organization("a", display_name=number)  # type: ignore[arg-type]
Organization("a", display_name="Acme", metadata={"tier": 1})  # type: ignore[dict-item]
Organization("a", display_name="Acme", features={"sso": "yes"})  # type: ignore[dict-item]
Connection("a", organization_id="org_1", provider="OKTA", type="OIDC", domain_ids=[1])  # type: ignore[list-item]
Connection("a", organization_id="org_1", provider="OKTA", type="OIDC", domain_ids=1)  # type: ignore[arg-type]
oidc: scalekit.Oidc = {"pkce_enabled": "yes"}  # type: ignore[typeddict-item]

# An input that is missing, or that does not exist.
Connection("a", organization_id="org_1", type="OIDC")  # type: ignore[call-arg]
scalekit.ConnectionSettings("a", organization_id="o", connection_id="c", provider="OKTA")  # type: ignore[call-arg]
Organization("a")  # type: ignore[call-arg]
Organization(display_name="Acme")  # type: ignore[call-arg]
Organization("a", display_name="Acme", externalId="acme")  # type: ignore[call-arg]
Organization("a", None, "Acme")  # type: ignore[call-arg]

# An output given as an input.
Organization("a", display_name="Acme", create_time="2026-01-01")  # type: ignore[call-arg]
Connection("a", organization_id="org_1", provider="OKTA", type="OIDC", redirect_uri="x")  # type: ignore[call-arg]

# A literal that is none of those allowed.
Connection("a", organization_id="org_1", provider="OCTA", type="OIDC")  # type: ignore[arg-type]
Connection("a", organization_id="org_1", provider="OKTA", type="oidc")  # type: ignore[arg-type]
scopes: scalekit.Oidc = {"scopes": ["mail"]}  # type: ignore[list-item]

# A member of another enum.
Connection("a", organization_id="o", provider=scalekit.DirectoryDirectoryProvider.OKTA, type="OIDC")  # type: ignore[arg-type]
mixed: scalekit.Oidc = {"token_auth_type": scalekit.OidcScopes.OPENID}  # type: ignore[typeddict-item]
scalekit.ConnectionProvider.OCTA  # type: ignore[attr-defined]

# A key that a block does not have.
Connection("a", organization_id="o", provider="OKTA", type="OIDC", oidc={"isuer": "x"})  # type: ignore[arg-type]
Connection("a", organization_id="o", provider="CUSTOM", type="SAML", saml={"issuer": "x"})  # type: ignore[arg-type]
misspelt: scalekit.Saml = {"issuer": "x"}  # type: ignore[typeddict-unknown-key]

# An attribute that a block does not have, and what may be None.
read = scalekit.outputs.Oidc()
read.isuer  # type: ignore[attr-defined]
issuer: str = read["issuer"]  # type: ignore[assignment]
conn.oidc.apply(lambda block: block.client_id)  # type: ignore[union-attr]

# What is read is an output, not a value, and has no other properties.
title: str = conn.ui_button_title  # type: ignore[assignment]
conn.redirect_url  # type: ignore[attr-defined]
Organization.get("a")  # type: ignore[call-arg]
scalekit.Provider("eu", environmentUrl="https://eu.example")  # type: ignore[arg-type]
scalekit.saml_metadata(number)  # type: ignore[arg-type]
scalekit.saml_metadata("google.xml", "https://a.example")  # type: ignore[call-arg]
scalekit.get_domains(organization_id=acme.id)  # type: ignore[arg-type]
scalekit.get_domains_output(organization_id=number)  # type: ignore[arg-type]
scalekit.Provider("us").client_secret  # type: ignore[attr-defined]
scalekit.config.plugin = True  # type: ignore[misc]
