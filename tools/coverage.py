"""Which call of Scalekit's API is covered by what: `docs/coverage.md`.

What a resource or a function calls is derived from its declaration. Every other call stands in `coverage.yaml`, below the reason
why no resource and no function makes it.

python -m tools.coverage    names the calls that are in neither, and what `coverage.yaml` says of calls that are not so
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from pulumi_scalekit.emulator.serving import descriptors, routes
from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.resources import RESOURCES

PREFIX = "/api/v1"
CLIENT = "client credentials"
# Bits of scalekit.v1.options.AuthenticationType, in the order in which they are said.
CREDENTIALS = {
    4: CLIENT,
    64: "dashboard session",
    16: "user's session",
    8: "user's token",
    32: "admin portal session",
    128: "connected accounts session",
    1: "none",
}
SECTIONS = {
    "command": "What a command uses",
    "later": "Not offered yet",
    "never": "What cannot be declared",
    "momentary": "What is nothing to declare",
}
WORDS = {"command": "a command", "later": "not yet", "never": "no", "momentary": "nothing to declare"}

_API = re.compile(r"^API: (.*(?:\n.+)*)", re.MULTILINE)
_SENTENCE_GOES_ON = re.compile(r"(?<!\.)\n")
_CALL = re.compile(r"`([A-Z]+) (/[^`?]*)")


@dataclass(frozen=True)
class Call:
    """One call of the API, which may have several paths."""

    rpc: str
    paths: tuple[str, ...]
    credentials: tuple[str, ...]
    permissions: tuple[str, ...]
    published: bool


@dataclass(frozen=True)
class Reason:
    """Why no resource and no function makes some calls."""

    subject: str
    status: str
    """A key of SECTIONS."""
    text: str
    calls: tuple[str, ...]


@cache
def calls() -> Mapping[str, Call]:
    """Every call that the vendor describes, by its name."""
    api = descriptors.load()
    bound = sorted(routes.load(), key=lambda route: (route.rpc, route.template, route.verb))
    by_rpc = {rpc: list(some) for rpc, some in groupby(bound, key=lambda route: route.rpc)}
    known = {}
    for method in api.methods():
        rpc = f"{method.containing_service.name}.{method.name}"
        wanted = api.options(method, "scalekit.v1.options.auth_option")
        known[rpc] = Call(
            rpc,
            tuple(f"{route.verb} {_readable(route.template)}" for route in by_rpc[rpc]),
            tuple(words for bit, words in CREDENTIALS.items() if wanted.authentication_type & bit),
            # Some are said twice, with an underscore and with a colon.
            tuple(
                sorted(
                    {
                        name.replace("_", ":") if name.replace("_", ":") in wanted.permissions else name
                        for name in wanted.permissions
                    }
                )
            ),
            by_rpc[rpc][0].published,
        )
    return known


def _readable(template: str) -> str:
    return re.sub(r"=[^}]*", "", template)


def reasons(text: str | None = None) -> tuple[Reason, ...]:
    """What `coverage.yaml` says."""
    entries = yaml.safe_load(text or Path(__file__).with_name("coverage.yaml").read_text())["reasons"]
    return tuple(
        Reason(
            entry["subject"],
            entry["status"],
            _SENTENCE_GOES_ON.sub(" ", entry["text"].strip()),
            tuple(_names(entry["calls"])),
        )
        for entry in entries
    )


def _names(by_service: Mapping[str, str]) -> Iterator[str]:
    for service, names in by_service.items():
        for name in names.split():
            yield f"{service}.{name}"


def called_by_kind(kind: Kind) -> set[str]:
    """The calls that a resource makes, by its declaration."""
    api = kind.api
    listings = [
        *api.listings,
        *([api.owners] if api.owners else []),
        *(counted.listing for counted in api.counted),
        *([api.joins.listing] if api.joins else []),
    ]
    listings += [listing.further for listing in listings if listing.further]
    paths = [("GET", listing.path) for listing in listings]
    paths += [("GET", path) for path in (api.lookups or {}).values()]
    paths += [] if api.read_list else [(api.read_verb, api.reads)]
    for endpoint in api.endpoints:
        verbs = sorted(endpoint.action.values()) if endpoint.action else [""]
        paths += [(endpoint.verb, endpoint.path + verb) for verb in verbs]
    return {_rpc(verb, PREFIX + path, kind.name) for verb, path in paths}


def called_by_function(function: Function[Any]) -> set[str]:
    """The calls that a function makes, by its docstring."""
    said = _API.search(inspect.getdoc(function.call) or "")
    return {_rpc(verb, path, function.name) for verb, path in _CALL.findall(said[1])} if said else set()


def _rpc(verb: str, path: str, whose: str) -> str:
    found = routes.load().find(verb, re.sub(r"{[^}]+}", "x", path), "kept")
    if not isinstance(found, routes.Match):
        raise TypeError(f"{whose}: {verb} {path} is no call of Scalekit's API")
    return found.route.rpc


@cache
def covered() -> Mapping[str, tuple[str, ...]]:
    """What makes each call, as links."""
    by_rpc: dict[str, list[str]] = {}
    for resource in RESOURCES:
        for rpc in called_by_kind(resource.kind):
            by_rpc.setdefault(rpc, []).append(f"[{resource.kind.name}](reference/{resource.kind.file_name}.md)")
    for function in FUNCTIONS:
        for rpc in called_by_function(function):
            by_rpc.setdefault(rpc, []).append(f"[{function.name}](reference/{function.file_name}.md)")
    return {rpc: tuple(links) for rpc, links in by_rpc.items()}


def problems(known: Mapping[str, Call], said: tuple[Reason, ...]) -> Iterator[str]:
    """What is not classified, and what is said of calls that is not so, a line each."""
    named = [rpc for reason in said for rpc in reason.calls]
    for rpc in sorted(set(known) - set(covered()) - set(named)):
        call = known[rpc]
        yield f"{rpc} ({call.paths[0]}; {', '.join(call.credentials) or 'not said by whom'}) is not classified"
    for rpc in sorted(set(named)):
        if rpc not in known:
            yield f"{rpc} is no call any more"
        elif rpc in covered():
            yield f"{rpc} is made by {' and '.join(covered()[rpc])}, and coverage.yaml says why nothing does"
        if named.count(rpc) > 1:
            yield f"{rpc} has several reasons"
    for reason in said:
        if reason.status == "later":
            for rpc in reason.calls:
                if rpc in known and CLIENT not in known[rpc].credentials:
                    yield f"{rpc} does not take client credentials, so nothing can come of it later"


HEAD = """\
<!-- Generated by `make generated`, from the vendor's descriptors, the resources and tools/coverage.yaml. Do not edit. -->

