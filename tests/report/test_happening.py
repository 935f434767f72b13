"""When what a report tells happened: by Scalekit's events about that very object, where they may be read."""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from pulumi_scalekit.emulator import Emulator, Fault
from tests.support.api import Api
from tests.support.exported import Exported

PATH = "/api/v1/events/paginated"
NOT_WHO = "do not say who did it"
FORMATS = ("text", "markdown", "html", "json")
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"


@pytest.fixture
def stack(config):
    return Exported(config)


@pytest.fixture
def found(report):
    return lambda stack, **options: json.loads(report(stack, format="json", **options)[1])


def happened(found, part="drift", name="name"):
    """By object: what happened to it, where an event says when."""
    return {
        each[name]: each["happened"] and each["happened"]["what"]
        for tenant in found["tenants"]
        for each in tenant[part]
    }


def asked(emulator, mark=0):
    """The requests for events of some types; the one without types looks for the environment's id."""
    return [request for request in emulator.ledger.since(mark) if request.path == PATH and request.body]


def connection_of(stack):
    organization, _, sso = stack.tenant("acme")
    return f"/organizations/{organization}/connections/{sso}"


def test_a_deletion_has_its_time(stack, found, api):
    organization, *_ = stack.tenant("acme")
    before = datetime.now(timezone.utc).replace(microsecond=0)
    api.delete(f"/organizations/{organization}")

    (drift,) = [each for tenant in found(stack)["tenants"] for each in tenant["drift"]]

    assert drift["happened"]["what"] == "deleted"
    assert before <= datetime.fromisoformat(drift["happened"]["at"]) <= before + timedelta(minutes=1)


def test_each_thing_that_an_event_explains_has_its_time(stack, found, api):
    acme, _, acme_sso = stack.tenant("acme")
    globex, domain, _ = stack.tenant("globex")
    hooli, _, hooli_sso = stack.tenant("hooli")
    stack.add("Permission", "read", name="read", description="Read")
    stack.add("Role", "clerk", name="clerk", display_name="Clerk")
    stack.add("OrganizationRole", "chief", organization_id=acme, name="chief", display_name="Chief")
    api.enable_features(f"/organizations/{acme}", "dir_sync")
    directory = stack.add("Directory", "people", organization_id=acme, directory_type="SCIM", enabled=True)
    api.patch(f"/organizations/{acme}", {"display_name": "Acme Corp"})
    api.patch(f"/organizations/{acme}/connections/{acme_sso}:disable")
    api.patch(f"/organizations/{acme}/directories/{directory}:disable")
    api.delete(f"/organizations/{globex}/domains/{domain}")
    api.delete(f"/organizations/{hooli}/connections/{hooli_sso}")
    api.put("/roles/clerk", {"display_name": "Other"})
    api.delete(f"/organizations/{acme}/roles/chief")
    api.delete("/permissions/read")
    stray = api.organization(display_name="Stray")
    api.domain(stray, "stray.com")

    report = found(stack)

    assert happened(report) == {
        "acme": "updated",
        "acme-sso": "disabled",
        "people": "disabled",
        "globex-domain": "deleted",
        "hooli-sso": "deleted",
        "clerk": "updated",
        "chief": "deleted",
        "read": "deleted",
    }
    created = happened(report, "unmanaged", "kind")
    assert (created["organization"], created["domain"]) == ("created", "created")
    assert report["undated"] is None


def test_what_has_no_event_has_no_time(stack, found, api):
    path = connection_of(stack)
    api.patch(path, {"provider": "OKTA", "type": "OIDC", "oidc_config": {"client_id": "other"}})

    assert happened(found(stack)) == {"acme-sso": None}


def test_a_switch_that_was_turned_on_again_explains_no_other_difference(stack, found, api):
    path = connection_of(stack)
    api.patch(f"{path}:disable")
    api.patch(f"{path}:enable")
    api.patch(path, {"provider": "OKTA", "type": "OIDC", "oidc_config": {"client_id": "other"}})

    assert happened(found(stack)) == {"acme-sso": None}


def test_the_last_of_two_events_is_told(stack, found, api, emulator):
    path = connection_of(stack)
    for verb in ("disable", "enable", "disable"):
        api.patch(f"{path}:{verb}")
    (last, *_) = api.post("/events/paginated", {"event_types": ["organization.sso_disabled"]})["events"]

    (drift,) = [each for tenant in found(stack)["tenants"] for each in tenant["drift"]]

    assert drift["happened"]["at"][:19] == last["occurred_at"][:19]


