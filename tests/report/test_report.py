"""A report: drift, what customers own, what nobody manages, what is not healthy. Nothing is written."""

import json
from collections import Counter

import pytest

from pulumi_scalekit.emulator import Fault
from tests.support.certificates import certificate
from tests.support.exported import Exported
from tests.support.preview import TYPES


@pytest.fixture(params=TYPES)
def stack(request, config):
    return Exported(config, request.param)


@pytest.fixture
def found(report):
    """The same as JSON."""

    def run(*stacks, **options):
        code, text = report(*stacks, format="json", **options)
        return code, json.loads(text)

    return run


def tenant(found, title):
    (one,) = [each for each in found["tenants"] if each["title"] == title]
    return one


def drifted(found):
    """By resource: what differs, or that it is gone."""
    return {
        drift["name"]: "gone" if drift["gone"] else {each["path"]: each["there"] for each in drift["properties"]}
        for each in found["tenants"]
        for drift in each["drift"]
    }


def test_as_declared_is_0_and_only_reads(stack, found, emulator):
    stack.tenant("acme")
    mark = emulator.ledger.mark()

    code, report = found(stack)

    assert (code, report["headline"], report["totals"]["managed"]) == (0, "Scalekit is as declared", 3)
    assert drifted(report) == {}
    sent = emulator.ledger.since(mark)
    # A list of events is asked for with a POST, and so is the custom domain.
    assert {request.path for request in sent if request.method != "GET"} <= {
        "/api/v1/events/paginated",
        f"/api/v1/environments/{emulator.store.environment_id}/custom-domains:check",
    }


def test_each_change_is_told_with_what_it_means(stack, found, emulator):
    organization, _, sso = stack.tenant("acme")
    stack.tenant("globex")
    emulator.store.organizations[organization]["display_name"] = "Acme Corp"
    emulator.store.connections[sso]["enabled"] = False

    code, report = found(stack)

    assert code == 7
    assert report["headline"] == "2 objects not as declared"
    assert drifted(report) == {"acme": {"displayName": "Acme Corp"}, "acme-sso": {"enabled": "false"}}
    (change,) = tenant(report, "Acme Corp")["drift"][1:]
    assert [each["rule"] for each in change["findings"]] == ["connection-disabled"]


def test_a_deleted_tenant_is_one_event_with_what_a_repair_does_not_bring_back(stack, found, api):
    organization, *_ = stack.tenant("acme")
    api.delete(f"/organizations/{organization}")

    _, report = found(stack)

    assert drifted(report) == {"acme": "gone"}
    ((only,),) = [each["drift"] for each in report["tenants"] if each["drift"]]
    assert only["sentence"] == "2 managed objects went with it."
    assert "do not come back" in only["repair"]


def test_a_deleted_domain_is_not_told_again_by_its_connection(stack, found, api):
    organization, domain, _ = stack.tenant("acme")
    api.delete(f"/organizations/{organization}/domains/{domain}")

    _, report = found(stack)

    assert drifted(report) == {"acme-domain": "gone"}
    assert tenant(report, "Acme Inc")["health"] == []


def test_a_domain_that_somebody_took_from_a_connection_is_drift(stack, found, api):
    organization, _, sso = stack.tenant("acme")
    api.put(f"/organizations/{organization}/connections/{sso}/domains", {"domain_ids": []})

    assert drifted(found(stack)[1]) == {"acme-sso": {"domainIds": "[]"}}


def test_a_connection_that_somebody_deleted_needs_the_customer(stack, found, api):
    organization, _, sso = stack.tenant("acme")
    api.patch(f"/organizations/{organization}/connections/{sso}:disable")
    api.delete(f"/organizations/{organization}/connections/{sso}")

    _, report = found(stack)

    assert drifted(report) == {"acme-sso": "gone"}
    assert "the customer has to register" in tenant(report, "Acme Inc")["drift"][0]["repair"]


