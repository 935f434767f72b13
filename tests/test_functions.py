"""Functions: the same answers from a Python program and through the plugin."""

import dataclasses
from dataclasses import replace

import pulumi
import pytest
from pulumi.runtime.proto import provider_pb2 as proto

import pulumi_scalekit as scalekit
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.behaviour.call import BEHAVIOURS
from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.functions.domain import verify_domain
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.resources.organization import Organization
from tests.support.api import Api
from tests.support.mocked_programs import registered
from tests.support.providers import SECRET_KEY, Served, from_struct, to_struct


@pytest.fixture
def stack_config(config):
    """The stack's configuration, as a Python program sees it."""
    pulumi.runtime.set_all_config(config, ["scalekit:clientSecret"])
    yield config
    pulumi.runtime.set_all_config({})


@pytest.fixture
def invoke(config):
    served = Served(Organization.kind, config)

    def call(name, arguments):
        answer = served.call("Invoke", proto.InvokeRequest(tok=f"scalekit:index:{name}", args=to_struct(arguments)))
        return from_struct(getattr(answer, "return")), {one.property: one.reason for one in answer.failures}

    return call


def test_an_organization_by_either_id(stack_config, invoke, api):
    id_ = api.organization(external_id="a/b:c", metadata={"tier": "gold"})
    found = scalekit.get_organization(external_id="a/b:c")
    assert (found.id, found.external_id, found.metadata, found.slug) == (id_, "a/b:c", {"tier": "gold"}, None)
    assert found.features == {"sso": True, "dir_sync": True, "session_policy": True}
    assert scalekit.get_organization(id=id_) == found

    answer, failures = invoke("getOrganization", {"externalId": "a/b:c"})
    assert failures == {}
    assert answer["id"] == id_
    assert answer["metadata"] == {"tier": "gold"}


def test_what_is_not_there_and_what_is_not_asked_for(stack_config, invoke):
    with pytest.raises(ScalekitError, match="reading organization org_404: not found in http"):
        scalekit.get_organization(id="org_404")
    with pytest.raises(ScalekitError, match="provide exactly one of id and external_id"):
        scalekit.get_organization()
    assert invoke("getOrganization", {}) == ({}, {"id": "provide exactly one of id and external_id"})
    assert invoke("getOrganization", {"idd": "x"})[1] == {"idd": "there is no property idd; did you mean id?"}


@pytest.mark.parametrize(
    ("function", "asked"),
    [
        ("get_environment", {"environment_id": "env_404"}),
        ("get_domains", {"organization_id": "org_404"}),
        ("get_directory_groups", {"organization_id": "org_404", "directory_id": "dir_404"}),
    ],
)
def test_what_is_asked_for_in_vain_is_no_matter_of_the_state(stack_config, invoke, function, asked):
    with pytest.raises(ScalekitError) as told:
        getattr(scalekit, function)(**asked)
    assert "refresh" not in str(told.value)


def test_an_empty_argument_is_a_variable_that_nobody_set(stack_config, invoke):
    with pytest.raises(ScalekitError, match=r"getOrganization: id must not be empty"):
        scalekit.get_organization(id="")
    assert invoke("getDomains", {"organizationId": ""})[1] == {"organizationId": "organization_id must not be empty"}
    assert invoke("getConnections", {"organizationId": ""})[1] == {
        "organizationId": "organization_id must not be empty"
    }


@pytest.mark.parametrize("function", ["getConnections", "getAuthorizationUrl"])
def test_a_domain_to_look_for_is_judged_as_one_to_declare(stack_config, invoke, function, emulator):
    given = {"domain": "https://acme.example"}
    if function == "getAuthorizationUrl":
        given["redirectUri"] = "https://app.example/callback"
    answer, failures = invoke(function, given)
    assert list(failures) == ["domain"]
    assert "address" in failures["domain"] or "URL" in failures["domain"]
    assert answer == {}


def test_all_organizations_are_paged(stack_config, invoke, api, emulator):
    made = [api.send("POST", "/organizations", {"display_name": f"No {n}"})["organization"]["id"] for n in range(120)]
    before = emulator.ledger.mark()
    assert [one.id for one in scalekit.get_organizations()] == made[::-1]
    assert len(emulator.ledger.since(before)) == 2
    assert len(invoke("getOrganizations", {})[0]["organizations"]) == 120


