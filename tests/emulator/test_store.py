from __future__ import annotations


def test_an_edit_behind_the_back_of_the_api_is_seen_and_moves_the_update_time(api):
    path = api.bare_organization(metadata={"tier": "gold"})
    before = api.get(path)["organization"]
    assert api.get(path)["organization"] == before
    organization = api.store.organizations[before["id"]]
    organization["display_name"] = "Changed in the portal"
    organization["metadata"]["tier"] = "silver"
    after = api.get(path)["organization"]
    assert after["display_name"] == "Changed in the portal"
    assert after["metadata"] == {"tier": "silver"}
    assert after["update_time"] > before["update_time"]
    assert after["create_time"] == before["create_time"]
    assert api.get(path)["organization"] == after


def test_a_nested_edit_alone_moves_the_update_time(api):
    path = api.bare_connection(api.bare_organization())
    before = api.get(path)["connection"]
    api.store.connections[before["id"]]["oidc_config"]["scopes"] = ["openid"]
    after = api.get(path)["connection"]
    assert after["oidc_config"]["scopes"] == ["openid"]
    assert after["update_time"] > before["update_time"]


def test_an_object_can_be_removed_behind_the_back_of_the_api(api):
    path = api.bare_organization()
    connection = api.bare_connection(path)
    del api.store.connections[connection.rpartition("/")[2]]
    api.refused(404, "GET", connection)
    api.store.delete_organization(path.rpartition("/")[2])
    api.refused(404, "GET", path)


def test_the_ids_of_two_environments_are_never_the_same(start):
    one, other = start(), start()
    assert not {one.bare_organization() for _ in range(50)} & {other.bare_organization() for _ in range(50)}
    assert one.store.environment_id != other.store.environment_id


def test_time_never_stands_still(start):
    api = start(clock=lambda: 1_800_000_000.0)
    stamps = [api.get(api.bare_organization())["organization"]["create_time"] for _ in range(3)]
    assert stamps == sorted(set(stamps))
    assert api.ask("GET", "/organizations").headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


def test_a_reset_leaves_nothing(api):
    api.bare_organization()
    api.emulator.reset()
    assert not api.emulator.store.organizations
    assert len(api.emulator.ledger) == 0
    assert api.ask("GET", "/organizations").status_code == 401
