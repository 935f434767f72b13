"""What Scalekit would refuse, or what could never sign anybody in, is refused at preview; what works passes."""

from __future__ import annotations

import pytest

from pulumi_scalekit.lifecycle import check, findings
from pulumi_scalekit.model.field import UNKNOWN
from pulumi_scalekit.resources import RESOURCES
from tests.support.cases import CERTIFICATE
from tests.support.stack import PROVIDERS

KINDS = {resource.__name__: resource.kind for resource in RESOURCES}
BELOW = {"organization_id": "org_1"}
OIDC = {"issuer": "https://acme.okta.com", "client_id": "0oa1", "client_secret": "canary-secret"}
SAML = {"idp_entity_id": "urn:idp", "idp_sso_url": "https://idp.example/sso", "idp_certificate": CERTIFICATE}


def refused(kind, declared, old=None):
    _, failures = check(KINDS[kind], old or {}, declared)
    return {one.path: one.reason for one in failures}


def oidc(**settings):
    return {**BELOW, "provider": "OKTA", "type": "OIDC", "oidc": {**OIDC, **settings}}


def saml(**settings):
    return {**BELOW, "provider": "CUSTOM", "type": "SAML", "saml": {**SAML, **settings}}


DOMAINS = {
    "https://acme.com": "is an address",
    "http://acme.com/login": "is an address",
    "ada@acme.com": "is an e-mail address: give what stands behind the @, acme.com",
    "@acme.com": "is an e-mail address: give what stands behind the @",
    "Ada <ada@acme.com>": "give what stands behind the @, acme.com",
    "<acme.com>": "has a placeholder",
    "${DOMAIN}.com": "has a placeholder",
    "*.acme.com": "takes no wildcards",
    "acme.com:443": "has a port: give the name alone, acme.com",
    "acme.com/login": "has more than a name in it",
    "acme.com?a=b": "has more than a name in it",
    "ac me.com": "has a blank in it",
    "acme.com, acme.org": "has a blank in it",
    "acme.com.": "begins or ends with a dot: give acme.com",
    ".acme.com": "begins or ends with a dot: give acme.com",
    "localhost": "has no dot",
    "192.0.2.10": "is an IP address",
    "2001:db8::1": "is an IP address",
    "[2001:db8::1]": "is an IP address",
    "ac_me.com": "must be labels of letters",
    "-acme.com": "must be labels of letters",
    "acme..com": "must be labels of letters",
    f"{'a' * 64}.com": "must be labels of letters",
    "acme.123": "ends in a number",
    "bü—cher.example": "is no international domain name",
}


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_no_domain(domain):
    assert DOMAINS[domain] in refused("Domain", {**BELOW, "domain": domain})["domain"]


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ("acme.com", "acme.com"),
        ("Login.ACME.co.uk", "login.acme.co.uk"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("straße.de", "xn--strae-oqa.de"),
        ("3m.com", "3m.com"),
        ("Xerox.com", "xerox.com"),
    ],
)
def test_what_is_a_domain_has_one_spelling(declared, sent):
    judged, failures = check(KINDS["Domain"], {}, {**BELOW, "domain": declared})
    assert (judged["domain"], failures) == (sent, [])


TARGETS = {
    "app.acme.com/callback": "has no scheme",
    "localhost:3000/callback": "has no scheme",
    "app.acme.com:8443": "has no scheme",
    "/callback": "is a path",
    "https://": "has no host",
    "https:/app.acme.com": "has no host",
    "https://app.acme.com/#/callback": "has a fragment",
    "com.acme.app:/callback#": "has a fragment",
    "https://app.acme.com/call back": "has a blank",
    "https://app.acme.com/a\nhttps://app.acme.com/b": "has a blank",
    "https://<host>/callback": "has a placeholder",
    "https://{tenant}.acme.com/callback": "has a placeholder",
    "https://ada:pw@app.acme.com/": "has a user name",
    "https://app.acme.com:port/": "check its host and port",
    "javascript:alert(1)": "has the scheme javascript:",
    "data:text/html,x": "has the scheme data:",
    "https://https://app.acme.com/callback": "has two schemes",
    "https://None/callback": "has no true host",
    "https://app..acme.com/callback": "has no true host",
    "https://app.acme.com/a,https://app.acme.com/b": "holds more than one address",
    "httpss://app.acme.com": "https: is probably meant",
    "https://*.*.acme.com/callback": "may have one * only",
    "https://acme.*.com/callback": "may have one * only",
    "https://*.com": "may have one * only",
    "https://acme.com/*": "may have one * only",
}
REGISTERED = [
    "https://app.acme.com/callback",
    "http://localhost:3000/callback",
    "http://127.0.0.1:8080/cb",
    "http://[::1]:8080/cb",
    "com.acme.app:/callback",
    "myapp://auth/callback",
    "https://*.acme.com/callback",
    "https://auth-*.acme.com",
    "https://app.acme.com/a%20b",
]


