"""Requests of a refresh: list pages where they are cheaper."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.resources.organization import Organization


def refresh_requests(
    sizes: tuple[int, ...] = (5, 50, 500), environments: tuple[int, ...] = (500, 50_000)
) -> list[dict[str, Any]]:
    """Requests for a refresh of N organizations of a stack in an environment of M, at the level of the provider."""
    kind = Organization.kind
    rows = []
    for environment_size in environments:
        with Emulator() as emulator:
            client = Client(Settings(emulator.url, emulator.client_id, SecretStr(emulator.client_secret)))
            first = Environment(client)
            made = [
                lifecycle.create(Objects(kind, first), {"display_name": f"No {n}", "external_id": f"ext-{n}"})
                for n in range(max(sizes))
            ]
            shown = emulator.store.organizations[made[0].id]
            for n in range(environment_size - len(made)):
                id_ = emulator.store.new_id("org")
                emulator.store.organizations[id_] = type(shown)({**shown, "id": id_, "external_id": f"other-{n}"})
            for size in sizes:
                before = emulator.ledger.mark()
                fresh = Environment(client)
                step = max(1, len(made) // size)
                for one in made[::step][:size]:
                    found = lifecycle.read(Objects(kind, fresh), one.id, one.state)
                    assert found is not None
                sent = len(emulator.ledger.since(before))
                pages = -(-environment_size // 100)
                rows.append(
                    {
                        "organizations in the stack": size,
                        "in the environment": environment_size,
                        "requests": sent,
                        "one read each": size,
                        "all pages": pages,
                        "ratio to the cheaper": round(sent / min(size, pages), 2),
                    }
                )
            client.close()
    return rows
