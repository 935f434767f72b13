"""The report: drift, what the customer owns, what is not managed, what is not healthy, by tenant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pulumi_scalekit.lifecycle import SEVERITIES, Change
from pulumi_scalekit.model.finding import Finding
from pulumi_scalekit.model.x509_details import CertificateDetails
from pulumi_scalekit.report.happening import Happening
from pulumi_scalekit.stack.tenants import Tenant


@dataclass(frozen=True)
class Drift:
    """A managed object that is not as it is declared.

    Attributes:
        label: What people call it: `connection "OKTA"`.
        name: Its name in the program.
        urn: Its URN.
        stack: The stack that has it.
        gone: It was deleted.
        sentence: What that means for the people of the customer; empty where a finding says it.
        repair: What a repair does not bring back; empty where it brings back everything.
        changes: The properties: declared and as they are.
        findings: What the rules say of it.
        happening: What may have a date of it; None where Scalekit keeps no events of it.

    """

    label: str
    name: str
    urn: str
    stack: str
    gone: bool
    sentence: str
    repair: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    happening: Happening | None = None


@dataclass(frozen=True)
class Setting:
    """A property that has a value and is declared nowhere: the customer's, or a colleague's.

    Attributes:
        label: The object that it belongs to.
        key: Tells the object from others, for the next report.
        path: The property.
        value: In words.
        before: What the last report had, in words; None where it is the same or there is no last report.
        happening: What may have a date of its change.

    """

    label: str
    key: str
    path: str
    value: str
    before: str | None = None
    happening: Happening | None = None


@dataclass(frozen=True)
class Unmanaged:
    """An object that no stack of the report has."""

    label: str
    kind: str
    import_id: str
    happening: Happening | None = None


@dataclass(frozen=True)
class Health:
    """What is not healthy about an object as it is, managed or not."""

    label: str
    finding: Finding


@dataclass(frozen=True)
class Certificate:
    """A certificate of an identity provider that Scalekit holds."""

    label: str
    tenant: str
    details: CertificateDetails
    managed: bool


@dataclass
class TenantReport:
    """All that is to say of one tenant."""

    tenant: Tenant
    drift: list[Drift] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    unmanaged: list[Unmanaged] = field(default_factory=list)
    health: list[Health] = field(default_factory=list)

    @property
    def happenings(self) -> list[Happening]:
        """What may have a date."""
        told: tuple[Drift | Setting | Unmanaged, ...] = (*self.drift, *self.settings, *self.unmanaged)
        return [each.happening for each in told if each.happening]

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Its place, worst first: what is gone, what has drifted, then how much the rest matters."""
        findings = [each.finding for each in self.health]
        findings += [finding for each in self.drift for finding in each.findings]
        worst = min((SEVERITIES.index(each.severity) for each in findings), default=len(SEVERITIES))
        return not any(each.gone for each in self.drift), not self.drift, worst

    @property
    def says_something(self) -> bool:
        changed = any(each.before is not None for each in self.settings)
        return bool(self.drift or self.unmanaged or self.health or changed)


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes:
        environment_url: The environment.
        stacks: The stacks that it is compared with.
        made: When it was made, UTC.
        tenants: Worst first.
        certificates: By expiry.
        managed: How many objects the stacks have in this environment.
        elsewhere: How many they have in other environments, by URL.
        unreadable: What could not be read, and why.
        hidden: Secret values that the states do not show, and that were not compared.
        include: The line that brings what is not managed under code; empty where there is nothing.
        undated: Why Scalekit's events could not be read, a sentence; empty where they were, or there was nothing to date.

    """

    environment_url: str
    stacks: tuple[str, ...]
    made: datetime
    tenants: tuple[TenantReport, ...]
    certificates: tuple[Certificate, ...]
    managed: int
    elsewhere: dict[str, int]
    unreadable: tuple[tuple[str, str], ...]
    hidden: int
    include: str
    undated: str = ""

    @property
    def dated(self) -> bool:
        """Whether it tells when something happened."""
        return any(each.at for tenant in self.tenants for each in tenant.happenings)

    @property
    def drifted(self) -> list[Drift]:
        return [each for tenant in self.tenants for each in tenant.drift]

    @property
    def unmanaged(self) -> list[Unmanaged]:
        return [each for tenant in self.tenants for each in tenant.unmanaged]

    @property
    def health(self) -> list[Health]:
        return [each for tenant in self.tenants for each in tenant.health]

    @property
    def settings(self) -> list[Setting]:
        return [each for tenant in self.tenants for each in tenant.settings]
