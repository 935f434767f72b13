from __future__ import annotations

import pytest

from pulumi_scalekit.emulator import Switches


def test_what_was_created_is_what_is_read(api):
    body = {
        "display_name": "Acme Inc",
        "external_id": "acme",
        "metadata": {"tier": "gold"},
        "slug": "acme",
        "logo_url": "https://acme.com/logo.png",
    }
    response = api.ask("POST", "/organizations", body)
    assert response.status_code == 201
    created = response.json()["organization"]
    assert created["id"].startswith("org_")
    assert len(created["id"]) <= 32
    assert created["id"].removeprefix("org_").isdigit()
    assert body.items() <= created.items()
    assert api.get(f"/organizations/{created['id']}")["organization"] == created


def test_an_organization_is_found_by_its_external_id(api):
    path = api.bare_organization(external_id="acme")
    assert api.get("/organizations:external/acme") == api.get(path)
    assert api.get("/organizations", external_id="acme")["total_size"] == 1
    missing = api.refused(404, "GET", "/organizations:external/other")
    assert (missing["code"], missing["message"]) == (5, "organization with external id other not found")
    api.refused(400, "GET", "/organizations:external/acme", id="org_1")


def test_an_external_id_with_a_slash_is_one_segment_when_it_is_encoded(start):
    for switch, status in (("kept", 200), ("decoded", 404)):
        api = start(path_escapes=switch)
        api.bare_organization(external_id="a/b")
        assert api.ask("GET", "/organizations:external/a%2Fb").status_code == status


@pytest.mark.parametrize(
    ("body", "field", "constraint"),
    [
        ({"display_name": ""}, "organization.display_name", "string.min_len"),
        ({"display_name": "x" * 201}, "organization.display_name", "string.max_len"),
        ({"display_name": "A", "slug": "No"}, "organization.slug", "string.pattern"),
        ({"display_name": "A", "metadata": {"tier": ""}}, 'organization.metadata["tier"]', "string.min_len"),
        (
            {"display_name": "A", "metadata": {f"key{n}": "v" for n in range(11)}},
            "organization.metadata",
            "map.max_pairs",
        ),
    ],
)
def test_a_broken_rule_is_told_with_field_and_constraint(api, body, field, constraint):
    refusal = api.refused(400, "POST", "/organizations", body)
    info = refusal["details"][0]
    assert refusal["code"] == 3
    assert refusal["message"] == "Validation error"
    assert info["@type"] == "type.googleapis.com/scalekit.v1.errdetails.ErrorInfo"
    assert info["error_code"] == "INVALID_ARGUMENT"
    violation = info["validation_error_info"]["field_violations"][0]
    assert (violation["field"], violation["constraint"]) == (field, constraint)
    assert violation["description"]
    assert not api.store.organizations


def test_an_update_touches_exactly_the_keys_that_it_holds(api):
    path = api.bare_organization(external_id="acme", slug="acme", metadata={"tier": "gold"})
    before = api.get(path)["organization"]
    after = api.patch(path, {"display_name": "New"})["organization"]
    assert after.pop("update_time") > before.pop("update_time")
    assert after == {**before, "display_name": "New"}


def test_null_is_the_same_as_left_out(api):
    path = api.bare_organization(external_id="acme", metadata={"tier": "gold"})
    after = api.patch(path, {"external_id": None, "metadata": None})["organization"]
    assert (after["external_id"], after["metadata"]) == ("acme", {"tier": "gold"})


def test_an_empty_slug_clears_it(api):
    path = api.bare_organization(slug="acme")
    assert "slug" not in api.patch(path, {"slug": ""})["organization"]
    api.bare_organization(slug="acme")


@pytest.mark.parametrize(("switch", "shown"), [("clears", None), ("stored", ""), ("ignored", "acme")])
def test_what_an_empty_external_id_does(start, switch, shown):
    api = start(empty_external_id=switch)
    path = api.bare_organization(external_id="acme")
    assert api.patch(path, {"external_id": ""})["organization"].get("external_id") == shown
    assert api.get(path)["organization"].get("external_id") == shown


