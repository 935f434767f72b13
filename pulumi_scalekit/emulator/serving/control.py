"""The emulator's own paths, for a test or a demo in another process. They need no token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving.api import Outcome
from pulumi_scalekit.emulator.serving.fault_injection import Fault, RateLimit
from pulumi_scalekit.emulator.serving.ledger import masked

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_scalekit.emulator.serving.emulator import Emulator

PREFIX = "/_emulator/"
_ADDRESS = 2


def respond(emulator: Emulator, method: str, path: str, query: str, body: bytes) -> Outcome:
    """Answer a request to one of the emulator's own paths.

    `ledger` and `faults`: GET, DELETE; `faults` and `reset`: POST; `switches`: GET, PATCH; `store`: GET, and
    PATCH or DELETE of `store/organizations/org_…`.
    """
    topic, _, rest = path.removeprefix(PREFIX).partition("/")
    respond_to: Callable[..., Any] | None = _TOPICS.get((topic, method))
    if respond_to is None:
        return Outcome(404, {"error": f"there is no {method} {path}", "topics": sorted({t for t, _ in _TOPICS})})
    try:
        sent = json.loads(body) if body.strip() else {}
        return Outcome(200, respond_to(emulator, sent, unquote(rest), parse_qs(query)))
    except (ValueError, TypeError, KeyError) as error:
        return Outcome(400, {"error": str(error)})


def _ledger(emulator: Emulator, _: Any, __: str, query: dict[str, list[str]]) -> Any:
    return emulator.ledger.as_json(int(query.get("since", ["0"])[0]))


def _clear_ledger(emulator: Emulator, *_: Any) -> Any:
    emulator.ledger.clear()
    return {}


def _store(emulator: Emulator, _: Any, rest: str, query: dict[str, list[str]]) -> Any:
    """Secrets are masked unless `?secrets=shown`."""
    value: Any = emulator.store.snapshot()
    for name in filter(None, rest.split("/", 1)):
        value = value[name]
    return value if query.get("secrets") == ["shown"] else masked(value)


def _edit(emulator: Emulator, sent: dict[str, Any], rest: str, _: Any) -> Any:
    record = _collection(emulator, rest)[rest.split("/", 1)[1]]
    with emulator.store.lock:
        record.update(sent)
    return masked(record)


def _remove(emulator: Emulator, _: Any, rest: str, __: Any) -> Any:
    name, key = rest.split("/", 1)
    if name == "organizations":
        emulator.store.delete_organization(key)
    else:
        with emulator.store.lock:
            del _collection(emulator, rest)[key]
    return {}


def _collection(emulator: Emulator, rest: str) -> Any:
    parts = rest.split("/", 1)
    if len(parts) != _ADDRESS or parts[0].startswith("_"):
        raise ValueError("name a collection and a key, such as store/organizations/org_1")
    return getattr(emulator.store, parts[0])


def _faults(emulator: Emulator, *_: Any) -> Any:
    limit = emulator.faults.rate_limit
    return {
        "faults": emulator.faults.waiting(),
        "latency": emulator.faults.latency,
        "rate_limit": limit and vars(limit),
    }


def _add_faults(emulator: Emulator, sent: dict[str, Any] | list[dict[str, Any]], *_: Any) -> Any:
    """A fault, a list of them, or `{"latency": …}` and `{"rate_limit": {…} | null}`."""
    for item in sent if isinstance(sent, list) else [sent]:
        if "latency" in item:
            emulator.faults.latency = float(item["latency"])
        elif "rate_limit" in item:
            emulator.faults.rate_limit = item["rate_limit"] and RateLimit(**item["rate_limit"])
        else:
            emulator.faults.add(Fault(**item))
    return _faults(emulator)


def _clear_faults(emulator: Emulator, *_: Any) -> Any:
    emulator.faults.clear()
    return {}


def _switches(emulator: Emulator, *_: Any) -> Any:
    documented, allowed = Switches.documented(), Switches.allowed()
    return {
        name: {"value": value, "allowed": allowed[name], "doc": documented[name]}
        for name, value in vars(emulator.switches).items()
    }


def _change_switches(emulator: Emulator, sent: dict[str, Any], *_: Any) -> Any:
    emulator.switches = emulator.switches.changed(**sent)
    return _switches(emulator)


def _reset(emulator: Emulator, *_: Any) -> Any:
    emulator.reset()
    return {}


_TOPICS: dict[tuple[str, str], Callable[..., Any]] = {
    ("ledger", "GET"): _ledger,
    ("ledger", "DELETE"): _clear_ledger,
    ("store", "GET"): _store,
    ("store", "PATCH"): _edit,
    ("store", "DELETE"): _remove,
    ("faults", "GET"): _faults,
    ("faults", "POST"): _add_faults,
    ("faults", "DELETE"): _clear_faults,
    ("switches", "GET"): _switches,
    ("switches", "PATCH"): _change_switches,
    ("reset", "POST"): _reset,
}