@pytest.mark.parametrize("uri", TARGETS)
@pytest.mark.parametrize("name", ["post_login_uris", "post_logout_redirect_uris", "initiate_login_uri"])
def test_where_nobody_can_be_sent(name, uri):
    one = name == "initiate_login_uri"
    reasons = refused("Application", {"name": "A", "client_type": "NTV", name: uri if one else [uri]})
    (reason,) = reasons.values()
    assert TARGETS[uri] in reason
    assert "pw" not in reason
    assert TARGETS[uri] in refused("RedirectUri", {"redirect_uri": uri})["redirectUri"]


def test_where_people_are_sent_passes():
    for uri in [*REGISTERED, "https://app.acme.com/callback?tenant=acme"]:
        assert refused("Application", {"name": "A", "client_type": "NTV", "post_login_uris": [uri]}) == {}
    for uri in REGISTERED:
        assert refused("RedirectUri", {"redirect_uri": uri}) == {}


def test_the_default_application_allows_no_query_and_256_characters():
    assert "has a query" in refused("RedirectUri", {"redirect_uri": "https://app.acme.com/cb?a=b"})["redirectUri"]
    long = "https://app.acme.com/" + "x" * 256
    assert "at most 256 characters" in refused("RedirectUri", {"redirect_uri": long})["redirectUri"]


def test_at_most_five_login_uris():
    uris = [f"https://app.acme.com/{number}" for number in range(6)]
    application = {"name": "A", "client_type": "SPA", "post_login_uris": uris}
    assert "at most 5 items" in refused("Application", application)["postLoginUris"]
    assert refused("Application", {**application, "post_login_uris": uris[1:]}) == {}


@pytest.mark.parametrize(
    ("allowlist", "path", "words"),
    [
        ({"cidrs": ["0.0.0.0/0"]}, "ipAllowlist.cidrs[0]", "every address there is"),
        ({"cidrs": ["::/0"]}, "ipAllowlist.cidrs[0]", "every address there is"),
        ({"cidrs": ["0.0.0.0"]}, "ipAllowlist.cidrs[0]", "no address of anybody"),
        ({"cidrs": ["203.0.113.7"]}, "ipAllowlist.cidrs[0]", "give it as 203.0.113.7/32"),
        ({"cidrs": ["203.0.113.7/24"]}, "ipAllowlist.cidrs[0]", "the range is 203.0.113.0/24"),
        ({"cidrs": ["office"]}, "ipAllowlist.cidrs[0]", "is no address range"),
        ({"cidrs": ["203.0.113.0/33"]}, "ipAllowlist.cidrs[0]", "is no address range"),
        ({"cidrs": [""]}, "ipAllowlist.cidrs[0]", "is no address range"),
        ({"opted_in": True}, "ipAllowlist", "needs cidrs"),
        ({"opted_in": True, "cidrs": []}, "ipAllowlist", "needs cidrs"),
        ({"opted_in": False, "cidrs": []}, None, ""),
        ({"opted_in": True, "cidrs": UNKNOWN}, None, ""),
        ({"opted_in": True, "cidrs": [UNKNOWN, "2001:DB8::/32"]}, None, ""),
    ],
)
def test_ranges_of_an_allowlist(allowlist, path, words):
    reasons = refused("Application", {"name": "A", "client_type": "SPA", "ip_allowlist": allowlist})
    assert list(reasons) == ([path] if path else [])
    assert all(words in reason for reason in reasons.values())


def test_a_range_has_one_spelling():
    application = {"name": "A", "client_type": "SPA", "ip_allowlist": {"opted_in": True, "cidrs": ["2001:DB8:0::/32"]}}
    judged, _ = check(KINDS["Application"], {}, application)
    assert judged["ip_allowlist"]["cidrs"] == ["2001:db8::/32"]


