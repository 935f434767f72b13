from __future__ import annotations

import pytest

PATH = "/token-templates"


def test_there_is_one_or_none(api):
    for method, path in (("GET", PATH), ("DELETE", PATH), ("PATCH", f"{PATH}:enable"), ("PATCH", f"{PATH}:disable")):
        api.refused(404, method, path)
    first = api.put(PATH, {"template": {"org": "{{organization.name}}", "level": 3}})["config"]
    assert (first["template"], first["enabled"]) == ({"org": "{{organization.name}}", "level": 3}, False)
    assert api.patch(f"{PATH}:enable") == {}
    second = api.put(PATH, {"template": {"plan": "gold"}})["config"]
    assert (second["template"], second["enabled"]) == ({"plan": "gold"}, True)
    assert second["created_at"] == first["created_at"] < second["updated_at"]
    assert api.get(PATH)["config"] == second
    assert api.patch(f"{PATH}:disable") == {}
    api.delete(PATH)
    api.refused(404, "GET", PATH)


def test_it_is_listed_among_the_interceptors(api):
    api.put(PATH, {"template": {"plan": "gold"}})
    (listed,) = api.get("/interceptors")["interceptors"]
    assert listed["trigger_point"] == "ACCESS_TOKEN_CREATION"
    api.delete(f"/interceptors/{listed['id']}")
    api.refused(404, "GET", PATH)


def test_it_says_what_a_template_may_use(api):
    told = api.get(f"{PATH}/context")
    assert "name" in told["variables"]["organization"]
    assert "sub" in told["accesstoken_reserved_claims"]


@pytest.mark.parametrize("template", [{"sub": "x"}, {"a": {"b": ["{{user.id"]}}])
def test_what_it_refuses(api, template):
    api.refused(400, "PUT", PATH, {"template": template})
    api.refused(404, "GET", PATH)
