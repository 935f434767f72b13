"""Events: what happened to objects, newest first. The vendor's descriptors say what a list of them takes and answers."""

import copy
from datetime import datetime, timezone

import pytest

PATH = "/events/paginated"


def listed(api, body=None, **query):
    return api.send("POST", PATH, body or {}, **query)["events"]


def told(api, body=None):
    """Types and ids, oldest first."""
    return [(event["type"], event["data"]["id"]) for event in reversed(listed(api, body, page_size=100))]


def id_of(path):
    return path.rpartition("/")[2]


def test_a_new_environment_has_none(api):
    assert api.post(PATH, {}) == {"events": [], "next_page_token": "", "prev_page_token": ""}


def test_each_kind_has_the_events_that_the_vendor_lists(api):
    organization = api.bare_organization()
    api.enable_features(organization, "sso", "dir_sync")
    domain = api.post(f"{organization}/domains", {"domain": "acme.com"})["domain"]["id"]
    sso = api.bare_connection(organization)
    api.patch(sso, {"provider": "OKTA", "type": "OIDC", "oidc_config": {"issuer": "https://idp", "client_id": "a"}})
    api.patch(
        sso,
        {
            "provider": "OKTA", "type": "OIDC",
            "oidc_config": {"client_secret": "b", "authorize_uri": "https://idp/a", "token_uri": "https://idp/t"},
        },
    )  # fmt: skip
    api.patch(f"{sso}:enable")
    api.patch(f"{sso}:disable")
    directory = f"{organization}/directories"
    directory += "/" + api.post(directory, {"directory_type": "SCIM", "directory_provider": "OKTA"})["directory"]["id"]
    api.patch(f"{directory}:disable")
    api.delete(directory)
    api.delete(sso)
    api.delete(f"{organization}/domains/{domain}")
    api.delete(organization)

    assert told(api) == [
        ("organization.created", id_of(organization)),
        ("organization.updated", id_of(organization)),
        ("organization.domain_created", domain),
        ("organization.sso_created", id_of(sso)),
        ("organization.sso_enabled", id_of(sso)),
        ("organization.sso_disabled", id_of(sso)),
        ("organization.directory_disabled", id_of(directory)),
        ("organization.sso_deleted", id_of(sso)),
        ("organization.domain_deleted", domain),
        ("organization.deleted", id_of(organization)),
    ]
    assert {event["organization_id"] for event in listed(api)} == {id_of(organization)}


def test_roles_and_permissions_are_told_by_name(api):
    organization = api.bare_organization()
    api.post("/permissions", {"name": "read", "description": "Read"})
    api.post("/roles", {"name": "clerk", "display_name": "Clerk"})
    api.post(f"{organization}/roles", {"name": "clerk2", "display_name": "Clerk"})
    api.put("/roles/clerk", {"display_name": "Other"})
    api.delete(f"{organization}/roles/clerk2")
    api.delete("/permissions/read")

    events = [event for event in reversed(listed(api)) if event["object"] in ("Role", "Permission")]
    assert [(event["type"], event["data"]["name"], event["organization_id"]) for event in events] == [
        ("permission.created", "read", ""),
        ("role.created", "clerk", ""),
        ("role.created", "clerk2", id_of(organization)),
        ("role.updated", "clerk", ""),
        ("role.deleted", "clerk2", id_of(organization)),
        ("permission.deleted", "read", ""),
    ]


def test_an_edit_of_the_store_is_an_event_too(api):
    organization = api.bare_organization()
    sso = api.bare_connection(organization)
    api.store.organizations[id_of(organization)]["display_name"] = "Changed in the portal"
    api.store.connections[id_of(sso)]["enabled"] = True

    assert told(api)[2:] == [
        ("organization.updated", id_of(organization)),
        ("organization.sso_enabled", id_of(sso)),
    ]
    assert told(api) == told(api)


