"""A frozen stack as every run writes it: what is new in each run is numbered instead."""

import json
import re
from functools import partial
from graphlib import TopologicalSorter
from typing import Any

URL = "http://emulator.example"
TIME = "2026-01-01T00:00:00Z"
_TIME = re.compile(r'(?<=")\d{4}-\d\d-\d\dT[\d:.]+Z(?=")')
# What a run makes up, and what stands for the nth of its kind. The end of a secret is its suffix, which is shown.
_NEW = {
    r"\b(?P<prefix>[a-z0-9]+_)\d{17}\b": "{prefix}{n:017}",
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b": "00000000-0000-4000-8000-{n:012}",
    r"\b(?P<prefix>custom-)[0-9a-f]{8}\b": "{prefix}{n:08}",
    r"(?P<prefix>__instance\": \")[0-9a-f]{12}\b": "{prefix}{n:012}",
}
# Made once from the passphrase of a Workspace, with which it can be opened whatever salt another run draws.
_SALT = "v1:uIBV5xnYrOI=:v1:xsaTdXenqL+OZCcq:8uE42GweZSAWk5w6stP6GCsXxko+AQ=="
_SECRET = re.compile(r"\btest_[\w-]{39}(?P<suffix>[\w-]{4})(?![\w-])")
_SUFFIX = re.compile(r'(?P<key>"secret_?[sS]uffix": ")(?P<suffix>[\w-]{4})(?=")')


def stable(frozen: dict[str, Any]) -> dict[str, Any]:
    """The same stack, with its resources in an order of its own, and one id for one object everywhere."""
    deployment = frozen["state"]["deployment"]
    deployment["resources"] = _in_order(deployment["resources"])
    deployment["secrets_providers"]["state"]["salt"] = _SALT
    # The state first: what it names is numbered in its order.
    text = json.dumps({"state": frozen["state"], **frozen})
    text = _TIME.sub(TIME, text.replace(frozen["url"], URL))
    for pattern, form in _NEW.items():
        numbers: dict[str, str] = {}
        text = re.sub(pattern, partial(_numbered, form=form, numbers=numbers), text)
    numbered: dict[str, Any] = json.loads(_with_stable_secrets(text))
    return numbered


def _numbered(found: re.Match[str], form: str, numbers: dict[str, str]) -> str:
    if found[0] == "skc_12345678901234567":  # the emulator's own client, the same in each run
        return found[0]
    return numbers.setdefault(found[0], form.format(n=len(numbers) + 1, **found.groupdict()))


def _with_stable_secrets(text: str) -> str:
    """Secrets and their suffixes numbered alike."""
    suffixes: dict[str, str] = {}
    for found in (*_SECRET.finditer(text), *_SUFFIX.finditer(text)):
        suffixes.setdefault(found["suffix"], f"{len(suffixes) + 1:04}")
    text = _SECRET.sub(lambda found: f"test_{'0' * 39}{suffixes[found['suffix']]}", text)
    return _SUFFIX.sub(lambda found: f"{found['key']}{suffixes[found['suffix']]}", text)


def _in_order(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each resource after those that it names, and otherwise by their names: they come in the order they are ready."""
    by_urn = {resource["urn"]: resource for resource in resources}
    sorter = TopologicalSorter({urn: _named(resource, by_urn) for urn, resource in by_urn.items()})
    sorter.prepare()
    for resource in resources:
        for urns in (resource.get("dependencies", []), *resource.get("propertyDependencies", {}).values()):
            urns.sort()
    ordered: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered += ready
        sorter.done(*ready)
    return [by_urn[urn] for urn in ordered]


def _named(resource: dict[str, Any], known: dict[str, dict[str, Any]]) -> set[str]:
    text = json.dumps(resource)
    return {
        urn
        for urn in known
        if urn != resource["urn"] and f'"{urn}' in text and re.search(re.escape(urn) + r'("|::)', text)
    }
