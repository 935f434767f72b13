import pytest

STATUS = "custom_domain_status"


@pytest.fixture
def custom_domains(api):
    return f"/environments/{api.store.environment_id}/custom-domains"


def test_an_environment_has_none_and_then_one(api, custom_domains):
    assert api.post(f"{custom_domains}:check", {})["environment"][STATUS] == "INITIAL"
    assert api.post(custom_domains, {"custom_domain": "auth.acme.com"})["environment"][STATUS] == "PENDING"
    found = api.post(f"{custom_domains}:check", {})["environment"]
    assert (found["id"], found["custom_domain"]) == (api.store.environment_id, "auth.acme.com")


@pytest.mark.parametrize(("switch", "kept"), [("refused", "auth.acme.com"), ("replaces", "login.acme.com")])
def test_what_a_second_one_does_is_a_switch(start, switch, kept):
    api = start(second_custom_domain=switch)
    path, second = f"/environments/{api.store.environment_id}/custom-domains", {"custom_domain": "login.acme.com"}
    api.post(path, {"custom_domain": "auth.acme.com"})
    if switch == "refused":
        api.refused(409, "POST", path, second)
    else:
        api.post(path, second)
    assert api.post(f"{path}:check", {})["environment"]["custom_domain"] == kept


def test_a_check_is_a_read_and_may_lag(start):
    api = start(read_lag=3)
    path = f"/environments/{api.store.environment_id}/custom-domains"
    api.post(path, {"custom_domain": "auth.acme.com"})
    assert "custom_domain" not in api.post(f"{path}:check", {})["environment"]


def test_the_records_that_a_name_needs(api, custom_domains):
    path = custom_domains.replace("custom-domains", "dns")
    (record,) = api.post(path, {"custom_domain": "auth.acme.com"})["dns_records"]
    assert (record["host_name"], record["type"]) == ("auth.acme.com", "CNAME")


def test_another_environment_is_not_found(api):
    for end in ("custom-domains", "custom-domains:check", "dns"):
        api.refused(
            404, "POST", f"/environments/env_1/{end}", {"custom_domain": "auth.acme.com"} if ":" not in end else {}
        )
