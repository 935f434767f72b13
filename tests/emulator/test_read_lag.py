"""Reads that do not know of the last writes yet: the switch `read_lag` counts how many."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("lag", [1, 3])
def test_an_object_is_created_changed_and_deleted_some_reads_late(start, lag):
    api = start(read_lag=lag)
    path = api.bare_organization()
    assert [api.ask("GET", path).status_code for _ in range(lag + 1)] == [404] * lag + [200]

    assert api.patch(path, {"display_name": "New"})["organization"]["display_name"] == "New"
    names = [api.get(path)["organization"]["display_name"] for _ in range(lag + 1)]
    assert names == ["Acme"] * lag + ["New"]

    api.delete(path)
    assert [api.ask("GET", path).status_code for _ in range(lag + 1)] == [200] * lag + [404]


@pytest.mark.parametrize("lag", [1, 3])
def test_a_list_lags_too(start, lag):
    api = start(read_lag=lag)
    path = api.bare_organization()
    assert [len(api.get("/organizations")["organizations"]) for _ in range(lag + 1)] == [0] * lag + [1]
    api.delete(path)
    assert [len(api.get("/organizations")["organizations"]) for _ in range(lag + 1)] == [1] * lag + [0]


def test_each_write_has_its_own_delay(start):
    """As with one copy of a database, which learns of writes in their order."""
    api = start(read_lag=3)
    path = api.bare_organization()
    assert api.ask("GET", path).status_code == 404
    api.patch(path, {"display_name": "New"})
    seen = [api.ask("GET", path) for _ in range(4)]
    assert [answer.json().get("organization", {}).get("display_name") for answer in seen] == [None, None, "Acme", "New"]


def test_writes_do_not_lag(start):
    api = start(read_lag=3)
    path = api.bare_organization(external_id="acme")
    api.refused(409, "POST", "/organizations", {"display_name": "Other", "external_id": "acme"})
    assert api.post(f"{path}/domains", {"domain": "acme.com"})["domain"]["domain"] == "acme.com"
    assert list(api.store.organizations) == [path.rpartition("/")[2]]