def test_a_switch_whose_last_event_says_the_opposite_has_no_time(stack, found, api, emulator):
    """Events may lag behind: that it was once disabled before is not why it is disabled."""
    path = connection_of(stack)
    for verb in ("disable", "enable", "disable"):
        api.patch(f"{path}:{verb}")
    emulator.store.events().pop()

    assert happened(found(stack)) == {"acme-sso": None}


def test_an_event_of_another_object_in_the_organization_dates_nothing(stack, found, api):
    organization, _, sso = stack.tenant("acme")
    other = stack.add(
        "Connection", "other", organization_id=organization, provider="OKTA", type="OIDC",
        oidc={"issuer": "https://b.okta.com", "client_id": "b", "client_secret": "b-s3cret"}, enabled=True,
    )  # fmt: skip
    api.patch(f"/organizations/{organization}/connections/{other}:disable")
    api.patch(
        f"/organizations/{organization}/connections/{sso}",
        {"provider": "OKTA", "type": "OIDC", "oidc_config": {"client_id": "other"}},
    )

    assert happened(found(stack)) == {"acme-sso": None, "other": "disabled"}


def test_a_role_of_the_same_name_in_another_organization_dates_nothing(stack, found, api, emulator):
    acme, globex = stack.tenant("acme")[0], stack.tenant("globex")[0]
    for organization, name in ((acme, "acme-chief"), (globex, "globex-chief")):
        stack.add("OrganizationRole", name, organization_id=organization, name="chief", display_name="Chief")
    for organization in (acme, globex):
        api.delete(f"/organizations/{organization}/roles/chief")
    emulator.store.events().pop()

    assert happened(found(stack)) == {"acme-chief": "deleted", "globex-chief": None}


def test_what_the_customer_switched_has_its_time(stack, found, api, tmp_path):
    organization = stack.add("Organization", "acme", display_name="Acme", external_id="acme")
    sso = stack.add(
        "Connection", "sso", organization_id=organization, provider="OKTA", type="OIDC",
        oidc={"issuer": "https://b.okta.com", "client_id": "b", "client_secret": "b-s3cret"},
    )  # fmt: skip
    (tmp_path / "last.json").write_text(json.dumps(found(stack)))
    api.patch(f"/organizations/{organization}/connections/{sso}:enable")

    switched_on = happened(found(stack, since=tmp_path / "last.json"), "settings", "path")
    assert switched_on["enabled"] == "enabled"

    (tmp_path / "last.json").write_text(json.dumps(found(stack)))
    api.patch(f"/organizations/{organization}/connections/{sso}:disable")
    switched_off = happened(found(stack, since=tmp_path / "last.json"), "settings", "path")
    assert switched_off["enabled"] == "disabled"