ISSUERS = {
    "acme.okta.com": "has no scheme",
    "https://acme.okta.com/.well-known/openid-configuration": "is the address of a discovery document",
    "https://{yourOktaDomain}": "has a placeholder",
    "https://your-tenant.auth0.com": "has a placeholder",
    "https://login.microsoftonline.com/<tenant>/v2.0": "has a placeholder",
    "https://login.microsoftonline.com/{tenantid}/v2.0": "has a placeholder",
    "https://login.microsoftonline.com/TENANT_ID/v2.0": "has a placeholder",
    "https://acme.okta.com?x=1": "has a query",
    "https://acme.okta.com/#": "has a fragment",
    "https://https://acme.okta.com": "has two schemes",
    "https://http://acme.okta.com/oauth2": "has two schemes",
    "https://None": "has no true host",
    "https://None/oauth2/default": "has no true host",
    "https://acme.undefined:8443": "has no true host",
    "https://.okta.com": "has no true host",
    "https://acme..com": "has no true host",
    "https://$OKTA_DOMAIN": "has a placeholder",
    "https://%s.okta.com/oauth2": "has a placeholder",
    "https://%7Btenant%7D.okta.com": "has a placeholder",
    "https://acme.okta.com, https://acme.auth0.com": "has a blank",
    "https://acme.okta.com,acme.auth0.com": "holds more than one address",
    "https://acme.okta.com/.Well-Known/openid-configuration": "is the address of a discovery document",
    "<https://acme.okta.com>": "has something before its scheme",
    "ftp://acme.okta.com": "must begin with https://",
    "https://ada:pw@acme.okta.com": "has a user name or a password",
}
ENDPOINTS = {
    "javascript:alert(1)": "must begin with https://",
    "idp.example/authorize": "has no scheme",
    "/authorize": "is a path",
    "https:///authorize": "has no host",
    "https://idp.example/a#b": "has a fragment",
    "<EntityDescriptor entityID='x'></EntityDescriptor>": "is XML",
    '<?xml version="1.0"?><EntityDescriptor/>': "is XML",
    '<md:EntityDescriptor entityID="https://idp"/>': "is XML",
    "<metadata url>": "has a placeholder",
    "./okta-metadata.xml": "is a path",
    "metadata.xml": "is a path",
    "acme-metadata.XML": "is a path",
    "https://{tenant}.idp.example/sso": "has a placeholder",
    "https://idp.example/sso?tenant=[tenant]": "has a placeholder",
    "https://None/metadata": "has no true host",
    "https://idp.example/a;https://idp.example/b": "holds more than one address",
    "C:\\idp\\metadata.xml": "is a path",
}


@pytest.mark.parametrize("issuer", ISSUERS)
def test_what_is_no_issuer(issuer):
    reason = refused("Connection", oidc(issuer=issuer))["oidc.issuer"]
    assert ISSUERS[issuer] in reason
    assert "pw" not in reason


@pytest.mark.parametrize("unset", ["None", "undefined", "<client id>", "${CLIENT_ID}", "{{ client_id }}", "0oa1****"])
def test_an_id_that_nobody_set(unset):
    assert "client_id is a placeholder" in refused("Connection", oidc(client_id=unset))["oidc.clientId"]
    assert "idp_entity_id " in refused("Connection", saml(idp_entity_id=unset))["saml.idpEntityId"]
    assert refused("Connection", oidc(client_id="none-of-yours.apps.example")) == {}
    for odd in ("None of yours", "https://None/idp", "https://https://idp.example"):
        assert refused("Connection", saml(idp_entity_id=odd)), odd
    assert refused("Connection", oidc(client_id=unset), old=oidc(client_id=unset)) == {}


@pytest.mark.parametrize("value", ENDPOINTS)
def test_what_is_no_endpoint(value):
    for name in ("discovery_endpoint", "authorize_uri", "token_uri", "user_info_uri", "jwks_uri"):
        reasons = refused("Connection", oidc(**{name: value}))
        assert ENDPOINTS[value] in next(iter(reasons.values())), name
    for name in ("idp_metadata_url", "idp_sso_url", "idp_slo_url", "sp_assertion_url", "sp_slo_url"):
        reasons = refused("ConnectionSettings", {**saml(**{name: value}), "connection_id": "conn_1"})
        assert ENDPOINTS[value] in next(iter(reasons.values())), name


