"""Pages of a list."""

import httpx
import pytest

from pulumi_scalekit.api import Malformed
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.remote.pages import pages

ORGANIZATIONS = Listing("/organizations", "organizations", query=(("include", "all"),))


def page(*ids, token=""):
    return httpx.Response(200, json={"organizations": [{"id": key} for key in ids], "next_page_token": token})


def test_pages_follow_the_token_to_its_end(client, api):
    api.answers = [page("a", "b", token="x"), page("c", token="y"), page()]
    found = list(pages(client, ORGANIZATIONS, {}, "listing", size=2))
    assert [page.items for page in found] == [[{"id": "a"}, {"id": "b"}], [{"id": "c"}], []]
    assert [(page.at, page.next) for page in found] == [("", "x"), ("x", "y"), ("y", "")]
    assert [dict(request.url.params) for request in api.requests] == [
        {"include": "all", "page_size": "2"},
        {"include": "all", "page_size": "2", "page_token": "x"},
        {"include": "all", "page_size": "2", "page_token": "y"},
    ]


def test_a_page_is_only_asked_for_when_it_is_wanted(client, api):
    api.answers = [page("a", token="x")]
    next(pages(client, ORGANIZATIONS, {}, "listing"))
    assert len(api.requests) == 1
    assert api.requests[0].url.params["page_size"] == "100"


def test_a_list_goes_on_where_an_earlier_call_ended(client, api):
    api.answers = [page("c", token="y"), page("d")]
    assert [page.items[0]["id"] for page in pages(client, ORGANIZATIONS, {}, "listing", at="x")] == ["c", "d"]
    assert [request.url.params["page_token"] for request in api.requests] == ["x", "y"]


def test_an_answer_without_items_is_an_empty_page(client):
    assert [page.items for page in pages(client, ORGANIZATIONS, {}, "listing")] == [[]]


@pytest.mark.parametrize("tokens", [["x", "x"], ["x", "y", "x"]])
def test_a_token_that_repeats_ends_in_an_error_and_not_in_a_loop(client, api, tokens):
    api.answers = [page("a", token=token) for token in tokens]
    with pytest.raises(Malformed, match=r"listing failed: .* a page token came twice, so the list would never end"):
        list(pages(client, ORGANIZATIONS, {}, "listing"))
    assert len(api.requests) == len(tokens)


@pytest.mark.parametrize("items", ["text", {"a": 1}, [1], [{}, None]])
def test_items_that_are_no_objects_are_an_error(client, api, items):
    api.answers = [httpx.Response(200, json={"organizations": items})]
    with pytest.raises(Malformed, match="organizations is not a list of objects"):
        list(pages(client, ORGANIZATIONS, {}, "listing"))
