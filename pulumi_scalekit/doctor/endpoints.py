"""What the credentials may read, and which endpoints that Scalekit has not published answer. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pulumi_scalekit.api.errors import ApiError, Forbidden, NotFound, NotSupported, ScalekitError
from pulumi_scalekit.doctor.diagnosis import LEVELS, Diagnoses, Diagnosis
from pulumi_scalekit.doctor.refusal import told
from pulumi_scalekit.model.api import NAME, Listing
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.pages import pages
from pulumi_scalekit.stack.resource import StackResource

_PART = "credentials"
_UNPUBLISHED = "unpublished endpoints"
_ORGANIZATIONS = "/organizations"
_ORGANIZATION = "organization_id"
_FEW = 10
"""Items of a page: the fewest that every list takes."""


@dataclass(frozen=True)
class Read:
    """A read that shows whether an endpoint answers.

    Attributes:
        path: Below `/api/v1`, with `{organization_id}` where it is below an organization.
        kinds: The kinds of resource that it serves.
        listing: Its list; None for a setting of an organization.
        unpublished: Scalekit has not published it.

    """

    path: str
    kinds: tuple[Kind, ...]
    listing: Listing | None
    unpublished: bool

    @property
    def names(self) -> str:
        return _listed([kind.name for kind in self.kinds])


def endpoints(environment: Environment, held: Sequence[StackResource], *, known: bool) -> Diagnoses[None]:
    """Read a little of everything that the environment's lists show.

    Args:
        environment: What is asked.
        held: What the stack's state has: an endpoint that it needs has to answer.
        known: Whether there is a state.

    """
    reads = list(_reads())
    first = next(read for read in reads if read.path == _ORGANIZATIONS)
    organization = yield from _organizations(environment, first)
    if organization is None:
        return
    # Those of an explicit provider need the endpoints of its own environment.
    used = {found.kind.name for found in held if found.kind and not found.has_explicit_provider}
    good, failed = [first], []
    for read in reads:
        if read is first or (not organization and _ORGANIZATION in read.path):
            continue
        try:
            _ask(environment, read, organization)
        except ScalekitError as error:
            failed.append(_diagnosis(read, error, used, known=known))
        else:
            good.append(read)
    published = sorted({kind.words for read in good if not read.unpublished for kind in read.kinds})
    yield Diagnosis(_PART, "ok", f"These credentials may read: {', '.join(published)}.")
    yield from sorted(failed, key=lambda diagnosis: (diagnosis.part != _PART, LEVELS.index(diagnosis.level)))
    if unpublished := [read for read in good if read.unpublished]:
        yield Diagnosis(_UNPUBLISHED, "ok", f"They answer: {_paths(unpublished)}.")
    if late := [read for read in reads if not organization and _ORGANIZATION in read.path]:
        yield Diagnosis(_UNPUBLISHED, "note", f"Not tried, because there is no organization yet: {_paths(late)}.")
    yield from _only_written(used)


def _paths(reads: Sequence[Read]) -> str:
    return "; ".join(f"GET {read.path} ({read.names})" for read in reads)


def _reads() -> Iterator[Read]:
    """One read for each path: the lists of the environment, and all unpublished endpoints that read."""
    by_path: dict[str, list[tuple[Kind, Listing | None]]] = {}
    for kind in KINDS.values():
        listing = min(kind.api.listings, key=lambda listing: len(listing.parameters), default=None)
        path = listing.path if listing else kind.api.reads
        needs = listing.needed if listing else set(kind.api.parameters)
        path = NAME.sub(lambda name: name[2] or name[0], path)
        if "{id}" in path or needs - {_ORGANIZATION} or (needs and not kind.api.is_unpublished("GET", path)):
            continue
        by_path.setdefault(path, []).append((kind, listing))
        if listing and listing.further:
            by_path.setdefault(listing.further.path, []).append((kind, listing.further))
    for path, found in by_path.items():
        kinds = tuple(kind for kind, _ in found)
        listing = next((listing for _, listing in found if listing), None)
        # A further list has its own path here.
        listing = replace(listing, further=None) if listing else None
        yield Read(path, kinds, listing, any(kind.api.is_unpublished("GET", path) for kind in kinds))


def _organizations(environment: Environment, read: Read) -> Diagnoses[str | None]:
    """The id of an organization, or an empty text where there is none; None where the credentials may not list them."""
    doing = "listing the organizations"
    try:
        page = next(
            pages(environment.client, read.listing or Listing(read.path, "organizations"), {}, doing, size=_FEW), None
        )
    except ScalekitError as error:
        text, remedy = told(error)
        yield Diagnosis(_PART, "error", text, remedy)
        return None
    items = page.items if page else []
    return str(items[0].get("id") or "") if items else ""


def _ask(environment: Environment, read: Read, organization: str) -> None:
    values, doing = {_ORGANIZATION: organization} if _ORGANIZATION in read.path else {}, f"reading {read.names}"
    if read.listing:
        next(pages(environment.client, read.listing, values, doing, size=_FEW), None)
    else:
        environment.client.request("GET", wire.path(read.path, values), doing=doing)


def _diagnosis(read: Read, error: ScalekitError, used: set[str], *, known: bool) -> Diagnosis:
    """What it means that a read failed, for this stack."""
    text, remedy = told(error)
    if not read.unpublished or not isinstance(error, ApiError):
        return Diagnosis(_PART, "error", text, remedy)
    needed = sorted(used & {kind.name for kind in read.kinds})
    if isinstance(error, NotFound | NotSupported):
        why = f"does not answer here ({error.status}): Scalekit has withdrawn it, or this environment does not have it"
    elif isinstance(error, Forbidden):
        why = f"is refused ({error.status}{f', {error.message}' if error.message else ''})"
    else:
        why = f"fails ({error.status}{f', {error.message}' if error.message else ''})"
    why = f"GET {read.path}, an endpoint that Scalekit has not published, {why}."
    if needed:
        return Diagnosis(
            _UNPUBLISHED,
            "error",
            f"The stack's resources of the type {_listed(needed)} cannot be managed in this environment: {why}",
            f"Ask Scalekit's support to enable it for this environment, or take these resources out of the program and out of the "
            f"state: `pulumi state delete`.{_id(error)}",
        )
    return Diagnosis(
        _UNPUBLISHED,
        "note" if known else "warning",
        f"No {' or '.join(read.names.rsplit(', ', 1))} can be managed in this environment{', and this stack has none' if known else ''}: "
        f"{why}",
        f"Only if you want to manage one: ask Scalekit's support to enable it.{_id(error)}",
    )


def _id(error: ApiError) -> str:
    return f" [request id {error.request_id}]" if error.request_id else ""


def _only_written(used: set[str]) -> Iterator[Diagnosis]:
    """Which of the stack's kinds rest on endpoints that only a write would try."""
    kinds = [
        kind.name
        for kind in KINDS.values()
        if kind.name in used and kind.api.unpublished and not kind.api.read_unpublished
    ]
    if kinds:
        yield Diagnosis(
            _UNPUBLISHED,
            "note",
            f"{_listed(sorted(kinds))} {'is' if len(kinds) == 1 else 'are'} written with endpoints that Scalekit has not published. "
            f"Only a write shows whether they answer, and this command writes nothing.",
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