# Coverage

What of Scalekit's API this provider covers: each of the {total} calls that the vendor describes in `scalekit-sdk-python`, published or not.

{numbers}

A provider has an environment's client credentials and nothing else.
So what only a session of the dashboard may call cannot be declared, whoever writes the provider.
Published is what those descriptors do not mark as restricted; the calls of `UserAttribute` and `DirectoryUserAttribute` are not marked either, but Scalekit's API reference does not list them.
Calls that Scalekit has not published may change or go without notice, and an environment may not have them.
"""


def page(known: Mapping[str, Call], said: tuple[Reason, ...]) -> str:
    """The page: the numbers, then what is not covered and why, then every call."""
    parts = [HEAD.format(total=len(known), numbers=_numbers(known, said))]
    for status, title in SECTIONS.items():
        parts.append(f"## {title}\n")
        there = sorted(
            (reason for reason in said if reason.status == status), key=lambda reason: reason.subject.lower()
        )
        parts += [f"### {reason.subject}\n\n{reason.text}\n" for reason in there]
    parts.append(
        "## Every call\n\n"
        "The paths stand below `/api/v1`, unless they begin with it or with something else.\n"
        "Of several credentials each is enough; behind client credentials stands the permission that they need.\n"
    )
    because = {rpc: reason for reason in said for rpc in reason.calls}
    for service, some in groupby(sorted(known.values(), key=lambda call: call.rpc), key=lambda c: c.rpc.split(".")[0]):
        parts.append(f"### {service}\n")
        parts.append("| Call | Path | Credentials | Published | Covered by |\n|---|---|---|---|---|")
        parts.append("\n".join(_row(call, because.get(call.rpc)) for call in some) + "\n")
    return "\n".join(parts)


def _numbers(known: Mapping[str, Call], said: tuple[Reason, ...]) -> str:
    because = {rpc: reason.status for reason in said for rpc in reason.calls}
    lines = ["| | published | not published | all |", "|---|---|---|---|"]
    titles = {"covered": "Covered by a resource or a function", **SECTIONS}
    for status, title in titles.items():
        some = [c for c in known.values() if ("covered" if c.rpc in covered() else because.get(c.rpc)) == status]
        published = sum(call.published for call in some)
        lines.append(f"| {title} | {published} | {len(some) - published} | {len(some)} |")
    return "\n".join(lines)


def _row(call: Call, reason: Reason | None) -> str:
    paths = "<br>".join(f"`{path.replace(f' {PREFIX}/', ' /')}`" for path in call.paths)
    needs = f" ({', '.join(f'`{name}`' for name in call.permissions)})" if call.permissions else ""
    wanted = CLIENT + needs if CLIENT in call.credentials else ", ".join(call.credentials) or "not said"
    by = ", ".join(covered().get(call.rpc, ()))
    if not by and reason:
        anchor = re.sub(r"[^\w -]", "", reason.subject.lower()).replace(" ", "-")
        by = f"{WORDS[reason.status]}: [{reason.subject}](#{anchor})"
    published = "yes" if call.published else "no"
    return f"| {call.rpc.split('.')[1]} | {paths} | {wanted} | {published} | {by or 'not classified'} |"


def main() -> int:
    found = list(problems(calls(), reasons()))
    print("\n".join(found) or f"{len(calls())} calls, and each has its place in docs/coverage.md.")
    if found:
        print("Give each of them a resource, a function or a reason in tools/coverage.yaml.", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