def test_connections_of_an_organization_and_of_a_domain(stack_config, invoke, api):
    one, other = api.organization(), api.organization()
    name = "a-domain-name-of-more-than-thirty-two-characters.example"
    domain, mine, theirs = api.domain(one, name), api.connection(one), api.connection(other, "SAML")
    api.send("PUT", f"/organizations/{one}/connections/{mine}/domains", {"domain_ids": [domain]})

    assert {found.id for found in scalekit.get_connections()} == {mine, theirs}
    assert [found.id for found in scalekit.get_connections(organization_id=other)] == [theirs]
    (found,) = scalekit.get_connections(domain=name)
    assert (found.id, found.organization_id, found.type, found.enabled, found.domains) == (
        mine,
        one,
        "OIDC",
        False,
        [name],
    )
    assert invoke("getConnections", {"domain": name})[0]["connections"][0]["id"] == mine

    detail = scalekit.get_connection(organization_id=one, id=mine)
    assert detail.redirect_uri.endswith(f"/sso/v1/oidc/{mine}/callback")
    assert detail.domain_ids == [domain]
    assert invoke("getConnection", {"organizationId": one, "id": mine})[0]["redirectUri"] == detail.redirect_uri


def test_everything_else_that_can_be_asked_for(stack_config, invoke, api, emulator):
    organization = api.organization()
    domain = api.domain(organization, "acme.example")
    api.send("POST", "/permissions", {"name": "invoices:read", "description": "Read"})
    api.send("POST", "/roles", {"name": "billing", "display_name": "Billing", "permissions": ["invoices:read"]})
    directory = api.send(
        "POST", f"/organizations/{organization}/directories", {"directory_type": "SCIM", "directory_provider": "OKTA"}
    )["directory"]["id"]
    client = api.send("POST", f"/organizations/{organization}/clients", {"name": "CI"})["client"]["client_id"]

    (found,) = scalekit.get_domains(organization_id=organization)
    assert (found.id, found.domain, found.organization_id) == (domain, "acme.example", organization)
    assert "invoices:read" in {one.name for one in scalekit.get_permissions()}
    assert scalekit.get_role(name="billing").permissions == ["invoices:read"]
    assert "billing" in {one.name for one in scalekit.get_roles()}
    assert scalekit.get_directory(organization_id=organization, id=directory).directory_type == "SCIM"
    assert [one.id for one in scalekit.get_directories(organization_id=organization)] == [directory]
    group = {"id": "dirgroup_1", "display_name": "Admins", "total_users": 2}
    emulator.store.directories[directory]["_provisioned"] = [group]
    (admins,) = scalekit.get_directory_groups(organization_id=organization, directory_id=directory)
    assert (admins.id, admins.display_name, admins.total_users) == ("dirgroup_1", "Admins", 2)
    assert scalekit.get_organization_client(organization_id=organization, client_id=client).name == "CI"

    assert invoke("getRole", {"name": "billing"})[0]["permissions"] == ["invoices:read"]
    assert invoke("getDomains", {"organizationId": organization})[0]["domains"][0]["id"] == domain
    with pytest.raises(ScalekitError, match="reading role nobody: not found in http"):
        scalekit.get_role(name="nobody")


def test_applications_with_the_default_one(stack_config, invoke, api, emulator):
    mine = api.post("/clients", {"name": "Portal", "client_type": "SPA", "post_login_uris": ["https://a/b"]})["client"]
    found = {one.id: one for one in scalekit.get_applications()}
    assert {id_: one.client_type for id_, one in found.items()} == {mine["id"]: "SPA", emulator.client_id: "ENV"}
    assert found[mine["id"]].post_login_uris == ["https://a/b"]
    assert len(invoke("getApplications", {})[0]["applications"]) == 2


def test_features_of_the_environment(stack_config, invoke, emulator):
    emulator.store.features["session_policy"] = False
    features = {one.name: one.enabled for one in scalekit.get_features()}
    assert features == {"sso": True, "dir_sync": True, "session_policy": False}
    assert {"name": "session_policy", "enabled": False} in invoke("getFeatures", {})[0]["features"]


