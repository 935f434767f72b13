"""Puts a report together from what the stacks declare and what was read."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.adopt.existing import Existing
from pulumi_scalekit.model.check_failures import state_path
from pulumi_scalekit.model.declarations import Declarations
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import Finding, Policy
from pulumi_scalekit.model.x509_details import details
from pulumi_scalekit.pages.values import in_words
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.report.drift import drift, touched, whole_tenants
from pulumi_scalekit.report.earlier import Earlier
from pulumi_scalekit.report.happening import date, happening, of_setting
from pulumi_scalekit.report.managed import Managed
from pulumi_scalekit.report.reading import Reading
from pulumi_scalekit.report.report import Certificate, Health, Report, Setting, TenantReport, Unmanaged
from pulumi_scalekit.stack.tenants import ENVIRONMENT, ORGANIZATION, Tenant

_LONGEST_INCLUDE = 20
"""Patterns on a command line."""


class Assembly:
    """A report in the making.

    Args:
        here: The environment.
        reading: What was read.
        policy: Which rules a team wants to hear.
        earlier: The last report.

    """

    def __init__(self, here: Environment, reading: Reading, policy: Policy, earlier: Earlier | None) -> None:
        self._here, self._held, self._reading = here, reading.held, reading
        self._policy, self._earlier = policy, earlier
        self._tenants: dict[str, TenantReport] = {}
        self._by_key = {each.key: each for each in reading.held}
        self._own_keys: dict[str, str] = {}

    def report(self, stacks: Sequence[str], elsewhere: Counter[str]) -> Report:
        """The report."""
        self._name_tenants()
        self._add_drift()
        certificates = list(self._look_at_objects())
        tenants = [each for each in self._tenants.values() if each.says_something or each.settings]
        undated = date(self._here, [happened for each in tenants for happened in each.happenings])
        return Report(
            environment_url=self._here.url,
            stacks=tuple(stacks),
            made=datetime.now(timezone.utc),
            tenants=tuple(sorted(tenants, key=lambda each: (each.rank, each.tenant.title.casefold()))),
            certificates=tuple(sorted(certificates, key=lambda each: (each.details.valid_until, each.tenant))),
            managed=len(self._held),
            elsewhere=dict(elsewhere),
            unreadable=tuple(self._reading.unreadable),
            hidden=sum(each.hidden for each in self._held),
            include=self._include(),
            undated=undated,
        )

    def _name_tenants(self) -> None:
        self._tenants[""] = TenantReport(ENVIRONMENT)
        for each in self._held:
            if each.kind.api.cascades_to:
                self._name(each.resource.id, each.kind.title(each.resource.shown) or each.resource.name)
        for tenant in self._reading.inventory.tenants:
            organization = tenant.organization
            mine = self._by_key.get(organization.key)
            known = mine.without_secrets(organization.live) if mine else organization.live
            self._name(organization.id, organization.kind.title(known) or organization.id)
            self._own_keys[organization.id] = str(
                organization.live.get(organization.kind.api.unique) or organization.id
            )

    def _name(self, id: str, title: str) -> None:
        self._tenants[id] = TenantReport(Tenant(id, title, id))

    def _of(self, id: str, values: Values) -> TenantReport:
        """The tenant of an object."""
        owner = id if id in self._tenants else str(values.get(ORGANIZATION) or "")
        if owner not in self._tenants:
            self._tenants[owner] = TenantReport(Tenant(owner, owner, owner, named=False))
        return self._tenants[owner]

    def _add_drift(self) -> None:
        found = self._reading.found
        gone = {each.resource.id for each in self._held if found.get(each.resource.urn, each) is None}
        with_tenant = whole_tenants(self._held, gone)
        for each in self._held:
            if each.resource.urn not in found:
                continue
            if each.resource.id in gone and each.state.get(ORGANIZATION) in with_tenant:
                # It went with its organization, which is told.
                continue
            drifted = drift(each, found[each.resource.urn], gone, self._policy, with_tenant.get(each.resource.id, 0))
            if drifted:
                self._of(each.resource.id, each.state).drift.append(drifted)

    def _look_at_objects(self) -> Iterator[Certificate]:
        """What is not declared, not managed or not healthy, and the certificates."""
        declared = Declarations()
        for each in self._reading.inventory.objects:
            tenant = self._of(each.id, each.state)
            mine = self._by_key.get(each.key)
            label = mine.label if mine else each.kind.label(each.live)
            if mine is None:
                made = happening("created", each.kind, each.id, each.state)
                tenant.unmanaged.append(Unmanaged(label, each.kind.words, each.import_id, made))
            else:
                tenant.settings += self._settings(each, mine, label)
            # What was told as drift, or follows from it, is not told again.
            now = self._reading.found.get(mine.resource.urn) if mine else None
            told = touched(mine, now) if mine and now else set[str]()
            tenant.health += [
                Health(label, finding)
                for finding in self._findings(each, mine.for_rules(each.live) if mine else each.live, declared)
                if finding.path not in told
            ]
            for text in _certificates(each.live):
                if found := details(text):
                    yield Certificate(label, tenant.tenant.title, found, managed=mine is not None)

    def _settings(self, each: Existing, mine: Managed, label: str) -> Iterator[Setting]:
        declared = _leaves(each, mine.state)
        there = {path: value for path, value in _leaves(each, each.inputs).items() if path not in declared}
        there = {path: value for path, value in there.items() if not mine.is_secret(path)}
        key = each.import_id
        for path, value in there.items():
            before = self._earlier.differs(key, path, value) if self._earlier else None
            change = of_setting(path, value, each.kind, each.id, each.state) if before is not None else None
            yield Setting(label, key, path, value, before, change)
        if self._earlier:
            # What is declared by now is the team's.
            for path, value in self._earlier.missing(key, {*there, *declared}):
                change = of_setting(path, in_words(None), each.kind, each.id, each.state)
                yield Setting(label, key, path, in_words(None), value, change)

    def _findings(self, each: Existing, values: Values, declared: Declarations) -> Iterator[Finding]:
        yield from lifecycle.findings(
            each.kind,
            {},
            values,
            policy=self._policy,
            declarations=declared,
            resource=each.import_id,
            standing=True,
        )
        for rule in each.kind.health:
            if severity := self._policy.severity(rule):
                for path, sentence in rule.of_values(values):
                    yield Finding(rule.name, severity, state_path(each.kind, path.split(".")), sentence)

    def _include(self) -> str:
        """The command that brings what is not managed under code."""
        names = []
        for each in self._reading.inventory.objects:
            if each.key in self._by_key:
                continue
            tenant = self._of(each.id, each.state).tenant
            own = self._own_keys.get(tenant.id, tenant.id)
            if own and own not in names:
                names.append(own)
        if not names:
            return ""
        if len(names) > _LONGEST_INCLUDE:
            return "pulumi-scalekit adopt --out FOLDER"
        return " ".join(["pulumi-scalekit adopt --out FOLDER", *(f"--include {shlex.quote(name)}" for name in names)])


def _leaves(each: Existing, values: Mapping[str, Any]) -> dict[str, str]:
    """What is set, in words, by path: of blocks and maps each key."""
    found = {}
    for change in lifecycle.set_in(each.kind, dict(values)):
        if change.new is not None and not change.secret and change.path.split(".")[0] not in _above(each):
            found[change.path] = in_words(change.new)
    return found


def _above(each: Existing) -> list[str]:
    return [each.kind.by_name[name].state for name in each.kind.api.parameters if name in each.kind.by_name]


def _certificates(live: Values) -> Iterator[str]:
    """The certificates that an object holds, each once."""
    listed = live.get("idp_certificates")
    held = [each.get("certificate") for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    yield from dict.fromkeys(text for text in held if isinstance(text, str) and text)
