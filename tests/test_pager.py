"""The pager beside the reads of a refresh: nothing waits for it, and what it brings saves what comes after."""

import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import Unreachable
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.remote.page_cache import PageCache
from tests.support import pagers

IN_ORDER, REVERSED, ANY = "in the order of the list", "from its end", "in any order"


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def writes():
    return [0]


@pytest.fixture
def cache(now, writes):
    return PageCache(lambda: writes[0], lambda: now[0])


@pytest.fixture
def listing():
    return pagers.List(1000)


def test_a_read_never_waits_for_a_page(cache, listing):
    """No page ever comes here: a read that waited would never end."""
    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(lambda id_: listing.look(cache, id_), listing.ids[:500], timeout=60))

    assert found == [None] * 500
    assert listing.is_on_its_way()
    assert listing.asked == 1, "one page at a time"
    listing.come_all()


def test_what_has_come_saves_the_reads_that_come_after(cache, listing):
    assert [listing.look(cache, id_) for id_ in listing.ids[:3]] == [None] * 3
    assert listing.look(cache, "thing_50") is None, "it is on its way"
    listing.come()

    assert listing.look(cache, "thing_50") == {"id": "thing_50", "asked": 1}
    assert listing.look(cache, "thing_100") is None
    listing.come_all()


def test_a_few_reads_ask_for_no_page(cache, listing):
    assert [listing.look(cache, id_) for id_ in listing.ids[:2]] == [None] * 2
    assert not pagers.running()
    assert not listing.is_on_its_way()


def test_each_page_is_paid_for_by_a_read(cache, listing):
    for reads in range(1, 8):
        assert listing.look(cache, f"gone_{reads}") is None
        listing.come_all()
        assert listing.asked == max(0, reads - 2)


def test_nothing_is_asked_for_where_nobody_looks_any_more(cache, listing):
    for id_ in listing.ids[-32:]:
        listing.look(cache, id_)
    listing.come_all()
    assert listing.asked <= 2, "somebody may have looked while the first one was on its way"
    assert not pagers.running()


def test_it_goes_on_where_it_stopped(cache, listing):
    for n in range(3):
        for id_ in listing.ids[-4:]:
            listing.look(cache, id_)
        listing.come()
        listing.come_all()
        assert listing.look(cache, f"thing_{100 * n + 50}")["asked"] == n + 1
        listing.come_all()