def test_the_dns_records_of_a_custom_domain_before_there_is_one(stack_config, invoke, api, emulator):
    api.organization()  # whose event carries the environment's id
    (record,) = scalekit.get_custom_domain_records(custom_domain="Auth.acme.com")
    assert (record.host_name, record.type) == ("auth.acme.com", "CNAME")
    assert record.value.endswith(".scalekit.example")
    assert emulator.store.custom_domains == {}

    given = {"customDomain": "auth.acme.com", "environmentId": emulator.store.environment_id}
    found = {"hostName": "auth.acme.com", "type": "CNAME", "value": record.value}
    assert invoke("getCustomDomainRecords", given)[0]["records"] == [found]
    assert "has no dot" in invoke("getCustomDomainRecords", {"customDomain": "acme"})[1]["customDomain"]
    with pytest.raises(ScalekitError, match="reading the DNS records of auth.acme.com failed"):
        scalekit.get_custom_domain_records(custom_domain="auth.acme.com", environment_id="env_404")


@pytest.mark.parametrize("answer", [{}, {"dns_records": []}, {"dns_records": [{"host_name": "a", "type": "CNAME"}]}])
def test_an_answer_that_names_no_record_is_not_taken_for_none(stack_config, emulator, monkeypatch, answer):
    monkeypatch.setitem(BEHAVIOURS.by_rpc, "EnvironmentService.GetRequiredDNSRecords", (lambda _: answer, "read"))
    with pytest.raises(ScalekitError, match="Scalekit's answer does not name them"):
        scalekit.get_custom_domain_records(custom_domain="auth.acme.com", environment_id=emulator.store.environment_id)


@pytest.mark.parametrize(
    "answer",
    [{}, {"environment": {}}, {"environment": {"type": "PRD"}}, {"environment": {"id": "env_1", "type": "DEV"}}],
)
def test_an_answer_that_names_another_environment_or_none_is_not_taken_for_it(
    stack_config, emulator, monkeypatch, answer
):
    monkeypatch.setitem(BEHAVIOURS.by_rpc, "EnvironmentService.CheckCustomDomainStatus", (lambda _: answer, "read"))
    with pytest.raises(ScalekitError, match="Scalekit's answer does not say which one env_"):
        scalekit.get_environment(environment_id=emulator.store.environment_id)


def test_an_environment_that_is_neither_for_production_nor_for_development_is_an_error(
    stack_config, emulator, monkeypatch
):
    answer = {"environment": {"id": emulator.store.environment_id}}
    monkeypatch.setitem(BEHAVIOURS.by_rpc, "EnvironmentService.CheckCustomDomainStatus", (lambda _: answer, "read"))
    with pytest.raises(ScalekitError, match="Scalekit's answer does not say which one env_"):
        scalekit.get_environment(environment_id=emulator.store.environment_id)


def test_which_environment_it_is(stack_config, invoke, api, emulator):
    with pytest.raises(ScalekitError, match="the id of the environment is not known"):
        scalekit.get_environment()
    api.organization()  # whose event carries the environment's id

    found = scalekit.get_environment()
    assert (found.id, found.type, found.region_code) == (emulator.store.environment_id, "DEV", "US")
    assert found.domain.endswith(".scalekit.example")
    assert (found.custom_domain, found.custom_domain_status) == ("", "INITIAL")

    api.post(f"/environments/{found.id}/custom-domains", {"custom_domain": "auth.acme.com"})
    answered = invoke("getEnvironment", {"environmentId": found.id})[0]
    assert (answered["customDomain"], answered["displayName"]) == ("auth.acme.com", "Emulator")
    with pytest.raises(ScalekitError, match="reading the environment failed"):
        scalekit.get_environment(environment_id="env_404")


def test_what_a_mail_may_hold(stack_config, invoke, emulator):
    found = scalekit.get_email_template_placeholders(use_case="USER_LOGIN_OTP").placeholders
    assert "otp" in found
    assert "link" not in found
    assert invoke("getEmailTemplatePlaceholders", {"useCase": "USER_INVITE"})[0]["placeholders"] != found
    assert "must be one of LOGIN" in invoke("getEmailTemplatePlaceholders", {"useCase": "INVITE"})[1]["useCase"]
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")
    with pytest.raises(ScalekitError, match="the endpoint itself does not answer"):
        scalekit.get_email_template_placeholders(use_case="SIGNUP")