def test_a_month_is_looked_back(emulator, config, found, monkeypatch):
    clock = [datetime.now(timezone.utc).timestamp() - 40 * 24 * 3600]
    with Emulator(clock=lambda: clock[0]) as old:
        config |= {"scalekit:environmentUrl": old.url}
        for name, value in old.environment.items():
            monkeypatch.setenv(name, value)
        stack = Exported(config)
        organizations = {name: stack.tenant(name)[0] for name in ("acme", "globex")}
        for organization in organizations.values():
            prepared = Api(old)
            prepared.delete(f"/organizations/{organization}")
            prepared.close()
            clock[0] += 20 * 24 * 3600

        assert happened(found(stack)) == {"acme": None, "globex": "deleted"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_when_and_that_nobody_says_who(stack, report, api, form):
    path = connection_of(stack)
    api.patch(f"{path}:disable")
    api.organization(display_name="Stray")

    _, text = report(stack, format=form)

    if form == "json":
        assert text.count('"what": "disabled"') == 1
    else:
        assert len(re.findall(f"disabled on {TIME}", text)) == 1
        assert re.search(f"created on {TIME}", text)
        assert text.replace("&#39;", "'").count(NOT_WHO) == 1


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("switch", ["forbidden", "missing"])
def test_events_that_are_refused_change_nothing_but_a_note(stack, report, api, emulator, form, switch):
    path = connection_of(stack)
    api.patch(f"{path}:disable")
    api.delete(f"/organizations/{stack.tenant('globex')[0]}")
    told_code, told = report(stack, format=form)
    emulator.switches = emulator.switches.changed(events=switch)

    code, text = report(stack, format=form)

    assert code == told_code == 7
    assert text.replace("&#39;", "'").count("cannot be read with these credentials") == 1
    assert NOT_WHO not in text
    assert _without_times(text) == _without_times(told)


def _without_times(text):
    """A report without when it was made, without when things happened, and without where that comes from."""
    text = re.sub(rf"(<span class=.quiet.>)?(, \w+)? on {TIME}(</span>)?", "", text)
    text = re.sub(r'"happened": (null|\{[^}]*\})', "", text)
    text = re.sub(r'"undated": .*|"made": .*', "", text)
    lines = [line for line in text.splitlines() if NOT_WHO not in line and "cannot be read with" not in line]
    return re.sub(TIME, "", "\n".join(lines))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("status", status=500, path=".*/events/.*", times=None), "answered 500"),
        (Fault("truncate", path=".*/events/.*", times=None), "cut off or garbled"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_events_that_cannot_be_read_are_no_failure(stack, report, api, emulator, fault, told):
    api.patch(f"{connection_of(stack)}:disable")
    emulator.faults.add(fault)

    code, text = report(stack)

    assert code == 7
    (line,) = [line for line in text.splitlines() if "It is not known when things happened" in line]
    assert told in line
    assert "may have taken effect" not in line


def test_nothing_to_date_requests_no_events(config, found, emulator):
    stack = Exported(config)
    stack.tenant("acme")
    # What every environment has, and no stack.
    emulator.store.roles.clear()
    emulator.switches = emulator.switches.changed(events="forbidden")

    assert found(stack)["undated"] is None
    assert asked(emulator) == []


def test_one_request_dates_a_whole_environment(config, found, api, emulator):
    stack = Exported(config)
    organizations = [stack.tenant(f"tenant{number}") for number in range(12)]
    for organization, _, sso in organizations[:6]:
        api.patch(f"/organizations/{organization}/connections/{sso}:disable")
    for organization, *_ in organizations[6:9]:
        api.delete(f"/organizations/{organization}")
    mark = emulator.ledger.mark()

    assert set(happened(found(stack)).values()) == {"disabled", "deleted"}
    (request,) = asked(emulator, mark)
    assert set(request.body["event_types"]) == {
        "organization.sso_disabled", "organization.sso_enabled", "organization.deleted", "role.created",
    }  # fmt: skip


def test_no_more_than_ten_pages_are_read(stack, found, api, emulator):
    organization = f"/organizations/{stack.add('Organization', 'acme', display_name='Acme', external_id='acme')}"
    api.delete(organization)
    for _ in range(1200):
        emulator.store.organizations["org_1"] = emulator.store.record(id="org_1", display_name="Passing")
        emulator.store.note_events()
        emulator.store.delete_organization("org_1")
        emulator.store.note_events()
    mark = emulator.ledger.mark()

    assert happened(found(stack)) == {"acme": None}
    assert len(asked(emulator, mark)) == 10


@pytest.mark.parametrize("form", FORMATS)
def test_what_an_event_holds_is_not_in_the_report(stack, report, api, emulator, form):
    """A domain's event holds the value of a DNS record, which its own description calls sensitive."""
    organization, domain, _ = stack.tenant("acme")
    api.delete(f"/organizations/{organization}/domains/{domain}")
    (event,) = api.post("/events/paginated", {"event_types": ["organization.domain_deleted"]})["events"]

    text = report(stack, format=form)[1]

    assert event["data"]["txt_record_secret"] not in text
    assert event["id"] not in text
    assert re.search(rf"deleted on {TIME}", text) or form == "json"


def test_whether_a_secret_switch_is_on_is_not_told_by_its_event(stack, found, api):
    """The program marks it as secret, so that neither its value nor the event of it may be shown."""
    path = connection_of(stack)
    for part in ("inputs", "outputs"):
        stack.resources[-1][part]["enabled"] = {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            "plaintext": "true",
        }
    api.patch(f"{path}:disable")

    assert happened(found(stack)) == {"acme-sso": None}
