"""Lists that are paged by a number: every object once, and an end, whatever the server makes of the number."""

from itertools import islice

import pytest

from pulumi_scalekit.api.errors import Malformed
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.remote.environment import Environment

DOMAINS = [{"id": f"dom_{n}"} for n in range(5)]
LISTING = Listing("/domains", "domains", paged="number", page_size=2)


class Server:
    """Answers with the page that `page_of` makes of the number that was asked for."""

    writes = 0

    def __init__(self, page_of):
        self.page_of = page_of
        self.asked = []

    def request(self, method, path, *, body=None, query=None, doing=""):
        self.asked.append(query["page_number"])
        return {"domains": self.page_of(query["page_number"])}


def listed(server, limit=50):
    return list(islice(Environment(server).bodies(LISTING, {}, "listing domains"), limit))


def test_every_page_until_one_is_short():
    server = Server(lambda number: DOMAINS[2 * number :][:2])
    assert listed(server) == DOMAINS
    assert server.asked == [0, 1, 2]


def test_an_object_that_moved_on_to_the_next_page_ends_nothing():
    pages = [DOMAINS[:2], DOMAINS[1:3], DOMAINS[3:4]]
    assert [one["id"] for one in listed(Server(pages.__getitem__))] == ["dom_0", "dom_1", "dom_1", "dom_2", "dom_3"]


@pytest.mark.parametrize("turns", [1, 2])
def test_a_server_that_begins_again_is_not_asked_for_ever(turns):
    server = Server(lambda number: DOMAINS[2 * (number % turns) :][:2])
    with pytest.raises(Malformed, match=f"listing domains failed: GET /domains .* page {turns},"):
        listed(server)
    assert len(server.asked) == turns + 1