def test_the_session_policy_that_is_inherited_in_minutes(stack_config, invoke, api, emulator):
    organization = api.organization()
    found = scalekit.get_application_session_policy(organization_id=organization)
    assert dataclasses.astuple(found) == (7 * 24 * 60, True, 60, 5)
    answer, _ = invoke("getApplicationSessionPolicy", {"organizationId": organization})
    assert answer["absoluteSessionTimeout"] == 7 * 24 * 60
    with pytest.raises(ScalekitError, match="that org_404 inherits: not found in http"):
        scalekit.get_application_session_policy(organization_id="org_404")
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")
    with pytest.raises(ScalekitError, match="Scalekit has not published this endpoint"):
        scalekit.get_application_session_policy(organization_id=organization)


def test_a_portal_link_is_a_secret(invoke, api):
    organization = api.organization()
    answer, _ = invoke("createPortalLink", {"organizationId": organization, "features": ["sso"]})
    assert answer["location"][SECRET_KEY]
    assert answer["location"]["value"].startswith("http")
    _, failures = invoke("createPortalLink", {"organizationId": organization, "features": ["scim"]})
    assert failures == {"features[0]": "each of features must be one of sso, dir_sync"}


@pytest.fixture
def pending(api):
    """A domain that the DNS has to verify: its arguments, and its record."""
    api.emulator.switches = replace(api.emulator.switches, domain_verification="dns")
    organization = api.organization()
    id_ = api.domain(organization, "acme.example")
    return {"organizationId": organization, "id": id_}, api.store.domains[id_]


def test_a_domain_is_verified_when_its_record_is_found(invoke, emulator, pending):
    arguments, domain = pending
    assert invoke("verifyDomain", arguments)[0] == {"verified": False}
    domain["_dns"] = [domain["txt_record_secret"]]
    assert invoke("verifyDomain", arguments)[0] == {"verified": True}
    assert domain["verification_status"] == "VERIFIED"


def test_a_record_is_waited_for(config, emulator, pending):
    """It is looked for again every ten seconds, and not after it was found."""
    arguments, domain = pending
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            domain["_dns"] = [domain["txt_record_secret"]]

    client = Client(Settings.resolve(config), sleep=sleep)
    before = emulator.ledger.mark()

    def verified(wait):
        given = {"organization_id": arguments["organizationId"], "id": arguments["id"], "wait": wait}
        return verify_domain.call(Environment(client), **given).verified

    assert verified(25) is False
    assert verified(300) is True
    assert verified(300) is True
    client.close()
    assert slept == [10, 10, 10]
    assert len(emulator.ledger.since(before)) == 3 + 2 + 1


def test_no_preview_looks_for_a_record(config, emulator, pending):
    served = Served(Organization.kind, config)
    request = proto.InvokeRequest(tok="scalekit:index:verifyDomain", args=to_struct(pending[0]), preview=True)
    before = emulator.ledger.mark()

    assert from_struct(getattr(served.call("Invoke", request), "return")) == {"verified": False}
    assert emulator.ledger.since(before) == []


def test_a_domain_to_verify_that_is_not_there_and_an_endpoint_that_is_not(config, emulator, pending):
    served = Served(Organization.kind, config)

    def refused(**given):
        arguments = to_struct({**pending[0], **given})
        with pytest.raises(ScalekitError) as refusal:
            served.call("Invoke", proto.InvokeRequest(tok="scalekit:index:verifyDomain", args=arguments))
        return str(refusal.value)

    assert "verifying domain dom_404: not found in org_" in refused(id="dom_404")
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")
    assert "Scalekit has not published this endpoint, and may have withdrawn it" in refused()