def test_another_custom_domain_is_not_promised_to_be_repaired(stack, found, api, emulator):
    name, path = "auth.acme.com", f"/environments/{emulator.store.environment_id}/custom-domains"
    stack.add("CustomDomain", "address", environment_id=emulator.store.environment_id, custom_domain=name)
    emulator.store.custom_domains.clear()
    api.post(path, {"custom_domain": "login.acme.com"})

    _, report = found(stack)

    assert drifted(report) == {"address": {"customDomain": "login.acme.com"}}
    ((only,),) = [each["drift"] for each in report["tenants"] if each["drift"]]
    assert only["repair"].startswith("A repair does not change it: Scalekit has no call that changes it")
    assert "Declare login.acme.com" in only["repair"]


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_secret_is_never_in_it(config, report, emulator, form):
    stack = Exported(config)
    _, _, sso = stack.tenant("acme")
    stack.add("Organization", "secretive", display_name="Hush hush", external_id="hush")
    for part in ("inputs", "outputs"):
        held = stack.resources[-1][part]
        held["displayName"] = {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            "plaintext": '"Hush hush"',
        }
    emulator.store.organizations[stack.resources[-1]["id"]]["display_name"] = "Loud"
    emulator.store.connections[sso]["oidc_config"]["client_id"] = "other"

    _, text = report(stack, format=form)

    assert "s3cret" not in text
    assert "Hush" not in text
    assert "displayName" in text
    assert "other" in text


def test_what_a_state_hides_is_counted_and_not_compared(config, found):
    stack = Exported(config)
    organization = stack.add("Organization", "acme", display_name="Acme", external_id="acme")
    oidc = {"issuer": "https://acme.okta.com", "client_id": "0oa1", "client_secret": "s3cret"}
    stack.add("Connection", "sso", shown=False, organization_id=organization, provider="OKTA", type="OIDC", oidc=oidc)

    code, report = found(stack)

    assert (code, report["totals"]["notCompared"]) == (0, 1)


def test_what_the_customer_set_is_told_and_never_drift(stack, found, emulator, tmp_path):
    _, _, sso = stack.tenant("acme")
    emulator.store.connections[sso]["ui_button_title"] = "Log in"

    code, first = found(stack)
    assert code == 0
    settings = {each["path"]: (each["value"], each["before"]) for each in tenant(first, "Acme Inc")["settings"]}
    assert settings["uiButtonTitle"] == ("Log in", None)

    (tmp_path / "last.json").write_text(json.dumps(first))
    emulator.store.connections[sso]["ui_button_title"] = "Enter"
    code, second = found(stack, since=tmp_path / "last.json")
    assert code == 0
    changed = {
        each["path"]: (each["before"], each["value"])
        for each in tenant(second, "Acme Inc")["settings"]
        if each["before"]
    }
    assert changed == {"uiButtonTitle": ("Log in", "Enter")}

    (tmp_path / "last.json").write_text(json.dumps(second))
    emulator.store.connections[sso]["ui_button_title"] = ""
    third = found(stack, since=tmp_path / "last.json")[1]
    changed = {
        each["path"]: (each["before"], each["value"])
        for each in tenant(third, "Acme Inc")["settings"]
        if each["before"]
    }
    assert changed == {"uiButtonTitle": ("Enter", "(not set)")}


@pytest.mark.parametrize("text", ["{}", "no json", '{"kind": "review", "tenants": [], "environmentUrl": ""}'], ids=repr)
def test_since_has_to_be_a_report_on_the_same_environment(report, config, tmp_path, text):
    (tmp_path / "last.json").write_text(text)
    code, said = report(Exported(config), since=tmp_path / "last.json")

    assert code == 1
    assert "--since" in said


def test_what_no_stack_has_is_named_with_the_line_that_adopts_it(stack, found, api):
    stack.tenant("acme")
    stray = api.organization(display_name="Stray", external_id="stray key")
    api.domain(stray, "stray.com")

    code, report = found(stack)

    assert code == 0
    assert {each["label"] for each in tenant(report, "Stray")["unmanaged"]} == {
        'organization "Stray"',
        'domain "stray.com"',
    }
    assert report["adopt"] == "pulumi-scalekit adopt --out FOLDER --include 'stray key'"


def test_what_is_declared_by_now_is_not_the_customers_change(config, found, emulator, tmp_path):
    stack = Exported(config)
    _, _, sso = stack.tenant("acme")
    emulator.store.connections[sso]["ui_button_title"] = "Log in"
    (tmp_path / "last.json").write_text(json.dumps(found(stack)[1]))
    for part in ("inputs", "outputs"):
        stack.resources[-1][part]["uiButtonTitle"] = "Log in"

    _, report = found(stack, since=tmp_path / "last.json")

    assert [each for each in tenant(report, "Acme Inc")["settings"] if each["before"]] == []


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "encrypted"])
def test_what_the_program_marks_as_secret_is_told_nowhere(config, report, emulator, shown):
    """Neither the declared value nor the live one, nor a sentence about it."""
    stack = Exported(config)
    organization, domain, sso = stack.tenant("acme")
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
    paths = ("displayName", "domain", "oidc.issuer")
    for each, path in zip(stack.resources, paths, strict=True):
        for part in ("inputs", "outputs"):
            *above, last = path.split(".")
            holder = each[part][above[0]] if above else each[part]
            holder[last] = {**secret, **({"plaintext": json.dumps(holder[last])} if shown else {"ciphertext": "v1:x"})}
    emulator.store.organizations[organization]["display_name"] = "Hush Live"
    emulator.store.connections[sso]["oidc_config"]["issuer"] = "https://hush-admin.okta.com"
    emulator.store.domains[domain]["domain"] = "gmail.com"

    for form in ("text", "json"):
        code, text = report(stack, format=form)
        assert code == (7 if shown else 0)
        assert not [word for word in ("Acme Inc", "Hush", "acme.", "hush", "gmail") if word in text]


