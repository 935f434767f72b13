"""What an environment holds, read with as few requests as its lists allow. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Protocol, TypeAlias

from pulumi_scalekit import lifecycle
from pulumi_scalekit.adopt.existing import Existing, Tenant, own_part, taken
from pulumi_scalekit.adopt.journal import Journal
from pulumi_scalekit.api.environment_id import EnvironmentIdUnknown
from pulumi_scalekit.api.errors import Forbidden, Invalid, NotFound, ScalekitError
from pulumi_scalekit.lifecycle.advice import says_off
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.absence import EndpointMissing
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.listed import Listed, listed
from pulumi_scalekit.remote.objects import Objects

_ABOVE = "organization_id"
_AT_ONCE = 8
"""Tenants that are read at the same time. The client keeps the pace that Scalekit allows."""

Refusals: TypeAlias = defaultdict[str, list[tuple[str, str]]]
"""By kind, the organizations in which it may not be read, and why."""


class Progress(Protocol):
    """A progress bar."""

    def update(self, n_steps: int) -> None: ...


@dataclass
class Inventory:
    """Everything that was read.

    Attributes:
        shared: What belongs to the environment and to no organization.
        tenants: The organizations, oldest first, each with what is in it.
        unreadable: What could not be read, and why.
        outside: The number of organizations that the patterns leave out.
        without: Features that the environment does not have, or whose settings may not be read, and what Scalekit said.
        without_id: Settings that stand below the id of the environment, where that is not known.

    """

    shared: list[Existing] = field(default_factory=list)
    tenants: list[Tenant] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    outside: int = 0
    without: list[tuple[str, str]] = field(default_factory=list)
    without_id: list[str] = field(default_factory=list)

    def add_refused(self, kind: Kind, error: ScalekitError) -> None:
        """Note that a list was refused: because the environment does not have what it lists, or otherwise."""
        if kind.api.needs and not is_below(kind) and says_off(error):
            self.without.append((kind.words, str(error)))
        else:
            self.unreadable.append((f"every {kind.words}", str(error)))

    @property
    def objects(self) -> list[Existing]:
        """All of it, in an order that stays when something is added."""
        return [*self.shared, *(each for tenant in self.tenants for each in (tenant.organization, *tenant.children))]


def is_adoptable(kind: Kind) -> bool:
    """Whether existing objects of a kind can be brought under code.

    Not the secrets of clients, applications and directories, nor the clients of MCP servers, whose values nobody can read, not the
    settings of a connection, which the connection declares, and not members, who are people and no list of the kind names.
    """
    return kind.is_listable and set(kind.above) <= {_ABOVE}


def is_like(id: str, values: Values, patterns: Sequence[str]) -> bool:
    """Whether an organization is like one of the patterns, by its id, external id or display name; without patterns it is."""
    names = (id, *(values.get(name) for name in ("external_id", "display_name")))
    return not patterns or any(fnmatchcase(str(name), pattern) for name in names if name for pattern in patterns)


@dataclass(frozen=True)
class Reader:
    """Reads an environment.

    Args:
        environment: Where it is.
        organization: The kind of what tenants are.
        kinds: What else is read.
        include: Patterns, `acme*`, of the external id, display name or id of the organizations to read; empty for all.
        everything: Take also what Scalekit may have made by itself, and switches that are off.
        journal: What an interrupted run has read; None where nothing is kept for the next one.
        always: Settings that are taken even if they say nothing: type and import id.

    """

    environment: Environment
    organization: Kind
    kinds: Sequence[Kind]
    include: Sequence[str]
    everything: bool
    journal: Journal | None = None
    always: Collection[tuple[str, str]] = ()

    def read(self, progress: Callable[[int], AbstractContextManager[Progress]]) -> Inventory:
        """Read it all.

        Args:
            progress: Shows a bar for a number of tenants.

        Raises:
            ScalekitError: The organizations cannot be listed.

        """
        found = Inventory()
        organizations = self._organizations(found)
        across: dict[str, dict[str, list[str]]] = {}
        below = []
        sparing = self._asking_once()
        for kind in self.kinds:
            try:
                if not is_below(kind) or kind.api.optional:
                    # What is found before a list refuses is there all the same.
                    for each in sparing._all(kind, {}):  # noqa: SLF001 - of the same class
                        found.shared.append(each)
                if not is_below(kind):
                    continue
                if _lists_across(kind):
                    across[kind.token] = sparing._by_organization(kind)  # noqa: SLF001 - of the same class
                below.append(kind)
            except EnvironmentIdUnknown:
                found.without_id.append(kind.words)
            except ScalekitError as error:
                found.add_refused(kind, error)
        refusals: Refusals = defaultdict(list)
        with progress(len(organizations)) as bar, ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                futures = [pool.submit(self._tenant, each, below, across, refusals) for each in organizations]
                for each, future in zip(organizations, futures, strict=True):
                    try:
                        found.tenants.append(self._without_inherited(future.result(), found.shared))
                    except ScalekitError as error:
                        # One that is gone meanwhile is not there to be taken.
                        if not (isinstance(error, NotFound) and self._organization_gone(each, below)):
                            found.unreadable.append((each.label, str(error)))
                    bar.update(1)
            except BaseException:  # Ctrl-C too: nothing more is sent
                self.environment.client.cancel()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        for kind in below:
            refused = refusals.get(kind.token)
            if refused and _is_feature(kind):
                found.without.append((kind.words, refused[0][1]))
            elif refused:
                where = refused[0][0] if len(refused) == 1 else f"{len(refused)} organizations"
                found.unreadable.append((f"every {kind.words} of {where}", refused[0][1]))
        return found

    def _asking_once(self) -> Reader:
        """This reader for one thread, with a list that several kinds are read from sent once."""
        return replace(self, environment=self.environment.asking_once())

    def _organizations(self, found: Inventory) -> list[Existing]:
        """The wanted organizations, oldest first."""
        organizations = list(self._all(self.organization, {}))
        wanted = [each for each in organizations if self._is_wanted(each)]
        found.outside = len(organizations) - len(wanted)
        return sorted(wanted, key=lambda each: (str(each.state.get("create_time")), each.id))

    def _is_wanted(self, organization: Existing) -> bool:
        return is_like(organization.id, organization.state, self.include)

    def _tenant(
        self,
        organization: Existing,
        kinds: Sequence[Kind],
        across: Mapping[str, Mapping[str, list[str]]],
        refusals: Refusals,
    ) -> Tenant:
        """An organization with everything in it, but for the kinds that the credentials may not read."""
        inside = {token: set(ids.get(organization.id, ())) for token, ids in across.items()}
        if self.journal and (known := self.journal.tenant(organization, inside)):
            return known
        tenant, whole, sparing = Tenant(organization), True, self._asking_once()
        for kind in kinds:
            above = {_ABOVE: organization.id}
            try:
                if kind.token in across:
                    for id_ in across[kind.token].get(organization.id, ()):
                        tenant.children += sparing._one(kind, above, id_)  # noqa: SLF001 - of the same class
                elif self._may_have(organization, kind):
                    tenant.children += list(sparing._all(kind, above))  # noqa: SLF001 - of the same class
            except (EndpointMissing, Forbidden, Invalid, NotFound) as error:
                if not (_is_feature(kind) or isinstance(error, Forbidden)):
                    raise
                refusals[kind.token].append((organization.label, str(error)))
                whole = whole and _is_feature(kind)
        if whole and self.journal:
            self.journal.add(tenant)
        return tenant

    def _without_inherited(self, tenant: Tenant, shared: Sequence[Existing]) -> Tenant:
        """A tenant without what its settings say as the environment or the organization says it."""
        own = (
            each if each.key in self.always else own_part(each, tenant.organization, shared) for each in tenant.children
        )
        return Tenant(tenant.organization, [each for each in own if each])

    def is_gone(self, kind: Kind, import_id: str) -> bool:
        """Whether an object that no list named is known to be gone: a list leaves out what says nothing, a read does not."""
        try:
            return self._live(kind, import_id) is None
        except ScalekitError:
            return False

    def _organization_gone(self, organization: Existing, below: Sequence[Kind]) -> bool:
        return Objects(below[0], self.environment).parent_gone({_ABOVE: organization.id})

    def _may_have(self, organization: Existing, kind: Kind) -> bool:
        feature = kind.api.inventory.feature if kind.api.inventory else ""
        return not feature or bool((organization.state.get("features") or {}).get(feature))

    def _all(self, kind: Kind, above: Values) -> Iterator[Existing]:
        """All objects of a kind in the environment or in one organization."""
        if not kind.api.listings:
            yield from self._setting(kind, above)
            return
        for each in self._listed(kind, above):
            # A list of ids alone holds no objects.
            if kind.api.listings[0].whole and each.body:
                yield self._taken(kind, each.import_id, each.values(f"listing every {kind.words}"))
            else:
                yield from self._one(kind, each.above, each.id)

    def _listed(self, kind: Kind, above: Values) -> Iterator[Listed]:
        """What the list of a kind names in an organization, or in all of them where it needs none."""
        doing = f"listing every {kind.words}"
        for page in self.environment.pages(kind.api.listings[0], above, doing):
            yield from listed(kind, page.items, above, doing)

    def _one(self, kind: Kind, above: Values, id: str) -> Iterator[Existing]:
        """An object that a list names. It may be gone meanwhile."""
        import_id = kind.import_id(above, id)
        live = self._live(kind, import_id)
        if live is not None and (not kind.api.setting_of or self._says_something(kind, import_id, live)):
            yield self._taken(kind, import_id, live)

    def _live(self, kind: Kind, import_id: str) -> Values | None:
        objects = Objects(kind, self.environment)
        id_, parameters = lifecycle.parse(objects, import_id, {})
        return objects.read(id_, parameters, f"reading {kind.words} {import_id}")

    def _setting(self, kind: Kind, above: Values) -> Iterator[Existing]:
        import_id = Objects(kind, self.environment).setting_id(above, f"reading {kind.words}")
        live = self._live(kind, import_id)
        if live is not None and self._says_something(kind, import_id, live):
            yield self._taken(kind, import_id, live)

    def _says_something(self, kind: Kind, import_id: str, live: Values) -> bool:
        """Whether a setting is taken: one that is set, or that the stack has."""
        return (kind.token, import_id) in self.always or lifecycle.is_set(kind, live, everything=self.everything)

    def _taken(self, kind: Kind, import_id: str, live: Values) -> Existing:
        return taken(Objects(kind, self.environment), import_id, live, everything=self.everything)

    def _by_organization(self, kind: Kind) -> dict[str, list[str]]:
        """The ids of all objects of a kind that the environment lists, by their organization."""
        ids: dict[str, list[str]] = defaultdict(list)
        for each in self._listed(kind, {}):
            ids[str(each.above[_ABOVE])].append(each.id)
        return ids


def is_below(kind: Kind) -> bool:
    """Whether objects of a kind are in an organization."""
    return _ABOVE in kind.by_name


def _is_feature(kind: Kind) -> bool:
    """Whether a refusal to read a setting may mean that the environment does not have it."""
    return bool(kind.api.needs and not kind.api.listings)


def _lists_across(kind: Kind) -> bool:
    """Whether one list holds the objects of all organizations."""
    return is_below(kind) and bool(kind.api.listings) and _ABOVE not in kind.api.listings[0].parameters