@pytest.mark.parametrize(
    "issuer",
    [
        "https://acme.okta.com", "https://acme.okta.com/oauth2/default", "https://acme.auth0.com/",
        "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", "https://accounts.google.com",
        "https://idp:8443/realms/acme",
    ],
)  # fmt: skip
def test_issuers_of_the_field_pass(issuer):
    assert refused("Connection", oidc(issuer=issuer)) == {}


def test_endpoints_of_the_field_pass():
    b2c = "https://acme.b2clogin.com/acme.onmicrosoft.com/oauth2/v2.0/authorize?p=b2c_1_in&tenant_id=1"
    assert refused("Connection", oidc(authorize_uri=b2c, discovery_endpoint=f"{b2c}&x=/.well-known/openid")) == {}
    for sso in (
        "https://idp.example/sso?filter[name]=acme&ids[]=1",
        "https://idp.example/sso?params=%7B%22a%22%3A1%7D",
        "https://idp.example/$web/None/undefined",
        "https://none.acme.com/sso",
        "https://idp.example/sso?back=a,https://acme.com",
        "https://idp.example/a,b;c/sso",
        "https://sso.bücher.example/idp/profile/SAML2/Redirect/SSO",
    ):
        assert refused("Connection", saml(idp_sso_url=sso)) == {}, sso
    for entity_id in ("urn:acme:idp", "google.com", "http://www.okta.com/exk1", "spn:{9188040d}"):
        assert refused("Connection", saml(idp_entity_id=entity_id)) == {}
    assert "is XML" in refused("Connection", saml(idp_entity_id="<EntityDescriptor/>"))["saml.idpEntityId"]


def test_http_needs_debug():
    plain = oidc(issuer="http://localhost:8080/realms/acme")
    assert "debug_enabled=True" in refused("Connection", plain)["oidc.issuer"]
    assert "debug_enabled=True" in refused("Connection", {**plain, "debug_enabled": False})["oidc.issuer"]
    assert refused("Connection", {**plain, "debug_enabled": True}) == {}
    assert refused("Connection", {**plain, "debug_enabled": UNKNOWN}) == {}
    # It may be on already: declared by the other of the two, or switched on in the dashboard.
    assert refused("ConnectionSettings", {**plain, "connection_id": "conn_1"}) == {}
    assert refused("Connection", plain, old={**oidc(), "debug_enabled": None}) == {}


@pytest.mark.parametrize(
    ("declared", "path", "words"),
    [
        (oidc(client_id=""), "oidc", "needs client_id"),
        ({**oidc(), "oidc": {"issuer": "https://idp", "client_secret": "s3"}}, "oidc", "needs client_id in oidc"),
        ({**oidc(), "oidc": {"issuer": "https://idp", "client_id": "a"}}, "oidc", "client_secret, or pkce_enabled"),
        (
            {**oidc(), "oidc": {"client_id": "a", "client_secret": "s3"}},
            "oidc",
            "issuer, or discovery_endpoint, or authorize_uri and token_uri",
        ),
        (
            {**saml(), "saml": {"idp_sso_url": "https://idp/sso"}},
            "saml",
            "idp_metadata_url, or idp_entity_id and idp_sso_url and idp_certificate",
        ),
    ],
)
def test_enabling_what_cannot_work(declared, path, words):
    assert words in refused("Connection", {**declared, "enabled": True})[path]
    assert refused("Connection", declared) == {}
    assert refused("Connection", {**declared, "enabled": False}) == {}


@pytest.mark.parametrize(
    ("kind", "declared", "old"),
    [
        ("Connection", {**BELOW, "provider": "OKTA", "type": "OIDC"}, {}),
        ("Connection", {**BELOW, "provider": "IDP_SIMULATOR", "type": "OIDC", "oidc": {"scopes": ["openid"]}}, {}),
        ("Connection", oidc(), {}),
        ("Connection", {**oidc(), "oidc": UNKNOWN}, {}),
        ("Connection", oidc(issuer=UNKNOWN, client_id=UNKNOWN), {}),
        ("Connection", saml(), {}),
        ("Connection", {**saml(), "saml": {"idp_metadata_url": UNKNOWN}}, {}),
        # After an import the block is without what Scalekit filled in.
        ("Connection", {**oidc(), "oidc": {"client_id": "a"}}, {**oidc(), "oidc": {"client_id": "a"}}),
        ("ConnectionSettings", {**oidc(), "connection_id": "conn_1", "oidc": {"scopes": ["openid"]}}, {}),
    ],
)
def test_enabling_what_may_work(kind, declared, old):
    assert refused(kind, {**declared, "enabled": True}, old and {**old, "enabled": True}) == {}