def test_only_what_is_like_the_patterns_is_read_and_told(stack, found, api, emulator):
    organizations = {name: stack.tenant(name)[0] for name in ("acme", "globex", "initech")}
    emulator.store.organizations[organizations["globex"]]["display_name"] = "Other"
    api.delete(f"/organizations/{organizations['initech']}")
    mark = emulator.ledger.mark()

    code, report = found(stack, include="acme*")

    assert (code, report["totals"]["managed"]) == (0, 3)
    assert not [request for request in emulator.ledger.since(mark) if organizations["globex"] in request.path]
    assert drifted(found(stack, include="initech")[1]) == {"initech": "gone"}


def test_a_difference_in_a_list_is_confirmed_by_a_read(stack, found, emulator):
    organization, *_ = stack.tenant("acme")
    emulator.store.organizations[organization]["display_name"] = "Acme Corp"
    mark = emulator.ledger.mark()

    assert drifted(found(stack)[1]) == {"acme": {"displayName": "Acme Corp"}}
    assert f"/api/v1/organizations/{organization}" in [request.path for request in emulator.ledger.since(mark)]


def test_several_stacks_share_an_environment(config, found):
    first, second = Exported(config), Exported(config, "plugin")
    first.tenant("acme")
    second.tenant("globex")

    assert found(first)[1]["totals"]["managed"] == 3
    _, both = found(first, second)
    assert both["totals"]["managed"] == 6
    assert not [each for each in both["tenants"] if each["title"] in ("Acme Inc", "Globex Inc") and each["unmanaged"]]


def test_certificates_of_the_whole_environment_by_expiry(stack, found, report, api):
    organization = stack.add("Organization", "acme", display_name="Acme", external_id="acme")

    def saml(name, days):
        block = {"idp_entity_id": f"https://{name}", "idp_sso_url": f"https://{name}/sso"}
        return {**block, "idp_certificate": certificate(name, -900, days)}

    for name, days in (("far.example", 500), ("soon.example", 9), ("old.example", -5)):
        stack.add(
            "Connection", name, organization_id=organization, provider="CUSTOM", type="SAML", saml=saml(name, days)
        )

    _, there = found(stack)

    assert [(each["subject"], each["managed"]) for each in there["certificates"]] == [
        (f"CN={name}", True) for name in ("old.example", "soon.example", "far.example")
    ]
    assert [report(stack, fail_on=on)[0] for on in ("expired", "expiring=7d,unmanaged", "expiring=7", "none")] == [
        8,
        8,
        8,
        0,
    ]


def test_what_signs_nobody_in_is_told(stack, found, emulator):
    organization, domain, sso = stack.tenant("acme")
    emulator.store.domains[domain]["verification_status"] = "PENDING"
    off = stack.add("Connection", "off", organization_id=organization, provider="CUSTOM", type="OIDC")

    _, report = found(stack)

    rules = {each["rule"] for each in tenant(report, "Acme Inc")["health"]}
    assert {"domain-unverified", "connection-unfinished"} <= rules
    assert off != sso


def test_a_state_of_another_environment_is_refused(stack, report):
    stack.tenant("acme")
    for each in stack.resources:
        each["outputs"]["environmentUrl"] = "https://acme.scalekit.com"

    code, said = report(stack)

    assert code == 1
    assert "live in https://acme.scalekit.com" in said


def test_what_cannot_be_read_is_named(stack, report, emulator):
    organization, *_ = stack.tenant("acme")
    emulator.faults.add(Fault("status", status=403, method="GET", path=f".*/{organization}/domains.*", times=None))

    code, said = report(stack)

    assert code == 3
    assert "Could not be read:" in said
    assert "domain" in said


