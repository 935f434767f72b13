"""Which tenant a resource belongs to, and what people call the tenant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pulumi_scalekit.lifecycle import Change
from pulumi_scalekit.model.field import UNKNOWN
from pulumi_scalekit.stack.resource import NOT_KNOWN, StackResource

ORGANIZATION = "organization_id"
"""The property that names a resource's organization."""


@dataclass(frozen=True)
class Tenant:
    """An organization of the program, or one that the program only names.

    Attributes:
        key: Tells it from the others; empty for what belongs to every tenant.
        title: What people call it.
        id: The API's id; empty where it is not there yet.
        named: Its name is known.

    """

    key: str
    title: str
    id: str = ""
    named: bool = True

    @property
    def id_beside_title(self) -> str:
        """The id where it says more than the title; empty otherwise."""
        return self.id if self.id != self.title else ""


ENVIRONMENT = Tenant("", "All tenants")
"""What belongs to the environment: roles, permissions, applications."""


class Tenants:
    """The tenants of a stack.

    Args:
        resources: Its resources.

    """

    def __init__(self, resources: Iterable[StackResource]) -> None:
        self._by_urn: dict[str, Tenant] = {}
        self._by_id: dict[str, Tenant] = {}
        for resource in resources:
            if resource.kind and resource.kind.api.cascades_to:
                title = resource.kind.title(resource.shown) or resource.name
                # The new state of what stays has no id.
                known = self._by_urn.get(resource.urn)
                tenant = Tenant(resource.urn, title, resource.id or (known.id if known else ""))
                self._by_urn[resource.urn] = tenant
                if resource.id:
                    self._by_id[resource.id] = tenant

    def of(self, resource: StackResource) -> Tenant:
        """The tenant of a resource."""
        if resource.urn in self._by_urn:
            return self._by_urn[resource.urn]
        if resource.kind is None or ORGANIZATION not in resource.kind.by_name:
            return ENVIRONMENT
        for urn in resource.owners.get(ORGANIZATION, ()):
            if urn in self._by_urn:
                return self._by_urn[urn]
        organization = resource.inputs.get(ORGANIZATION)
        if isinstance(organization, str) and organization:
            return self._by_id.get(organization) or Tenant(organization, organization, organization, named=False)
        # It comes from a resource that the preview does not list.
        urn = next(iter(resource.owners.get(ORGANIZATION, ())), "")
        name = urn.rpartition("::")[2] or "a tenant that is not known yet"
        return Tenant(urn or UNKNOWN.value, name, named=False)


class Names:
    """What people call the objects of a stack, in place of their ids.

    Args:
        resources: The resources of the stack.

    """

    def __init__(self, resources: Iterable[StackResource]) -> None:
        self._by_id: dict[str, str] = {}
        self._by_urn: dict[str, str] = {}
        for resource in resources:
            title = resource.kind.title(resource.shown) if resource.kind else ""
            self._by_urn[resource.urn] = title or resource.name
            if resource.id and title and "_" in resource.id:
                self._by_id[resource.id] = f"{title} ({resource.id})"

    def in_change(self, resource: StackResource, change: Change) -> Change:
        """A change whose values name objects instead of ids, and what an id will come from."""
        name = (
            next((field.name for field in resource.kind.inputs if field.state == change.path), "")
            if resource.kind
            else ""
        )
        sources = [self._by_urn[urn] for urn in resource.owners.get(name, ()) if urn in self._by_urn]
        return replace(change, old=self._named(change.old, []), new=self._named(change.new, sources))

    def _named(self, value: Any, sources: list[str]) -> Any:
        if isinstance(value, list):
            if NOT_KNOWN in value and sources:
                return [item for item in value if item != NOT_KNOWN and item not in self._by_id] + sources
            return [self._named(item, []) for item in value]
        if value == NOT_KNOWN and len(sources) == 1:
            return f"of {sources[0]}, {NOT_KNOWN.strip('()')}"
        return self._by_id.get(value, value) if isinstance(value, str) else value