def test_what_an_empty_logo_url_does(start):
    for switch, status in (("clears", 200), ("refused", 400)):
        api = start(empty_logo_url=switch)
        path = api.bare_organization(logo_url="https://acme.com/logo.png")
        assert api.ask("PATCH", path, {"logo_url": ""}).status_code == status
        assert ("logo_url" in api.get(path)["organization"]) == (status == 400)


@pytest.mark.parametrize(
    ("switch", "metadata"),
    [("replace", {"plan": "b"}), ("merge", {"tier": "a", "plan": "b"})],
)
def test_metadata_is_replaced_or_merged(start, switch, metadata):
    api = start(metadata_update=switch)
    path = api.bare_organization(metadata={"tier": "a"})
    assert api.patch(path, {"metadata": {"plan": "b"}})["organization"]["metadata"] == metadata


@pytest.mark.parametrize(("switch", "metadata"), [("empties", {}), ("ignored", {"tier": "a"})])
def test_what_empty_metadata_does(start, switch, metadata):
    api = start(empty_metadata=switch)
    path = api.bare_organization(metadata={"tier": "a"})
    assert api.patch(path, {"metadata": {}})["organization"]["metadata"] == metadata


@pytest.mark.parametrize("status", [409, 400])
@pytest.mark.parametrize("field", ["external_id", "slug"])
def test_external_id_and_slug_are_unique(start, status, field):
    api = start(duplicate_status=status)
    first = api.bare_organization(**{field: "acme"})
    refusal = api.refused(status, "POST", "/organizations", {"display_name": "B", field: "acme"})
    assert "already exists" in refusal["message"]
    other = api.bare_organization()
    api.refused(status, "PATCH", other, {field: "acme"})
    api.patch(first, {field: "acme"})
    api.delete(first)
    api.patch(other, {field: "acme"})


def test_organizations_come_in_pages_newest_first(api):
    created = [api.bare_organization().rpartition("/")[2] for _ in range(7)]
    seen, token, pages = [], "", 0
    while pages < 10:
        page = api.get("/organizations", page_size=3, page_token=token)
        assert page["total_size"] == 7
        seen += [organization["id"] for organization in page["organizations"]]
        token, pages = page["next_page_token"], pages + 1
        if not token:
            break
    assert pages == 3
    assert seen == created[::-1]
    assert api.get("/organizations", page_size=3, page_token="page_3")["prev_page_token"] == "page_0"
    api.refused(400, "GET", "/organizations", page_token="nonsense")


def test_a_page_can_have_a_smallest_size(start):
    api = start(organizations_page_size="clamped")
    for _ in range(11):
        api.bare_organization()
    assert len(api.get("/organizations", page_size=3)["organizations"]) == 10


@pytest.mark.parametrize(
    ("switch", "features"),
    [("merge", {"sso": True, "dir_sync": True}), ("replace", {"dir_sync": True})],
)
def test_features_are_merged_by_name(start, switch, features):
    api = start(features_update=switch)
    path = api.bare_organization()
    api.enable_features(path, "sso")
    api.enable_features(path, "dir_sync")
    shown = api.get(path)["organization"]["settings"]["features"]
    assert {feature["name"]: feature["enabled"] for feature in shown} == features


@pytest.mark.parametrize("feature", [{"enabled": True}, {"name": "", "enabled": True}])
def test_a_feature_has_a_name(api, feature):
    path = api.bare_organization()
    refusal = api.refused(400, "PATCH", f"{path}/settings", {"features": [{"name": "sso", "enabled": False}, feature]})
    (violation,) = refusal["details"][0]["validation_error_info"]["field_violations"]
    assert violation["field"] == "settings.features[1].name"
    assert api.get(path)["organization"]["settings"]["features"][0] == {"name": "sso", "enabled": True}