@pytest.mark.parametrize("order", [IN_ORDER, REVERSED, ANY])
@pytest.mark.parametrize(
    ("mine", "all_of_them", "threads"),
    [
        (200, 6000, 32),
        (200, 6000, 4),
        (5, 6000, 4),
        (60, 6000, 1),
        (60, 60, 4),
        (500, 500, 32),
        (1000, 1000, 4),
        (1000, 6000, 4),
        (6000, 6000, 32),
    ],
)
def test_it_is_never_slower_than_reads_and_asks_at_most_twice_the_cheaper(cache, mine, all_of_them, threads, order):
    listing = pagers.List(all_of_them)
    ids = listing.ids[:: all_of_them // mine][:mine]
    if order == REVERSED:
        ids.reverse()
    elif order == ANY:
        random.Random(mine).shuffle(ids)

    taken = pagers.refresh(cache, listing, ids, threads)

    assert taken.trips <= -(-mine // threads), "round trips of plain reads"
    assert taken.reads + listing.asked <= 2 * mine
    in_flight = threads * min(listing.asked, taken.trips)
    assert taken.reads + listing.asked <= 2 * min(mine, len(listing)) + in_flight


@pytest.mark.parametrize(("threads", "times"), [(4, 20), (32, 3)])
def test_a_whole_environment_is_refreshed_in_the_time_of_its_pages(cache, threads, times):
    listing = pagers.List(6000)
    taken = pagers.refresh(cache, listing, listing.ids, threads)
    assert taken.trips <= len(listing) + 1
    assert taken.trips * times < -(-6000 // threads)
    assert taken.reads <= threads * len(listing)


def test_our_own_write_makes_a_page_worthless_that_is_on_its_way(cache, listing, writes):
    for id_ in listing.ids[:5]:
        listing.look(cache, id_)
    assert listing.is_on_its_way()
    writes[0] += 1
    listing.come()
    assert listing.look(cache, "thing_50") is None
    assert listing.asked == 1, "and reads from before it pay for none"


def test_a_page_counts_from_when_it_was_asked_for(cache, listing, now):
    for id_ in listing.ids[:5]:
        listing.look(cache, id_)
    assert listing.is_on_its_way()
    now[0] += 9
    assert listing.look(cache, "thing_5") is None
    listing.come()
    assert listing.look(cache, "thing_50") is not None
    now[0] += 2
    assert listing.look(cache, "thing_50") is None
    listing.come_all()


def test_a_list_that_answers_too_slowly_is_left_alone(cache, listing, now):
    for n in range(20):
        assert listing.look(cache, f"thing_{n}") is None
        now[0] += 1
    listing.come()
    assert [listing.look(cache, id_) for id_ in listing.ids[:20]] == [None] * 20
    assert listing.asked == 1


def refreshed_slowly(cache, listing, ids, now):
    """One object in a second, with each page at once."""
    read = 0
    for id_ in ids:
        read += listing.look(cache, id_) is None
        listing.come_all()
        now[0] += 1
    return read


def test_pages_that_are_too_old_are_asked_for_again_where_they_saved_reads(cache, now):
    listing = pagers.List(100)
    assert refreshed_slowly(cache, listing, listing.ids[:40], now) < 20
    assert listing.asked > 1


def test_pages_that_are_too_old_are_not_asked_for_again_where_they_saved_none(cache, now):
    listing = pagers.List(100)
    gone = [f"gone_{n}" for n in range(40)]
    assert refreshed_slowly(cache, listing, gone, now) == 40
    assert listing.asked == 1


def test_what_has_come_is_still_used_when_the_list_is_asked_for_again(cache, now):
    listing = pagers.List(200)
    gone = (f"gone_{n}" for n in range(5))

    def look(id_):
        found = listing.look(cache, id_)
        listing.come_all()
        return found

    assert [look(next(gone)) for _ in range(3)] == [None] * 3
    assert None not in [look(id_) for id_ in listing.ids[:10]]
    now[0] = 8
    assert [look(next(gone)) for _ in range(2)] == [None] * 2
    assert listing.asked == 2

    now[0] = 11
    assert look("thing_0") is None, "the first page is too old"
    assert look("thing_150")["asked"] == 2
    assert [look("thing_0") for _ in range(3)] == [None, None, {"id": "thing_0", "asked": 3}]


def test_a_page_that_fails_ends_the_pager_and_no_read(cache):
    asked = []

    def pages():
        asked.append(1)
        raise Unreachable("listing things", "no answer came", "Try again")
        yield

    found = [cache.look("/things", "id", f"thing_{n}", pages) for n in range(50)]
    pagers.wait_for_rest()
    found += [cache.look("/things", "id", f"thing_{n}", pages) for n in range(50)]
    pagers.wait_for_rest()
    assert found == [None] * 100
    assert asked == [1]


def test_where_no_thread_is_to_be_had_the_reads_do_without(cache, listing, monkeypatch):
    def refuse(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert [listing.look(cache, id_) for id_ in listing.ids[:20]] == [None] * 20


def test_from_any_number_of_threads_every_answer_is_the_object_that_was_looked_for(cache):
    size, asked = 2000, []

    def pages():
        for begin in range(0, size, 10):
            asked.append(begin)
            yield [{"id": f"thing_{n}", "n": n} for n in range(begin, begin + 10)]

    def looked(n):
        time.sleep(0.0001)
        return n, cache.look("/things", "id", f"thing_{n}", pages)

    wanted = [*range(size)] * 3
    random.Random(1).shuffle(wanted)
    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(looked, wanted))
    pagers.wait_for_rest()
    assert all(values in (None, {"id": f"thing_{n}", "n": n}) for n, values in found)
    assert asked == [*range(0, 10 * len(asked), 10)], "each page once, one after the other"
    assert any(values for _, values in found)


BLOCKED = """
import os, threading, time
from pulumi_scalekit.remote.page_cache import PageCache
reached = threading.Event()
def blocked():
    reached.set()
    threading.Event().wait()
    yield []
cache = PageCache(lambda: 0)
for n in range(3):
    assert cache.look("/things", "id", str(n), blocked) is None
assert reached.wait(60)
"""

FORK = """
cache._lock.acquire()
child = os.fork()
if not child:
    until = time.monotonic() + 60
    while (found := cache.look("/things", "id", "3", lambda: iter([[{"id": "3"}]]))) is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    os._exit(found != {"id": "3"})
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_page_that_is_on_its_way_keeps_no_process_alive():
    assert subprocess.run([sys.executable, "-c", BLOCKED], timeout=60, check=False).returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is not of this operating system")
def test_a_forked_child_has_a_pager_of_its_own_even_if_the_lock_was_held():
    assert (
        subprocess.run([sys.executable, "-W", "ignore", "-c", BLOCKED + FORK], timeout=60, check=False).returncode == 0
    )


@pytest.fixture
def fleet(emulator, config):
    """An environment with 6,000 organizations, and the state of every thirtieth."""
    first = Objects(KINDS["scalekit:index:Organization"], environment(config))
    one = lifecycle.create(first, {"display_name": "Tenant"})
    shown = emulator.store.organizations[one.id]
    ids = [one.id, *(emulator.store.new_id("org") for _ in range(5999))]
    emulator.store.organizations.update({id_: type(shown)({**shown, "id": id_}) for id_ in ids})
    return [(id_, one.state) for id_ in ids[::30]]


def refresh(config, fleet):
    """Read all of them with 32 threads."""
    objects = Objects(KINDS["scalekit:index:Organization"], environment(config))
    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(lambda each: lifecycle.read(objects, *each), fleet))
    assert [each.state for each in found] == [state for _, state in fleet]


def is_page(path):
    return path.endswith("/organizations")


def test_a_few_hundred_among_many_thousands_wait_for_no_page(config, emulator, fleet, monkeypatch):
    """The service answers no page before every object was read."""
    read, take = threading.Event(), emulator.faults.take

    def answer(method, path, **options):
        if is_page(path.partition("?")[0]):
            assert read.wait(60)
        return take(method, path, **options)

    monkeypatch.setattr(emulator.faults, "take", answer)
    before = emulator.ledger.mark()
    refresh(config, fleet)
    sent = emulator.ledger.since(before)
    assert [entry for entry in sent if is_page(entry.path)] == []
    assert len(sent) == len(fleet)
    read.set()
    pagers.wait_for_rest()
    assert [entry for entry in emulator.ledger.since(before) if is_page(entry.path)], "one was on its way"


def test_a_few_hundred_among_many_thousands_take_at_most_a_page_for_each_read(config, emulator, fleet):
    emulator.faults.latency = 0.1
    before = emulator.ledger.mark()
    refresh(config, fleet)
    pagers.wait_for_rest()
    sent = emulator.ledger.since(before)
    pages = [entry for entry in sent if is_page(entry.path)]
    assert 0 < len(pages) <= len(sent) - len(pages) <= len(fleet)
