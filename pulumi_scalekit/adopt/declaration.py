"""What a program declares of each object: its logical name, and references in place of ids and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_scalekit.adopt.existing import Existing
from pulumi_scalekit.adopt.inventory import Inventory
from pulumi_scalekit.adopt.names import Names
from pulumi_scalekit.model.field import Field
from pulumi_scalekit.model.registry import KINDS


@dataclass(frozen=True)
class Reference:
    """An output of another resource of the program."""

    to: Existing
    output: str


@dataclass(frozen=True)
class Declaration:
    """A resource of the program.

    Attributes:
        existing: What it declares.
        name: Its logical name.
        inputs: By Python name, in the order of the properties; a `Reference` where another object is meant.
        protect: Whether Pulumi refuses to delete it.

    """

    existing: Existing
    name: str
    inputs: dict[str, Any]
    protect: bool


@dataclass(frozen=True)
class Group:
    """What stands together: an organization with what is in it, or what belongs to the environment.

    Attributes:
        name: The organization's logical name; empty for the environment.
        declarations: What others refer to comes first.

    """

    name: str
    declarations: list[Declaration]


def declare(inventory: Inventory, fresh: Iterable[Existing], held: Mapping[tuple[str, str], str]) -> list[Group]:
    """The resources of a program.

    Args:
        inventory: What the environment holds.
        fresh: The objects of it that are declared: those that no stack has.
        held: The logical names that the stack has, by type and import id.

    """
    wanted = {each.key for each in fresh}
    names = Names((name, KINDS[token].words) for (token, _), name in held.items())
    named: dict[tuple[str, str], str] = {}
    # Tenants first: their names are what people look for.
    for tenant in inventory.tenants:
        if tenant.organization.key in wanted:
            named[tenant.organization.key] = names.name(tenant.organization)
    for each in inventory.shared:
        if each.key in wanted:
            named[each.key] = names.name(each)
    known = {
        (each.kind.name, each.id): each
        for each in (*inventory.shared, *_organizations(inventory))
        if each.key in wanted
    }
    groups = [Group("", _declarations([each for each in inventory.shared if each.key in wanted], known, named))]
    for tenant in inventory.tenants:
        key = tenant.organization.key
        # An organization that may not be declared has no name in the program or the stack.
        above = named.get(key) or held.get(key) or names.name(tenant.organization)
        children = sorted((each for each in tenant.children if each.key in wanted), key=_age)
        for each in children:
            named[each.key] = names.name(each, above)
        here = {**known, **{(each.kind.name, each.id): each for each in children}}
        whole = [*([tenant.organization] if tenant.organization.key in wanted else []), *children]
        if whole:
            groups.append(Group(above, _declarations(whole, here, named)))
    return [group for group in groups if group.declarations]


def _age(existing: Existing) -> tuple[str, str, str]:
    """Kinds in their order, and the older object first."""
    place = f"{list(KINDS).index(existing.kind.token):02}"
    return place, str(existing.state.get("create_time", "")), existing.id


def _organizations(inventory: Inventory) -> list[Existing]:
    return [tenant.organization for tenant in inventory.tenants]


def _declarations(
    objects: list[Existing], known: Mapping[tuple[str, str], Existing], named: Mapping[tuple[str, str], str]
) -> list[Declaration]:
    inputs = {each.key: _referring(each, known) for each in objects}
    ordered: dict[tuple[str, str], Existing] = {}
    mine = {each.key: each for each in objects}

    def place(each: Existing, above: tuple[tuple[str, str], ...] = ()) -> None:
        if each.key in ordered or each.key in above:
            return
        for other in references(inputs[each.key]):
            if other.to.key in mine:
                place(other.to, (*above, each.key))
        ordered[each.key] = each

    for each in objects:
        place(each)
    return [
        Declaration(each, named[key], inputs[key], protect=bool(each.kind.api.cascades_to))
        for key, each in ordered.items()
    ]


def _referring(each: Existing, known: Mapping[tuple[str, str], Existing]) -> dict[str, Any]:
    """The inputs in the order of the properties, with references where the named object is declared too."""

    def refer(field: Field, value: Any) -> Any:
        if isinstance(value, list):
            return [refer(field, item) for item in value]
        for source in field.refers_to if isinstance(value, str) else ():
            kind, output = source.split(".")
            other = known.get((kind, value))
            if other and other.key != each.key:
                return Reference(other, output)
        return value

    return {
        field.name: refer(field, each.inputs[field.name]) for field in each.kind.inputs if field.name in each.inputs
    }


def references(value: Any) -> list[Reference]:
    """Every reference in a value."""
    if isinstance(value, Reference):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for item in inner for found in references(item)]