def test_an_event_says_when(start):
    clock = [1_800_000_000.0]
    api = start(clock=lambda: clock[0])
    api.bare_organization()
    clock[0] += 60
    api.bare_organization()

    newest, oldest = (datetime.fromisoformat(each["occurred_at"].replace("Z", "+00:00")) for each in listed(api))
    assert 59 < (newest - oldest).total_seconds() < 61
    start_time = datetime.fromtimestamp(clock[0] - 30, timezone.utc).isoformat()
    assert len(listed(api, {"start_time": start_time})) == 1
    assert len(listed(api, {"end_time": start_time})) == 1
    api.refused(400, "POST", PATH, {"start_time": start_time, "end_time": "2020-01-01T00:00:00Z"})


def test_a_filter_takes_types_organizations_and_connections(api):
    organization, other = api.bare_organization(), api.bare_organization()
    sso = api.bare_connection(organization)
    api.bare_connection(organization)

    assert told(api, {"organization_id": id_of(other)}) == [("organization.created", id_of(other))]
    assert told(api, {"connection_id": id_of(sso)}) == [("organization.sso_created", id_of(sso))]
    assert [each for each, _ in told(api, {"event_types": ["organization.sso_created", "role.deleted"]})] == [
        "organization.sso_created"
    ] * 2
    assert told(api, {"source": "DIR_SYNC"}) == []


def test_pages_are_of_10_and_at_most_100(api):
    for _ in range(105):
        api.bare_organization()

    assert [len(listed(api, page_size=size)) for size in (0, 7, 500)] == [10, 7, 100]
    first = api.send("POST", PATH, {}, page_size=100)
    second = api.send("POST", PATH, {}, page_size=100, page_token=first["next_page_token"])
    assert (len(second["events"]), second["next_page_token"]) == (5, "")
    assert len({event["id"] for event in first["events"] + second["events"]}) == 105
    api.refused(400, "POST", PATH, {}, page_token="nonsense")


@pytest.mark.parametrize(("switch", "status"), [("forbidden", 403), ("missing", 404)])
def test_they_may_be_refused(start, switch, status):
    api = start(events=switch)
    api.bare_organization()
    refused = api.refused(status, "POST", PATH, {})
    assert (refused["details"] == []) == (switch == "missing")


class Counted(dict):
    """Counts what is looked at in it one after the other."""

    looks = 0

    def counted(self, all_of_them):
        for each in all_of_them:
            self.looks += 1
            yield each

    def __iter__(self):
        return self.counted(super().__iter__())

    def __reversed__(self):
        return self.counted(super().__reversed__())

    def items(self):
        return self.counted(super().items())

    def values(self):
        return self.counted(super().values())


def test_to_make_or_change_one_looks_at_no_more_of_a_large_environment(api):
    first, *_ = [api.organization() for _ in range(50)]
    api.store.organizations = counted = Counted(api.store.organizations)
    api.store.note_events()
    counted.looks = 0

    api.patch(f"/organizations/{first}", {"display_name": "Other"})
    api.bare_organization()

    assert counted.looks <= 6
    assert [event["type"] for event in api.store.events()][-2:] == ["organization.updated", "organization.created"]


def test_an_environment_that_was_put_back_goes_on_with_its_events(api):
    api.permission("invoices:read")
    kept = copy.deepcopy({name: value for name, value in vars(api.store).items() if name not in ("lock", "clock")})
    collections = {name: value for name, value in kept.items() if isinstance(value, dict)}
    for back in (kept, copy.deepcopy(collections)):
        vars(api.store).update(copy.deepcopy(back))
        api.store.note_events()
        api.put("/permissions/invoices:read", {"name": "invoices:read", "description": "Other"})
        api.delete("/permissions/invoices:read")
        assert [event["type"] for event in api.store.events()][-2:] == ["permission.updated", "permission.deleted"]


def test_what_a_test_puts_in_the_place_of_another_has_changed_it(api):
    api.permission("invoices:read")
    api.store.permissions["invoices:read"] = api.store.record(name="invoices:read", description="Other")
    assert [event["type"] for event in api.store.events()][-2:] == ["permission.created", "permission.updated"]