def test_requests_for_many_tenants(config, found, emulator):
    stack = Exported(config)
    for number in range(12):
        stack.tenant(f"tenant{number}")
    mark = emulator.ledger.mark()

    found(stack)

    # Each tenant: its domains, its connection, its roles, its e-mail templates, its other lists and settings; the organizations
    # are listed together, and the environment has a list or a setting of each kind.
    sent = Counter((each.method, each.path, each.query) for each in emulator.ledger.since(mark))
    assert 3 * 12 <= sent.total() <= 8 * 12 + 25
    assert set(sent.values()) == {1}, "nothing is asked twice"


def test_what_differs_in_a_list_that_two_kinds_share_is_read_again(config, found, emulator):
    stack = Exported(config)
    organization = stack.add("Organization", "acme", display_name="Acme")
    stack.add("OrganizationRole", "buyer", organization_id=organization, name="buyer", display_name="Buyer")
    stack.add("OrganizationDefaultRoles", "acme", organization_id=organization, default_member_role="buyer")
    path = f"/api/v1/organizations/{organization}/roles"

    def lists():
        mark = emulator.ledger.mark()
        code, _ = found(stack)
        return code, sum(each.path == path for each in emulator.ledger.since(mark))

    assert lists() == (0, 1)
    stack.here.client.request(
        "PATCH", f"/organizations/{organization}/roles:set_defaults", body={"default_member_role": "admin"}
    )
    assert lists() == (7, 2)


def test_files_by_their_endings(stack, report, tmp_path):
    stack.tenant("acme")
    ended = [report(stack, out=tmp_path / f"report.{ending}")[0] for ending in ("md", "html", "json", "txt")]

    assert ended == [0, 0, 0, 0]
    assert (tmp_path / "report.md").read_text().startswith("## ✅ Scalekit is as declared")
    assert "</html>" in (tmp_path / "report.html").read_text()
    assert report(stack, out=tmp_path / "report.pdf")[0] == 2
    assert report(stack, fail_on="drfit")[0] == 2


@pytest.mark.parametrize(("form", "line"), [("text", "All tenants"), ("markdown", "### All tenants")])
def test_what_belongs_to_all_tenants_has_no_id(stack, report, form, line):
    _, text = report(stack, format=form)

    assert line in text.splitlines()


HOOK = {
    "display_name": "Compliance",
    "trigger_point": "PRE_SESSION_CREATION",
    "api_url": "https://hooks.acme.example",
    "api_key": {"api_key": "k3y-of-acme", "header_name": "x-api-key"},
    "failure_policy": "FAIL_OPEN",
    "enabled": True,
}
SERVER = {"host": "smtp.acme.example", "port": 587, "username": "acme", "password": "hunter2"}
SENDER = {"from_email": "no-reply@acme.example", "from_name": "Acme"}


def test_of_what_nobody_changed_nothing_is_said_to_change(stack, found):
    """Nor is a secret missed that no answer shows."""
    stack.add("Interceptor", "compliance", **HOOK)
    stack.add("TokenTemplate", "claims", template='{"plan": "gold"}', enabled=True)

    _, report = found(stack)

    assert [each["health"] for each in report["tenants"]] == [[]] * len(report["tenants"])


def test_of_a_change_by_hand_no_secret_is_missed(stack, found, emulator):
    hook = stack.add("Interceptor", "compliance", **HOOK)
    mail = stack.add("EmailServer", "mail", provider="OTHER", smtp_settings={**SERVER, **SENDER}, enabled=True)
    emulator.store.interceptors[hook]["config"]["auth_config"]["api_key"]["header_name"] = "x-other"
    emulator.store.email_servers[mail]["smtp_settings"]["host"] = "other.acme.example"

    _, report = found(stack)

    assert drifted(report) == {
        "compliance": {"apiKey.headerName": "x-other"},
        "mail": {"smtpSettings.host": "other.acme.example"},
    }
    assert [each["findings"] for one in report["tenants"] for each in one["drift"]] == [[], []]


def test_what_the_program_marks_as_secret_is_not_missed(stack, found):
    hook = stack.add("Interceptor", "compliance", **HOOK)
    (held,) = [each for each in stack.resources if each["id"] == hook]
    for name in ("apiUrl", "failurePolicy"):
        secret = {**held["outputs"]["apiKey"]["apiKey"], "plaintext": json.dumps(held["outputs"][name])}
        held["inputs"][name] = held["outputs"][name] = secret

    _, report = found(stack)

    assert [each["health"] for each in report["tenants"]] == [[]] * len(report["tenants"])