def test_an_authorization_url_asks_nothing(stack_config, invoke, emulator):
    found = scalekit.get_authorization_url(redirect_uri="https://app.example/cb?a=b", connection_id="conn_1")
    assert found.url == (
        f"{emulator.url}/oauth/authorize?response_type=code&client_id={emulator.client_id}"
        "&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fa%3Db&scope=openid+profile+email&connection_id=conn_1"
    )
    arguments = {"redirectUri": "https://app.example/cb?a=b", "connectionId": "conn_1"}
    assert invoke("getAuthorizationUrl", arguments)[0] == {"url": found.url}
    assert len(emulator.ledger) == 0
    assert len(emulator.ledger.tokens) == 0


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({}, ""),
        ({"login_hint": "ada@acme.com"}, "&login_hint=ada%40acme.com"),
        ({"domain": "BÜCHER.example"}, "&domain=xn--bcher-kva.example"),
        ({"organization_id": "org_1", "connection_id": "conn_1"}, "&organization_id=org_1&connection_id=conn_1"),
    ],
    ids=["hosted sign-in", "home realm discovery", "an international name", "two selectors"],
)
def test_an_authorization_url_takes_what_the_documents_allow(stack_config, invoke, given, query):
    """Scalekit has an order of precedence for several selectors, and hosted sign-in for none."""
    found = scalekit.get_authorization_url(redirect_uri="https://app.example/cb", client_id="skc_7", **given)

    assert "client_id=skc_7&redirect_uri" in found.url
    assert found.url.endswith(f"&scope=openid+profile+email{query}")
    names = {"login_hint": "loginHint", "organization_id": "organizationId", "connection_id": "connectionId"}
    arguments = {names.get(name, name): value for name, value in given.items()}
    asked = {"redirectUri": "https://app.example/cb", "clientId": "skc_7", **arguments}
    assert invoke("getAuthorizationUrl", asked)[0] == {"url": found.url}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"redirect_uri": "app.example/cb"}, "redirect_uri has no scheme"),
        ({"redirect_uri": "https://app.example/cb", "domain": "ada@acme.com"}, "domain is an e-mail address"),
    ],
)
def test_an_authorization_url_of_what_can_never_work_is_refused(stack_config, given, reason):
    with pytest.raises(ScalekitError, match=reason):
        scalekit.get_authorization_url(**given)


def test_functions_that_wait_for_outputs(api, emulator, monkeypatch):
    """What is unknown is not asked; what is secret makes the answer secret, but for the credentials it is asked with."""
    organization = api.organization()
    api.domain(organization, "acme.example")
    for name, value in {**emulator.environment, "ORGANIZATION": organization}.items():
        monkeypatch.setenv(name, value)
    with Emulator() as other:
        there = Api(other)
        other.store.organizations[organization] = other.store.organizations.pop(there.organization())
        there.domain(organization, "other.example")
        monkeypatch.setenv("OTHER_URL", other.url)
        monkeypatch.setenv("OTHER_CLIENT_SECRET", other.client_secret)
        before = emulator.ledger.mark()
        _, answer, error = registered("later")
        there.close()
    assert error == ""
    here, elsewhere, inherited, secret, known = answer
    assert (here, elsewhere, inherited) == ("acme.example", "other.example", "other.example")
    assert {name for name, is_secret in secret.items() if is_secret} == {"secret", "link"}
    assert {name for name, is_known in known.items() if not is_known} == {"unknown", "later"}
    assert len([one for one in emulator.ledger.since(before) if one.path.endswith("/domains")]) == 2


def test_a_unit_test_answers_functions_from_its_mocks():
    seen, answer, error = registered("unit_test_of_functions")

    assert error == ""
    assert answer == ["org_1", "Acme", None, "acme", []]
    assert seen["scalekit:index:getOrganization"] == {"id": "acme-id"}
    assert seen["scalekit:index:getConnections"] == {"organizationId": "org_1"}


def test_functions_of_another_environment(api, emulator, config):
    """The settings of an explicit provider, which need not be registered for that."""

    def provider(url):
        made = object.__new__(scalekit.Provider)
        secret = {"clientId": emulator.client_id, "clientSecret": emulator.client_secret}
        made.settings = {"environmentUrl": url, **secret}
        return made

    id_ = api.organization()
    assert scalekit.get_organization(id=id_, opts=pulumi.InvokeOptions(provider=provider(emulator.url))).id == id_
    late = provider(object.__new__(pulumi.Output))
    with pytest.raises(ScalekitError, match="environmentUrl is an output"):
        scalekit.get_organization(id=id_, opts=pulumi.InvokeOptions(provider=late))


@pytest.mark.parametrize("function", [one for one in FUNCTIONS if one.item], ids=lambda one: one.name)
def test_a_list_comes_through_the_protocol_as_it_was(function):
    names = [field.name for field in dataclasses.fields(function.item)]
    answer = function.result([function.item(**{name: f"{name} {number}" for name in names}) for number in (1, 2)])

    assert function.of_values(function.values(answer)) == answer


def test_what_the_class_of_an_answer_says_of_a_key_counts_more_than_what_its_resource_says():
    """The resource's `client_type` is a choice of what can be declared, and the default application is none of it."""
    ((applications,),) = (one.outputs for one in FUNCTIONS if one.name == "getApplications")
    client_type = applications.shape.item.by_name["client_type"]
    assert (client_type.shape.name, "`ENV`" in client_type.description) == ("text", True)
