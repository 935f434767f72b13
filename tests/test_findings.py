"""What a preview says of a change before anything is sent: each rule, with both providers."""

import base64
import re

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from pulumi_scalekit.lifecycle import findings
from pulumi_scalekit.model import registry
from pulumi_scalekit.model.declarations import Declarations
from pulumi_scalekit.model.field import UNKNOWN
from pulumi_scalekit.model.finding import Policy
from pulumi_scalekit.model.registry import rules
from tests.support.certificates import certificate
from tests.support.providers import PROVIDERS

KINDS = {kind.name: kind for kind in registry.KINDS.values()}


def signed_with(octet):
    """An RSA certificate that says that it is signed with MD5 (4) or SHA-1 (5): no library signs with them any more."""
    body = certificate("weak", key=RSA)
    der = x509.load_pem_x509_certificate(body.encode()).public_bytes(Encoding.DER)
    weak = der.replace(bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d0101") + bytes([octet]))
    return base64.b64encode(weak).decode()


def saml(text, entity="https://idp.example.com", organization="org_1", **more):
    block = {"idp_entity_id": entity, "idp_sso_url": "https://idp.example.com/sso", "idp_certificate": text}
    return {"organization_id": organization, "provider": "CUSTOM", "type": "SAML", "saml": block, **more}


def oidc(organization="org_1", **block):
    values = {"organization_id": organization, "provider": "CUSTOM", "type": "OIDC"}
    return {**values, "oidc": {"issuer": "https://idp.example.com", "client_id": "0oa1", **block}}


def organization(**values):
    return {"display_name": "Acme", **values}


def domain(name, organization="org_1"):
    return {"organization_id": organization, "domain": name}


def mail(enabled=True, **smtp):
    """A mail server as an import leaves it, without its password."""
    settings = {"host": "smtp.acme.com", "port": 587, "username": "acme", "from_email": "a@acme.com", "from_name": "A"}
    return {"provider": "OTHER", "smtp_settings": {**settings, **smtp}, "enabled": enabled}


def stream(site="datadoghq.eu", **changed):
    """A log stream to Datadog."""
    return {"provider": "DATADOG", "display_name": "Alarms", "datadog": {"site": site}, **changed}


def text(**changed):
    """A mail with a code."""
    bodies = {"html_content": "<p>{{ otp }}</p>", "plain_content": "{{otp}} {{link}}"}
    return {"use_case": "USER_LOGIN_OTP", "subject": "Your code", **bodies, "enabled": True, **changed}


def interceptor(**values):
    known = {"display_name": "Compliance", "trigger_point": "PRE_SESSION_CREATION", "api_url": "https://a"}
    return {**known, "failure_policy": "FAIL_OPEN", "enabled": True, **values}


def without(values, name):
    return {key: value for key, value in values.items() if key != name}


OAUTH2 = {"token_url": "https://a", "client_id": "scalekit", "client_secret": "s3cret"}
ENTRA = "https://login.microsoftonline.com"
GOOD, OTHER = certificate("idp.example.com"), certificate("next.example.com")
RSA = rsa.generate_private_key(65537, 2048)
SHORT = rsa.generate_private_key(65537, 1024)

# fmt: off
SAID = [
    ("Connection", {}, saml(certificate("old", -900, -1)), "certificate-expired", "saml.idpCertificate", "CN=old expired on 20"),
    ("Connection", {}, saml(certificate("soon", -900, 3)), "certificate-expires-soon", "saml.idpCertificate", "within 7 days"),
    ("Connection", {}, saml(certificate("soon", -900, 10)), "certificate-expires-soon", "saml.idpCertificate", "within 14 days"),
    ("Connection", {}, saml(certificate("soon", -900, 29)), "certificate-expires-soon", "saml.idpCertificate", "within 30 days"),
    ("Connection", {}, saml(certificate("next", 2)), "certificate-not-yet-valid", "saml.idpCertificate", "CN=next is valid from"),
    ("Connection", {}, saml(signed_with(5)), "certificate-weak-signature", "saml.idpCertificate", "SHA-1"),
    ("Connection", {}, saml(certificate("short", key=SHORT)), "certificate-short-key", "saml.idpCertificate", "1024 bits"),
    ("Connection", saml(GOOD), saml(OTHER), "certificate-changed", "saml.idpCertificate", "Old: CN=idp.example.com, issued by itself, valid 20"),
    ("Connection", oidc(), {**oidc(issuer="https://other.example.com")}, "identity-provider-changed", "oidc.issuer", "at another identity provider"),
    ("Connection", {**oidc(), "enabled": True}, {**oidc(), "enabled": False}, "connection-disabled", "enabled", "nobody of the organization"),
    ("Connection", oidc(), {**oidc(), "provider": "OKTA"}, "connection-replaced", "", "the redirect URI must be registered anew"),
    ("Connection", saml(GOOD), {**saml(GOOD), "provider": "OKTA"}, "connection-replaced", "", "entity id and ACS URL must be"),
    ("Connection", {**oidc(), "enabled": True}, {}, "connection-deleted", "", "while it may be in use"),
    ("Connection", {**oidc(), "enabled": False}, {}, "connection-deleted", "", "switched off"),
    ("Connection", {}, oidc(discovery_endpoint="https://other.example.com/.well-known/openid-configuration"), "oidc-issuer-mismatch", "oidc.discoveryEndpoint", "not that of the declared issuer"),
    ("Connection", {}, oidc(issuer=f"{ENTRA}/common/v2.0"), "oidc-tenant-of-everybody", "oidc.issuer", "common stands for every"),
    ("Connection", {}, oidc(token_uri=f"{ENTRA}/organizations/oauth2/v2.0/token"), "oidc-tenant-of-everybody", "oidc.tokenUri", "organizations"),
    ("Connection", {}, oidc(issuer="https://acme-admin.okta.com"), "oidc-okta-admin", "oidc.issuer", "without -admin"),
    ("Connection", {}, oidc(scopes=["email"]), "oidc-scopes-without-openid", "oidc.scopes", "no id token"),
    ("Connection", {}, {**oidc(token_uri="https://idp.example.com/token"), "configuration_type": "MANUAL"}, "oidc-manual-incomplete", "oidc", "authorize_uri, jwks_uri are not declared"),
    ("ConnectionSettings", {**oidc(), "enabled": True}, {**oidc(), "enabled": False}, "connection-disabled", "enabled", "nobody"),
    ("Domain", {}, domain("gmail.com"), "domain-public", "domain", "people of every company"),
    ("Domain", {}, domain("mail.mailinator.com"), "domain-disposable", "domain", "for some minutes"),
    ("Domain", domain("acme.com"), {}, "domain-deleted", "", "acme.com are no longer sent"),
    ("Domain", domain("acme.com"), domain("acme.org"), "domain-deleted", "domain", "acme.com are no longer sent"),
    (
        "Domain",
        domain("acme.com"),
        {**domain("acme.com"), "connection_id": "conn_1"},
        "domain-not-tied",
        "connectionId",
        "stays as it is",
    ),
    ("EmailServer", mail(), {}, "email-server-off", "", "its own server again"),
    ("EmailServer", mail(), mail(enabled=False), "email-server-off", "enabled", "without your templates"),
    ("EmailServer", mail(), mail(port=465), "email-password-left-out", "smtpSettings", "declare it"),
    ("EmailTemplate", {}, text(use_case="USER_LOGIN_LINK_OTP"), "email-template-without-code", "htmlContent", "it holds no {{link}}"),
    ("EmailTemplate", text(), text(html_content="<p>{{code}}</p>"), "email-template-without-code", "htmlContent", "it holds no {{otp}}"),
    ("EmailTemplate", {}, text(subject="{{ app_nam }}"), "email-template-placeholder", "subject", "did you mean {{app_name}}?"),
    ("EmailTemplate", {}, text(subject="{{crm_owner}}"), "email-template-placeholder", "subject", "whenever a mail is sent"),
    ("EmailTemplate", text(), {}, "email-template-off", "", "its own text"),
    ("EmailTemplate", text(), text(enabled=False), "email-template-off", "enabled", "its own text"),
    ("LogStream", stream(), stream("datadoghq.com"), "log-stream-moved", "datadog.site", "and so does the credential"),
    (
        "LogStream",
        {**stream(), "google_secops": {"location": "eu"}},
        {**stream(), "google_secops": {"location": "us"}},
        "log-stream-moved",
        "googleSecops.location",
        "to another place from now on; the one before gets nothing new",
    ),
    ("LogStream", stream(), stream(enabled=False), "log-stream-off", "enabled", "no longer sent"),
    ("LogStream", stream(), {}, "log-stream-off", "", "raises no alarm"),
    ("LogStream", stream(), stream(event_types=["a.b"]), "log-stream-narrowed", "eventTypes", "only the declared ones"),
    ("LogStream", stream(event_types=["a", "b"]), stream(event_types=["b", "c"]), "log-stream-narrowed", "eventTypes", "without a"),
    ("Interceptor", {}, interceptor(), "interceptor-enabled", "enabled", "before a session begins, what Scalekit knows"),
    ("Interceptor", interceptor(enabled=False), interceptor(), "interceptor-enabled", "enabled", "may refuse them"),
    ("Interceptor", interceptor(), interceptor(enabled=False), "interceptor-off", "enabled", "gets through"),
    ("Interceptor", interceptor(), {}, "interceptor-off", "", "before a session begins, nothing is asked any more"),
    ("Interceptor", interceptor(), interceptor(api_url="https://b"), "interceptor-address-changed", "apiUrl", "to another address"),
    (
        "Interceptor",
        interceptor(oauth2=OAUTH2),
        interceptor(oauth2={**OAUTH2, "token_url": "https://b"}),
        "interceptor-address-changed",
        "oauth2.tokenUrl",
        "the secret of the client",
    ),
    ("Interceptor", interceptor(), interceptor(trigger_point="PRE_SIGNUP"), "interceptor-moved", "triggerPoint", "somebody signs up, and no longer"),
    ("Interceptor", interceptor(), interceptor(request_template="{}"), "interceptor-code-changed", "requestTemplate", "is sent"),
    ("Interceptor", interceptor(response_template="{}"), interceptor(), "interceptor-code-changed", "responseTemplate", "a refusal too"),
    ("Interceptor", {}, interceptor(failure_policy="FAIL_CLOSED"), "interceptor-fails-closed", "failurePolicy", "is refused"),
    ("Interceptor", interceptor(failure_policy="FAIL_CLOSED"), interceptor(), "interceptor-fails-open", "failurePolicy", "unchecked"),
    ("Interceptor", {}, {**interceptor(), "failure_policy": UNKNOWN}, "interceptor-enabled", "enabled", "goes to"),
    ("Interceptor", {}, without(interceptor(), "failure_policy"), "interceptor-policy-left-out", "", "Scalekit decides"),
    ("Interceptor", {}, without(interceptor(), "api_url"), "interceptor-without-address", "", "nobody is asked"),
    (
        "Interceptor",
        interceptor(api_key={"header_name": "x-one"}),
        interceptor(api_key={"header_name": "x-two"}),
        "interceptor-credentials-incomplete",
        "apiKey.apiKey",
        "declare api_key too",
    ),
    ("TokenTemplate", {}, {"template": "{}", "enabled": True}, "token-template-enabled", "enabled", "have the claims"),
    ("TokenTemplate", {"template": "{}", "enabled": True}, {"template": "{}", "enabled": False}, "token-template-off", "enabled", "lose"),
    ("TokenTemplate", {"template": "{}", "enabled": True}, {}, "token-template-off", "", "lose the claims"),
    ("TokenTemplate", {"template": "{}"}, {"template": '{"a": 1}'}, "token-template-changed", "template", "other claims"),
    ("Organization", {}, organization(features={"ssso": True}), "unknown-feature", "features.ssso", "did you mean sso?"),
    ("Organization", organization(), {}, "organization-deleted", "", "nothing brings them back"),
    ("Organization", organization(features={"sso": True}), organization(features={"sso": False}), "sso-switched-off", "features.sso", "nobody"),
    ("Organization", organization(deletion_protection=True), organization(), "protection-removed", "deletionProtection", "may delete the organization"),
]
# fmt: on

QUIET = [
    ("Connection", {}, saml(GOOD)),
    ("Connection", {}, saml(UNKNOWN)),
    ("Connection", {}, {**oidc(scopes=[UNKNOWN]), "enabled": UNKNOWN}),
    ("Connection", {}, {**oidc(), "oidc": UNKNOWN}),
    ("Connection", {}, oidc(scopes=["openid", "email"])),
    ("Connection", {}, oidc(discovery_endpoint="https://idp.example.com/.well-known/openid-configuration")),
    (
        "Connection",
        {},
        oidc(issuer="https://sts.windows.net/9a/", discovery_endpoint=f"{ENTRA}/9a/.well-known/openid-configuration"),
    ),
    ("Connection", {**oidc(), "enabled": False}, {**oidc(), "enabled": True}),
    ("Connection", {**oidc(), "enabled": True}, {**oidc(), "enabled": UNKNOWN}),
    (
        "Interceptor",
        {},
        interceptor(enabled=False, failure_policy="FAIL_CLOSED", api_key={"api_key": UNKNOWN, "header_name": "x"}),
    ),
    ("Interceptor", interceptor(), interceptor(timeout_ms=500, description="Another")),
    ("Interceptor", interceptor(enabled=False), interceptor(enabled=False, api_url="https://b")),
    ("Interceptor", interceptor(enabled=False), {}),
    (
        "Interceptor",
        interceptor(api_key={"header_name": "x"}),
        interceptor(api_key={"header_name": "x"}, timeout_ms=500),
    ),
    ("LogStream", {}, stream(event_types=["a"])),
    ("LogStream", stream(event_types=["a"]), stream(event_types=["a", "b"], display_name="Audit")),
    ("LogStream", stream(event_types=["a"]), stream(event_types=UNKNOWN)),
    ("LogStream", stream(enabled=False), stream("datadoghq.com", enabled=False, event_types=["a"])),
    ("LogStream", stream(enabled=False), {}),
    ("LogStream", stream(), stream(enabled=True)),
    ("TokenTemplate", {}, {"template": "{}"}),
    ("TokenTemplate", {"template": "{}", "enabled": False}, {"template": '{"a": 1}', "enabled": False}),
    ("TokenTemplate", {"template": "{}", "enabled": False}, {}),
    ("Domain", {}, domain("acme.com")),
    ("Domain", {}, domain(UNKNOWN)),
    ("EmailServer", mail(), {**mail(), "provider": "SENDGRID"}),
    ("EmailServer", mail(password="x"), mail(password="x", port=465)),
    ("EmailTemplate", {}, text(html_content=UNKNOWN, use_case=UNKNOWN)),
    ("EmailTemplate", {}, text(use_case="USER_INVITE", html_content="{{magic_link}} of {{user.name}}, {{#if x}}")),
    ("Organization", {}, organization(features={"sso": True}, deletion_protection=True)),
    ("Organization", organization(deletion_protection=True), organization(deletion_protection=UNKNOWN)),
]


@pytest.mark.parametrize(("kind", "before", "after", "rule", "path", "part"), SAID, ids=[case[3] for case in SAID])
def test_a_rule_says_it_at_the_property(kind, before, after, rule, path, part):
    (found,) = [finding for finding in findings(KINDS[kind], before, after) if finding.rule == rule]

    assert (found.path, found.severity) == (path, rules()[rule].severity)
    assert part in found.sentence


@pytest.mark.parametrize(("kind", "before", "after"), QUIET)
def test_what_is_right_or_not_known_yet_is_not_spoken_of(kind, before, after):
    assert findings(KINDS[kind], before, after) == []


@pytest.mark.parametrize(("kind", "before", "after", "rule", "path", "part"), SAID, ids=[case[3] for case in SAID])
def test_what_was_so_before_is_not_said_again(kind, before, after, rule, path, part):
    assert [finding.rule for finding in findings(KINDS[kind], after, after)] == []


def test_another_text_that_is_wrong_too_is_said_again():
    before, after = oidc(issuer="https://one-admin.okta.com"), oidc(issuer="https://two-admin.okta.com")

    assert "oidc-okta-admin" in [finding.rule for finding in findings(KINDS["Connection"], before, after)]


def test_no_rule_repeats_an_address():
    """It may hold a password, or be marked as a secret, which no provider is told."""
    hosts = ("common", "a-admin.okta.com", "idp.example.com")
    for host in hosts:
        address = f"https://user:s3cret@{host}/s3cret"
        block = dict.fromkeys(("issuer", "discovery_endpoint", "authorize_uri", "token_uri", "jwks_uri"), address)
        for before in ({}, oidc(), {**oidc(), "enabled": True}):
            said = findings(KINDS["Connection"], before, {**oidc(**block), "enabled": False})
            assert "s3cret" not in str(said)
            assert "https://" not in str(said)
    metadata = [{**saml(GOOD), "saml": {"idp_metadata_url": f"https://idp/{token}"}} for token in ("one", "s3cret")]
    assert "s3cret" not in str(findings(KINDS["Connection"], *metadata))


SHARED = [
    ("Connection", saml(GOOD), saml(GOOD, "https://b", "org_2"), "certificate-shared", 'connection "CUSTOM" of org_1'),
    ("Connection", saml(GOOD), saml(OTHER, organization="org_2"), "entity-id-shared", 'connection "CUSTOM" of org_1'),
    (
        "Connection",
        {**oidc(), "domain_ids": ["dom_1"]},
        {**oidc("org_2"), "domain_ids": ["dom_1"]},
        "connection-domain-shared",
        "one of the two",
    ),
    ("Domain", domain("acme.com"), domain("acme.com", "org_2"), "domain-shared", 'domain "acme.com" of org_1'),
    ("Domain", domain("acme.com"), domain("acme.com"), "domain-shared", "twice"),
    ("Domain", domain("paypal.com"), domain("paypa1.com", "org_2"), "domain-look-alike", "looks like paypal.com"),
    ("Domain", domain("acme.com"), domain("xn--cme-5cd.com", "org_2"), "domain-look-alike", "looks like acme.com"),
    ("EmailServer", mail(), mail(), "email-server-shared", 'email server "OTHER" is enabled too'),
    ("EmailTemplate", text(), text(), "email-template-shared", 'another email template "USER_LOGIN_OTP" is enabled'),
    (
        "UserLimit",
        {"organization_id": "org_1", "max_allowed_users": 5},
        {"organization_id": "org_1", "max_allowed_users": 6},
        "setting-declared-twice",
        "the program declares the user limit twice, with another max_allowed_users: one would write over",
    ),
    (
        "DefaultApplication",
        {"initiate_login_uri": "https://a"},
        {"initiate_login_uri": "https://b"},
        "setting-declared-twice",
        "another initiate_login_uri",
    ),
    ("TokenTemplate", {"template": "{}"}, {"template": '{"a": 1}'}, "setting-declared-twice", "another template"),
]


@pytest.mark.parametrize(("kind", "first", "second", "rule", "part"), SHARED, ids=[case[3] for case in SHARED])
def test_what_two_resources_share_is_said_at_the_second(kind, first, second, rule, part):
    kind, declared = KINDS[kind], Declarations()

    assert findings(kind, {}, first, declarations=declared, resource="a") == []
    (found,) = findings(kind, {}, second, declarations=declared, resource="b")

    assert (found.rule, found.severity) == (rule, "warning")
    assert part in found.sentence


@pytest.mark.parametrize(("kind", "first", "second", "rule", "part"), SHARED, ids=[case[3] for case in SHARED])
def test_what_two_resources_shared_before_is_not_said_again(kind, first, second, rule, part):
    kind, declared = KINDS[kind], Declarations()

    findings(kind, first, first, declarations=declared, resource="a")
    assert findings(kind, second, second, declarations=declared, resource="b") == []


def test_two_may_declare_different_properties_of_a_setting_or_the_same_values():
    kind, declared = KINDS["EnvironmentSessionSettings"], Declarations()
    setting = KINDS["UserLimit"]

    for values in ({"idle_session_timeout": 900}, {"absolute_session_timeout": 3600}):
        assert findings(kind, {}, values, declarations=declared, resource=str(values)) == []
    for organization in ("org_1", "org_2", UNKNOWN, UNKNOWN):
        limit = {"organization_id": organization, "max_allowed_users": 5 if organization == "org_1" else 6}
        assert findings(setting, {}, limit, declarations=declared) == []


def test_every_setting_is_judged_so():
    found = {name for name, kind in KINDS.items() if "setting-declared-twice" in {rule.name for rule in kind.findings}}

    assert found == {name for name, kind in KINDS.items() if kind.api.setting_of}


def test_a_replacement_that_is_checked_twice_shares_nothing_with_itself():
    """The engine checks it again without the state, and nothing names it then."""
    kind, declared = KINDS["Connection"], Declarations()
    before, after = saml(GOOD), {**saml(GOOD), "provider": "OKTA"}

    for old in (before, {}):
        found = findings(kind, old, after, declarations=declared, resource="instance" if old else "")
        assert {"certificate-shared", "entity-id-shared"}.isdisjoint(finding.rule for finding in found)


def test_two_new_resources_that_nothing_names_are_two():
    kind, declared = KINDS["Domain"], Declarations()
    declaration = domain("acme.com", UNKNOWN)

    findings(kind, {}, declaration, declarations=declared)
    assert [finding.rule for finding in findings(kind, {}, declaration, declarations=declared)] == ["domain-shared"]


def test_strict_and_ignore():
    values = saml(certificate("old", -900, -1))

    def severities(**policy):
        named = {name: frozenset(words) for name, words in policy.items()}
        return [finding.severity for finding in findings(KINDS["Connection"], {}, values, policy=Policy(**named))]

    assert severities() == ["warning"]
    assert severities(strict=["certificate-expired"]) == severities(strict=["all"]) == ["error"]
    assert severities(strict=["domain-shared"]) == ["warning"]
    assert severities(ignore=["certificate-expired"]) == []
    assert severities(ignore=["certificate-expired"], strict=["all"]) == []
    changed = findings(KINDS["Connection"], saml(GOOD), saml(OTHER), policy=Policy(strict=frozenset(["all"])))
    assert [finding.severity for finding in changed] == ["note"]


def in_state(values):
    """A declaration in the words of the state."""
    if isinstance(values, dict):
        return {re.sub("_(.)", lambda found: found[1].upper(), key): in_state(value) for key, value in values.items()}
    return values


@pytest.fixture(params=PROVIDERS)
def preview(request, config, monkeypatch):
    """A check with either provider: what is shown, and what is refused."""

    def check(kind, old, new, **settings):
        shown = []
        more = {f"scalekit:{key}": value for key, value in settings.items()}
        provider = PROVIDERS[request.param](KINDS[kind], {**config, **more})
        if request.param == "dynamic":
            monkeypatch.setattr("pulumi_scalekit.provider.dynamic_host.note", lambda text: shown.append(("note", text)))
            provider.provider._environment.warn = lambda text: shown.append(("warning", text))
        else:
            provider.plugin._warn = lambda _urn, text: shown.append(("warning", text))
            provider.plugin._note = lambda _urn, text: shown.append(("note", text))
        _, refused = provider.check(in_state(old), in_state(new))
        return shown, refused

    return check


def test_a_preview_shows_them_and_sends_nothing(preview, emulator):
    mark = emulator.ledger.mark()
    expired = certificate("old", -900, -1)

    shown, refused = preview("Connection", saml(GOOD), saml(expired))

    assert refused == {}
    ((severity, warning), (lower, note)) = shown
    assert (severity, lower) == ("warning", "note")
    assert warning.endswith("Ask the customer for the one that signs today [certificate-expired]")
    assert "saml.idp" in warning
    assert note.endswith(" [certificate-changed]")
    assert expired.splitlines()[1] not in warning + note
    assert emulator.ledger.since(mark) == []


def test_strict_refuses_it_at_the_property(preview):
    shown, refused = preview("Connection", {}, saml(certificate("old", -900, -1)), strict="certificate-expired")

    assert shown == []
    assert list(refused) == ["saml.idpCertificate"]
    assert "[certificate-expired]" in refused["saml.idpCertificate"]


def test_ignore_silences_it(preview):
    assert preview("Connection", {}, saml(certificate("old", -900, -1)), ignore='["certificate-expired"]') == ([], {})


def test_what_is_refused_is_not_judged(preview):
    shown, refused = preview("Domain", {}, {**domain("gmail.com"), "domain_type": "NONE"})

    assert shown == []
    assert list(refused) == ["domainType"]


def test_rules_of_a_kind_are_told_apart():
    for kind in KINDS.values():
        names = [rule.name for rule in kind.findings]
        assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", name) and rule.words for name, rule in rules().items())
