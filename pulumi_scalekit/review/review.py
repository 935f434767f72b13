"""A review: what a preview would change, by tenant, worst first, with what it means for the people who sign in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pulumi_scalekit import lifecycle
from pulumi_scalekit.lifecycle import Change
from pulumi_scalekit.model.declarations import Declarations
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import Finding, Policy, ResourceChange
from pulumi_scalekit.review.preview import Operation, Preview, Step
from pulumi_scalekit.stack.resource import StackResource
from pulumi_scalekit.stack.tenants import Names, Tenant, Tenants

WORST_FIRST: tuple[Operation, ...] = ("delete", "replace", "update", "create", "import")
"""The operations that change something."""
_ORGANIZATION = "organizationId"


@dataclass(frozen=True)
class Reviewed:
    """What happens to one resource.

    Attributes:
        label: What people call it: `connection "OKTA"`.
        name: Its name in the program.
        urn: Its URN.
        operation: What the engine would do.
        sentence: What it means for the people of the customer; empty where a finding says it.
        changes: The changed properties; of a new resource the declared ones.
        findings: What the rules say.

    """

    label: str
    name: str
    urn: str
    operation: Operation
    sentence: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Its place, worst first."""
        severities = [lifecycle.SEVERITIES.index(finding.severity) for finding in self.findings]
        return min(severities, default=len(lifecycle.SEVERITIES)), (*WORST_FIRST, "same").index(self.operation)


@dataclass
class ReviewedTenant:
    """What happens to one tenant."""

    tenant: Tenant
    resources: list[Reviewed] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int]:
        return min(resource.rank for resource in self.resources)


@dataclass(frozen=True)
class Review:
    """All that a preview would change.

    Attributes:
        tenants: The tenants that change, worst first.
        errors: Why the preview failed: (what it is about, text).
        totals: Resources of Scalekit by operation.
        others: Resources of other providers by operation, without those that stay.
        severities: Findings by severity.
        nameless: Tenants whose name the preview does not tell.

    """

    tenants: tuple[ReviewedTenant, ...]
    errors: tuple[tuple[str, str], ...]
    totals: Counter[Operation]
    others: Counter[Operation]
    severities: Counter[str]
    nameless: int

    @property
    def failed(self) -> bool:
        """Whether nothing can be applied: the preview failed, or a finding is an error."""
        return bool(self.errors or self.severities["error"])

    @property
    def changes(self) -> int:
        """How many resources change."""
        return sum(self.totals[operation] for operation in WORST_FIRST)


def review(preview: Preview, tenants: Tenants | None = None) -> Review:
    """Review a preview.

    Args:
        preview: What `pulumi preview --json` wrote.
        tenants: The tenants of the stack's state, for names that the preview leaves out.

    """
    resources = [either for step in preview.steps for either in (step.old, step.new) if either]
    known, names = Tenants(resources), Names(resources)
    policy, declared = Policy.of(preview.config), defaultdict[str, Declarations](Declarations)
    totals, others = Counter[Operation](), Counter[Operation]()
    by_tenant: defaultdict[str, list[Reviewed]] = defaultdict(list)
    by_key: dict[str, Tenant] = {}
    # What stays first: what it shares with something new is said of the new one, which is shown.
    for step in sorted(preview.steps, key=lambda step: step.operation in WORST_FIRST):
        kind = step.resource.kind
        if kind is None:
            if step.operation in WORST_FIRST and "pulumi:providers:" not in step.resource.urn:
                others[step.operation] += 1
            continue
        totals[step.operation] += 1
        tenant = known.of(step.resource)
        if not tenant.named and tenants:
            tenant = tenants.of(step.resource)
        found = _findings(step, policy, declared[_environment_of_setting(step.resource)])
        if step.operation in WORST_FIRST or (step.unprotected and found):
            by_key[tenant.key] = tenant
            by_tenant[tenant.key].append(_reviewed(step, found, names))
    listed = [
        ReviewedTenant(by_key[key], sorted(found, key=lambda each: (each.urn != key, each.rank, each.label)))
        for key, found in by_tenant.items()
    ]
    severities = Counter[str](finding.severity for each in listed for one in each.resources for finding in one.findings)
    return Review(
        tenants=tuple(sorted(listed, key=lambda each: (each.rank, each.tenant.title.casefold()))),
        errors=tuple((urn.rpartition("::")[2], text) for urn, text in preview.errors),
        totals=totals,
        others=others,
        severities=severities,
        nameless=sum(not each.tenant.named for each in listed),
    )


def _reviewed(step: Step, found: tuple[Finding, ...], names: Names) -> Reviewed:
    resource, kind = step.resource, step.resource.kind
    assert kind is not None  # noqa: S101 - asked by the caller
    change = _change(step)
    return Reviewed(
        label=kind.label(resource.shown),
        name=resource.name,
        urn=resource.urn,
        operation=step.operation,
        sentence=kind.consequence(change) if kind.consequence and step.operation not in ("import", "same") else "",
        changes=tuple(names.in_change(step.resource, change) for change in _changes(step)),
        findings=found,
    )


def _change(step: Step) -> ResourceChange:
    before, after = step.old.inputs if step.old else {}, step.new.inputs if step.new else {}
    return ResourceChange(before, after, step.operation == "replace", step.unprotected)


def _findings(step: Step, policy: Policy, declared: Declarations) -> tuple[Finding, ...]:
    kind, change = step.resource.kind, _change(step)
    if kind is None or step.operation == "read":
        return ()
    return tuple(
        lifecycle.findings(
            kind,
            change.before,
            change.after,
            policy=policy,
            declarations=declared,
            resource=step.resource.urn,
            replaced=change.replaced,
            unprotected=change.unprotected,
        )
    )


def _environment_of_setting(resource: StackResource) -> str:
    """What tells two environments' settings apart, of which nothing but their provider does; empty for all else."""
    api, names = resource.kind.api if resource.kind else None, resource.kind.by_name if resource.kind else {}
    is_setting = api and api.setting_of and (api.is_of_environment or api.setting_of not in names)
    return resource.provider if is_setting else ""


def _changes(step: Step) -> Iterator[Change]:
    """The changed properties, worst first: what replaces stands before the rest."""
    kind = step.resource.kind
    if kind is None or step.operation == "delete":
        return
    before: Values = step.old.shown if step.old else {}
    after: Values = step.new.shown if step.new else {}
    found = [
        change
        for change in (lifecycle.changes_between(kind, before, after) if before else lifecycle.set_in(kind, after))
        # It stands below its tenant.
        if step.operation == "replace" or change.path != _ORGANIZATION
    ]
    yield from sorted(found, key=lambda change: not change.replaces)
    paths = [change.path for change in found]
    for path in step.changed if step.operation in ("update", "replace") else ():
        # The engine says that it changes, and both values are hidden.
        if not any(
            known == path or known.startswith((f"{path}.", f"{path}[")) or path.startswith((f"{known}.", f"{known}["))
            for known in paths
        ):
            paths.append(path)
            yield Change(path, "update", replaces=False, secret=True)
