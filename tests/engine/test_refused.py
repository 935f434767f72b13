"""What is refused and what is warned of, as a user of the real engine sees it."""

import pytest

from tests.support.identity_provider import NOT_ONE
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

HEAD = "from pathlib import Path\n\nimport pulumi_scalekit as scalekit\n"
LATE = (
    HEAD
    + """
acme = scalekit.Organization("acme", display_name="Acme")
scalekit.Domain("domain", organization_id=acme.id, domain=acme.id.apply(lambda id: f"https://{id}.example"))
"""
)
CONNECTION = (
    HEAD
    + """
scalekit.Connection("sso", organization_id="org_1", provider="CUSTOM", type="SAML", saml={
    "idp_entity_id": "urn:idp", "idp_sso_url": "idp.example", "idp_certificate": Path("idp.pem").read_text()})
"""
)
UNSET = (
    HEAD
    + """
scalekit.Connection("sso", organization_id="org_1", provider="OKTA", type="OIDC", oidc={
    "issuer": "https://acme.okta.com/.well-known/openid-configuration", "client_id": "0oa1", "client_secret": "****"})
"""
)
FEATURES = HEAD + 'scalekit.Organization("acme", display_name="Acme", features={"sso": True, "scim": True})\n'


@pytest.fixture(params=["dynamic", "plugin"])
def stack(request, workspace, emulator):
    def make(program):
        made = workspace({"__main__.py": program})
        made.config("scalekit:environmentUrl", emulator.url)
        made.config("scalekit:clientId", emulator.client_id)
        made.config("scalekit:clientSecret", emulator.client_secret, secret=True)
        if request.param == "plugin":
            made.config("scalekit:plugin", "true")
        return made

    return make


def test_a_private_key_in_place_of_a_certificate_is_named_and_not_printed(stack, emulator):
    made = stack(CONNECTION)
    key = NOT_ONE["private key"][0]
    made.write({"idp.pem": key})

    text = printed(made.pulumi("preview", exits=1))

    assert "resource 'sso' has a problem: saml.idp_certificate is or holds a private key" in text
    assert "saml.idp_sso_url has no scheme" in text
    assert not any(line in text for line in key.splitlines())
    assert "<nil>" not in text
    assert len(emulator.ledger) == 0


def test_a_masked_secret_is_named(stack, emulator):
    text = printed(stack(UNSET).pulumi("preview", exits=1))

    assert "oidc.client_secret is a mask or a placeholder" in text
    assert "oidc.issuer is the address of a discovery document" in text
    assert len(emulator.ledger) == 0


def test_an_unknown_feature_is_a_warning_until_it_is_there(stack, emulator):
    made = stack(FEATURES)
    warning = "Scalekit's documents name no feature scim. Known are sso, dir_sync, domain_verification, session_policy"

    assert warning in printed(made.pulumi("preview"))
    assert warning in printed(made.pulumi("up", "--yes", "--skip-preview"))
    assert warning not in printed(made.pulumi("preview", "--expect-no-changes"))


def test_what_is_only_known_at_up_is_judged_before_anything_of_it_is_sent(stack, emulator):
    made = stack(LATE)
    made.pulumi("preview")

    text = printed(made.pulumi("up", "--yes", "--skip-preview", exits=1))

    assert "domain is an address" in text
    assert [entry.path for entry in emulator.ledger.since(0) if entry.method == "POST"] == ["/api/v1/organizations"]
    assert not emulator.store.domains