def test_a_mask_in_the_query_is_the_mask(api):
    """`?update_mask=` wins over the keys of the body, in either spelling, and what it names alone is cleared."""
    path = api.bare_organization(slug="acme", external_id="acme")
    changed = {"display_name": "New", "slug": "new"}
    for mask in ("display_name", "displayName"):
        answer = api.send("PATCH", path, changed, update_mask=mask)["organization"]
        assert (answer["display_name"], answer["slug"], answer["external_id"]) == ("New", "acme", "acme")
        api.patch(path, {"display_name": "Acme"})
    answer = api.send("PATCH", path, {}, update_mask="slug,external_id")["organization"]
    assert (answer["display_name"], answer.get("slug"), answer.get("external_id")) == ("Acme", None, None)
    api.refused(400, "PATCH", path, {}, update_mask="display_name")
    api.refused(400, "PATCH", path, {}, update_mask="colour")
    assert api.get(path)["organization"]["display_name"] == "Acme"


def test_a_feature_can_be_switched_off_but_stays_named(start):
    api = start(new_features="none")
    path = api.bare_organization()
    api.enable_features(path, "sso")
    answer = api.patch(f"{path}/settings", {"features": [{"name": "sso", "enabled": False}]})
    assert answer["organization"]["settings"]["features"] == [{"name": "sso", "enabled": False}]


@pytest.mark.parametrize(("switch", "shown"), [("sso", {"sso": True, "dir_sync": False}), ("none", {})])
def test_a_new_organization_shows_features_and_sso_is_on(start, switch, shown):
    api = start(new_features=switch)
    assert Switches().new_features == "sso"
    features = api.post("/organizations", {"display_name": "A"})["organization"]["settings"]["features"]
    assert {feature["name"]: feature["enabled"] for feature in features} == shown


def test_what_is_deleted_is_gone(api):
    path = api.bare_organization(external_id="acme")
    assert api.delete(path) == {}
    api.refused(404, "GET", path)
    api.refused(404, "DELETE", path)
    api.refused(404, "PATCH", path, {"display_name": "B"})
    api.bare_organization(external_id="acme")


@pytest.mark.parametrize("status", [404, 403, 400])
def test_everything_below_a_deleted_organization_is_gone_with_it(start, status):
    api = start(child_of_deleted=status)
    path = api.bare_organization()
    connection = api.bare_connection(path)
    domain = f"{path}/domains/{api.post(f'{path}/domains', {'domain': 'acme.com'})['domain']['id']}"
    api.enable_features(path, "dir_sync")
    api.post(f"{path}/directories", {"directory_type": "SCIM"})
    api.post(f"{path}/clients", {"name": "machine"})
    api.post(f"{path}/roles", {"name": "chief", "display_name": "Chief"})
    api.delete(path)
    store = api.store
    for collection in (store.connections, store.domains, store.directories, store.organization_clients):
        assert not collection
    assert not store.organization_roles
    for child in (connection, domain, f"{path}/roles/chief", f"{path}/session-policy"):
        api.refused(status, "GET", child)
    api.refused(404, "GET", "/organizations/org_1/session-policy")


def test_the_answer_to_a_delete_can_be_empty(start):
    api = start(delete_answer="no_content")
    response = api.ask("DELETE", api.bare_organization())
    assert (response.status_code, response.content) == (204, b"")


def test_an_update_can_answer_with_nothing(start):
    api = start(update_answer="empty")
    path = api.bare_organization()
    assert api.patch(path, {"display_name": "B"}) == {}
    assert api.get(path)["organization"]["display_name"] == "B"


def test_the_region_is_the_servers(api):
    path = api.bare_organization()
    assert api.get(path)["organization"]["region_code"] == "US"
    api.refused(400, "PATCH", path, {"region_code": "EU"})
