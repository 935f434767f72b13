"""What a program declares of each object: its logical name, and references in place of ids and names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
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
    shared = (each for each in (*inventory.shared, *_organizations(inventory)) if each.key in wanted)
    known = _by_output(shared)
    groups = [Group("", _declarations([each for each in inventory.shared if each.key in wanted], known, named))]
    for tenant in inventory.tenants:
        key = tenant.organization.key
        # An organization that may not be declared has no name in the program or the stack.
        above = named.get(key) or held.get(key) or names.name(tenant.organization)
        children = sorted((each for each in tenant.children if each.key in wanted), key=_age)
        for each in children:
            named[each.key] = names.name(each, above)
        here = {**known, **_by_output(children)}
        whole = [*([tenant.organization] if tenant.organization.key in wanted else []), *children]
        if whole:
            groups.append(Group(above, _declarations(whole, here, named)))
    return [group for group in groups if group.declarations]


def _age(existing: Existing) -> tuple[str, str, str]:
    """Kinds in their order, and the older object first."""
    place = f"{list(KINDS).index(existing.kind.token):02}"
    return place, str(existing.state.get("create_time", "")), existing.id


def _by_output(objects: Iterable[Existing]) -> dict[tuple[str, str], Existing]:
    """The objects by the outputs that some property refers to: `("Domain.id", "dom_1")`.

    Not by one that two have, nor by one that a program may leave out: a type checker takes it for one that may be missing.
    """
    known: dict[tuple[str, str], Existing] = {}
    several = set()
    for each in objects:
        for output in _referred().get(each.kind.name, ()):
            field = each.kind.by_name.get(output)
            value = each.id if field is None else each.state.get(output)
            if isinstance(value, str) and (field is None or field.required or field.output):
                key = f"{each.kind.name}.{output}", value
                several.update({key} & known.keys())
                known[key] = each
    return {key: each for key, each in known.items() if key not in several}


@cache
def _referred() -> Mapping[str, set[str]]:
    """By resource, the outputs that some property refers to."""
    outputs = defaultdict(set)
    for kind in KINDS.values():
        for source in _sources(kind.inputs):
            name, output = source.split(".")
            outputs[name].add(output)
    return outputs


def _sources(fields: Iterable[Field]) -> Iterator[str]:
    """What properties refer to, those of their blocks included."""
    for field in fields:
        yield from field.refers_to
        yield from _sources((field.shape.item or field.shape).fields)


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
        block = field.shape.item or field.shape
        if isinstance(value, dict) and block.name == "block":
            return {name: refer(block.by_name[name], item) for name, item in value.items()}
        return named(field, value) if isinstance(value, str) else value

    def named(field: Field, value: str) -> Reference | str:
        for source in field.refers_to:
            other = known.get((source, value))
            if other and other.key != each.key:
                return Reference(other, source.partition(".")[2])
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