def test_an_enabled_connection_keeps_what_it_needs():
    """A removed key is cleared, and Scalekit would sign nobody in any more."""
    old, new = {**oidc(), "enabled": True}, {**oidc(), "enabled": True}
    new["oidc"] = {name: value for name, value in OIDC.items() if name != "client_id"}
    assert "needs client_id" in refused("Connection", new, old)["oidc"]
    new["oidc"] = {**OIDC, "discovery_endpoint": "https://acme.okta.com/.well-known/openid-configuration"}
    del new["oidc"]["issuer"]
    assert refused("Connection", new, old) == {}


@pytest.mark.parametrize("kind", ["Connection", "ConnectionSettings"])
@pytest.mark.parametrize(
    ("provider", "protocol", "path", "words"),
    [
        ("SCALEKIT", "OIDC", "provider", "which is reserved for Scalekit"),
        ("GITHUB", "OIDC", "provider", "social sign-in"),
        ("LINKEDIN", "SAML", "provider", "social sign-in"),
        ("MICROSOFT", "OIDC", "provider", "MICROSOFT_AD for Entra ID"),
        ("ADFS", "OIDC", "type", "does not go with provider ADFS"),
        ("ADFS", "SAML", None, ""),
        ("MICROSOFT_AD", "OIDC", None, ""),
        ("GOOGLE", "SAML", None, ""),
    ],
)
def test_provider_and_type_go_together(kind, provider, protocol, path, words):
    declared = {**BELOW, "connection_id": "conn_1", "provider": provider, "type": protocol}
    if kind == "Connection":
        del declared["connection_id"]
    reasons = refused(kind, declared)
    assert list(reasons) == ([path] if path else [])
    assert all(words in reason for reason in reasons.values())
    assert refused(kind, declared, old=declared) == {}


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        ("Domain", {**BELOW, "domain": "acme.com."}),
        ("RedirectUri", {"redirect_uri": "https://app.acme.com/cb?a=b"}),
        ("Connection", oidc(issuer="https://acme.okta.com/.well-known/openid-configuration")),
        ("Application", {"name": "A", "client_type": "SPA", "post_login_uris": ["app", "https://b.example"]}),
        ("Application", {"name": "A", "client_type": "SPA", "ip_allowlist": {"opted_in": True}}),
        ("Connection", {**oidc(client_id=""), "enabled": True}),
    ],
)
def test_what_stands_in_the_state_was_taken_once(kind, declared):
    """A new rule of ours never holds up a stack that works."""
    assert refused(kind, declared)
    assert refused(kind, declared, old=declared) == {}


@pytest.fixture
def warned(config):
    """What a preview says beside its verdict, with either provider."""

    def with_dynamic(old, new):
        lines = []
        provider = PROVIDERS["dynamic"](KINDS["Organization"], config)
        object.__setattr__(provider.provider._environment, "warn", lines.append)
        assert provider.check(old, new)[1] == {}
        return lines

    def with_plugin(old, new):
        lines = []
        provider = PROVIDERS["plugin"](KINDS["Organization"], config)
        provider.plugin._warn = lambda _urn, text: lines.append(text)
        assert provider.check(old, new)[1] == {}
        return lines

    return {"dynamic": with_dynamic, "plugin": with_plugin}


@pytest.mark.parametrize("name", PROVIDERS)
def test_an_unknown_feature_is_sent_with_a_warning_once(warned, name):
    before = {"displayName": "Acme", "features": {"sso": True}}
    after = {"displayName": "Acme", "features": {"sso": True, "ssso": True}}

    (line,) = warned[name](before, after)

    assert "no feature ssso; did you mean sso? Known are sso, dir_sync" in line
    assert len(warned[name]({}, after)) == 1
    assert warned[name](after, {**after, "displayName": "Acme Inc"}) == []
    assert warned[name]({}, before) == []
    assert findings(KINDS["Organization"], {}, {"features": UNKNOWN}) == []
