"""Pages of a list."""

import httpx
import pytest

from pulumi_scalekit.api import Malformed


def page(*ids, token=""):
    return httpx.Response(200, json={"organizations": [{"id": key} for key in ids], "next_page_token": token})


def test_pages_follow_the_token_to_its_end(client, api):
    api.answers = [page("a", "b", token="x"), page("c", token="y"), page()]
    pages = list(client.pages("/organizations", items="organizations", query={"include": "all"}, page_size=2))
    assert pages == [[{"id": "a"}, {"id": "b"}], [{"id": "c"}], []]
    assert [dict(request.url.params) for request in api.requests] == [
        {"include": "all", "page_size": "2"},
        {"include": "all", "page_size": "2", "page_token": "x"},
        {"include": "all", "page_size": "2", "page_token": "y"},
    ]


def test_a_page_is_only_asked_for_when_it_is_wanted(client, api):
    api.answers = [page("a", token="x")]
    next(client.pages("/organizations", items="organizations"))
    assert len(api.requests) == 1
    assert api.requests[0].url.params["page_size"] == "100"


def test_an_answer_without_items_is_an_empty_page(client):
    assert list(client.pages("/organizations", items="organizations")) == [[]]


@pytest.mark.parametrize("tokens", [["x", "x"], ["x", "y", "x"]])
def test_a_token_that_repeats_ends_in_an_error_and_not_in_a_loop(client, api, tokens):
    api.answers = [page("a", token=token) for token in tokens]
    with pytest.raises(Malformed, match=r"listing failed: .* a page token came twice, so the list would never end"):
        list(client.pages("/organizations", items="organizations", doing="listing"))
    assert len(api.requests) == len(tokens)


@pytest.mark.parametrize("items", ["text", {"a": 1}, [1], [{}, None]])
def test_items_that_are_no_objects_are_an_error(client, api, items):
    api.answers = [httpx.Response(200, json={"organizations": items})]
    with pytest.raises(Malformed, match="organizations is not a list of objects"):
        list(client.pages("/organizations", items="organizations"))
