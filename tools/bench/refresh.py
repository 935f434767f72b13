"""A refresh of some organizations among many: list pages that come beside the reads."""

from __future__ import annotations

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pydantic import SecretStr

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.remote.page_cache import PageCache
from pulumi_scalekit.resources.organization import Organization


class _NoPages(PageCache):
    """Lets every object be read by itself."""

    def look(self, *_: object, **__: object) -> None:
        return None


def refresh_beside_pages(
    sizes: tuple[int, ...] = (5, 50, 200, 500),
    environments: tuple[int, ...] = (500, 6_000, 50_000),
    latency: float = 0.1,
    threads: int = 32,
    runs: int = 3,
) -> list[dict[str, Any]]:
    """A refresh of N organizations of a stack in an environment of M, at the level of the provider, beside plain reads."""
    rows = []
    for environment_size in environments:
        with Emulator() as emulator:
            client = Client(Settings(emulator.url, emulator.client_id, SecretStr(emulator.client_secret)))
            first = Objects(Organization.kind, Environment(client))
            one = lifecycle.create(first, {"display_name": "Tenant"})
            shown = emulator.store.organizations[one.id]
            ids = [one.id, *(emulator.store.new_id("org") for _ in range(environment_size - 1))]
            emulator.store.organizations.update({id_: type(shown)({**shown, "id": id_}) for id_ in ids})
            emulator.faults.latency = latency
            for size in sizes:
                mine = ids[:: environment_size // size][:size]
                plain, with_pages = [], []
                for _ in range(runs):
                    plain.append(_once(emulator, client, mine, one.state, threads, pages=False)[0])
                    with_pages.append(_once(emulator, client, mine, one.state, threads, pages=True))
                seconds = statistics.median(seconds for seconds, _ in with_pages)
                rows.append(
                    {
                        "organizations in the stack": size,
                        "in the environment": environment_size,
                        "requests": round(statistics.median(requests for _, requests in with_pages)),
                        "one read each": size,
                        "all pages": -(-environment_size // 100),
                        "time, ratio to plain reads": round(seconds / statistics.median(plain), 2),
                    }
                )
            client.close()
    return rows


def _once(
    emulator: Emulator, client: Client, ids: list[str], state: Values, threads: int, *, pages: bool
) -> tuple[float, int]:
    """Seconds and requests of one refresh of organizations that all have this state."""
    here = Environment(client)
    if not pages:
        here.page_cache = _NoPages(lambda: 0)
    objects = Objects(Organization.kind, here)
    before = emulator.ledger.mark()
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        found = list(pool.map(lambda id_: lifecycle.read(objects, id_, state), ids))
        seconds = time.perf_counter() - began
    if any(each is None or each.state != state for each in found):
        raise RuntimeError("a refresh found something else than what is there")
    for thread in threading.enumerate():
        if thread.name.startswith("pager of "):
            thread.join()
    return seconds, len(emulator.ledger.since(before))
