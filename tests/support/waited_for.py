"""`python waited_for.py PROGRAM`: what a program of many resources waits for, and whether it waited for all of them, as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import stack
from pulumi.runtime.settings import SETTINGS

import pulumi_scalekit as scalekit

MANY = 40
answered: list[str] = []


class Slow(pulumi.runtime.Mocks):
    """Answers late, the last ones of all later than the others, and refuses what is named so."""

    def new_resource(self, args: Any) -> tuple[str, dict[str, Any]]:
        time.sleep(0.3 if args.name in ("last", "refused") else 0.01)
        if args.name == "refused":
            raise ValueError("refused on purpose")
        answered.append(args.name)
        return f"{args.name}-id", args.inputs

    def call(self, args: Any) -> Any:
        return {}


def organization(name: str) -> scalekit.Organization:
    return scalekit.Organization(name, display_name=name)


def many() -> dict[str, Any]:
    before = len(SETTINGS.outputs)
    for n in range(MANY):
        organization(f"org-{n}")
    organization("last")
    return {"awaited": len(SETTINGS.outputs) - before}


def in_an_apply() -> dict[str, Any]:
    """Each is declared when there is nothing else to wait for any more."""

    def first(_: str) -> None:
        organization("second").id.apply(second)

    def second(_: str) -> None:
        organization("last")

    organization("first").id.apply(first)
    return {}


def refused() -> dict[str, Any]:
    organization("refused")
    return many()


def run(program: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    asyncio.set_event_loop(asyncio.new_event_loop())
    loop = asyncio.get_event_loop()
    pulumi.runtime.set_mocks(Slow(), preview=False)
    told: dict[str, Any] = {}
    answered.clear()

    async def main() -> None:
        told.update(program())

    try:
        loop.run_until_complete(stack.run_pulumi_func(lambda: asyncio.ensure_future(main())))
    except Exception as error:  # noqa: BLE001 - compared by the test
        told["error"] = str(error)
    return {**told, "answered": sorted(answered)}


def main(name: str) -> None:
    if name == "twice":
        run(many)
        told = run(many)
    else:
        told = run({"many": many, "in_an_apply": in_an_apply, "refused": refused}[name])
    print(json.dumps(told))  # noqa: T201 - the answer


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main(sys.argv[1])
