"""Tenants of one shape as a list in YAML, with one function of Python for all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from pulumi_scalekit.adopt.declaration import Declaration, Group, Reference, references
from pulumi_scalekit.adopt.names import slug
from pulumi_scalekit.adopt.yaml_program import Dumper, Text
from pulumi_scalekit.model.field import Field

_SCHEMA = "tenants.schema.json"
_TYPES = {"text": "str", "enum": "Any", "flag": "bool", "number": "int", "list": "list[Any]", "map": "dict[str, Any]"}
_JSON_TYPES = {
    "text": "string",
    "enum": "string",
    "flag": "boolean",
    "number": "integer",
    "list": "array",
    "map": "object",
}
_ABSENT = object()
_RESERVED = {"name", "pulumi", "scalekit", "environment", "tenants", "yaml"}
"""What the program has a use for already."""


@dataclass(frozen=True)
class Column:
    """What differs between the tenants of a roster.

    Attributes:
        name: The key in the roster, and the parameter of the function.
        field: The property.
        values: By tenant; absent where a tenant does not declare it.

    """

    name: str
    field: Field
    values: dict[str, Any]

    def is_optional(self, tenants: int) -> bool:
        """Whether a tenant does not have it."""
        return len(self.values) < tenants


@dataclass(frozen=True)
class Roster:
    """The tenants that have the most common shape: the same resources, whose values alone differ.

    Attributes:
        tenants: Each with the logical names that the function gives.
        others: What has another shape, and what belongs to no tenant.

    """

    tenants: list[Group]
    others: list[Group]

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Roster:
        """The roster of the tenants of a program. It is empty where no two have the same shape."""
        shapes = Counter(_shape(group) for group in groups if group.name)
        shape, number = shapes.most_common(1)[0] if shapes else ((), 0)
        # Only a tenant that begins with its organization is a whole one: of others, the stack has a part already.
        first = next((group for group in groups if group.name and _shape(group) == shape), None)
        if number < 2 or not first or not first.declarations[0].protect:  # noqa: PLR2004 - a shape is shared by two
            return cls([], list(groups))
        names = {each.name for group in groups for each in group.declarations}
        tenants, others = [], []
        for group in groups:
            named = [replace(each, name=name) for each, name in zip(group.declarations, _names(group), strict=True)]
            fresh = {each.name for each in named} - {each.name for each in group.declarations}
            if group.name and _shape(group) == shape and not fresh & names:
                tenants.append(Group(group.name, named))
            else:
                others.append(group)
        return cls(tenants, others)

    @property
    def groups(self) -> list[Group]:
        """Everything, with the names that it has in the program."""
        return [*self.tenants, *self.others]

    def files(self, environment: Callable[[Reference], str]) -> tuple[str, str, str]:
        """The function and its loop, the list of tenants, and the list's JSON schema.

        Args:
            environment: What stands for an object that is no tenant's.

        """
        columns: list[Column] = []
        body = [self._resource(number, columns, environment) for number in range(len(self.tenants[0].declarations))]
        parameters = [
            f"{column.name}: {_TYPES[column.field.shape.name]}" for column in columns if not self._optional(column)
        ]
        parameters += [
            f"{column.name}: {_TYPES[column.field.shape.name]} | None = None"
            for column in columns
            if self._optional(column)
        ]
        star = ", *, " if parameters else ""
        function = f"def tenant(name: str{star}{', '.join(parameters)}) -> None:\n    " + "\n    ".join(body)
        return function, self._list(columns), self._schema(columns)

    def _optional(self, column: Column) -> bool:
        return column.is_optional(len(self.tenants))

    def _list(self, columns: Sequence[Column]) -> str:
        entries = {
            Text(group.name): {
                column.name: _quoted(column.values[group.name]) for column in columns if group.name in column.values
            }
            for group in self.tenants
        }
        head = f"# yaml-language-server: $schema={_SCHEMA}\n"
        return head + yaml.dump(entries, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)

    def _schema(self, columns: Sequence[Column]) -> str:
        entry = {
            "type": "object",
            "properties": {
                column.name: {"type": _JSON_TYPES[column.field.shape.name], "description": column.field.description}
                for column in columns
            },
            "required": [column.name for column in columns if not self._optional(column)],
            "additionalProperties": False,
        }
        schema = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": entry}
        return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

    def _resource(self, number: int, columns: list[Column], environment: Callable[[Reference], str]) -> str:
        """The call that declares the resource at one place of the shape."""
        declared = [group.declarations[number] for group in self.tenants]
        first = declared[0]
        mine = {
            each.existing.key: _variable(self.tenants[0], place)
            for place, each in enumerate(self.tenants[0].declarations)
        }

        def referred(reference: Reference) -> str:
            known = mine.get(reference.to.key)
            return f"{known}.{reference.output}" if known else environment(reference)

        suffix = first.name[len(self.tenants[0].name) :]
        given = ["name" if not suffix else f'f"{{name}}{suffix}"']
        for field in first.existing.kind.inputs:
            values = [each.inputs.get(field.name, _ABSENT) for each in declared]
            if any(value is not _ABSENT for value in values):
                given.append(f"{field.name}={self._value(field, values, first, columns, referred)}")
        if first.protect:
            given.append("opts=pulumi.ResourceOptions(protect=True)")
        call = f"scalekit.{first.existing.kind.name}({', '.join(given)})"
        used = {reference.to.key for each in self.tenants[0].declarations for reference in references(each.inputs)}
        return f"{mine[first.existing.key]} = {call}" if first.existing.key in used else call

    def _value(
        self,
        field: Field,
        values: list[Any],
        of: Declaration,
        columns: list[Column],
        referred: Callable[[Reference], str],
    ) -> str:
        """What stands for a property: a constant, the tenant's name, or a column."""
        if references(values[0]):
            found = values[0]
            return f"[{', '.join(map(referred, found))}]" if isinstance(found, list) else referred(found)
        if field.shape.name == "block" and all(value is not _ABSENT for value in values):
            inner = []
            for key in field.shape.fields:
                below = [value.get(key.name, _ABSENT) for value in values]
                if any(value is not _ABSENT for value in below):
                    inner.append(f'"{key.name}": {self._value(key, below, of, columns, referred)}')
            return "{" + ", ".join(inner) + "}"
        if all(value == values[0] for value in values):
            return repr(values[0])
        if all(value == group.name for value, group in zip(values, self.tenants, strict=True)):
            return "name"
        places = range(len(self.tenants[0].declarations))
        variables = {_variable(self.tenants[0], place) for place in places}
        names = {column.name for column in columns} | variables | _RESERVED
        word = slug(of.existing.kind.words).replace("-", "_")
        name = next(each for each in _candidates(field.name, word) if each not in names)
        held = {group.name: value for group, value in zip(self.tenants, values, strict=True) if value is not _ABSENT}
        columns.append(Column(name, field, held))
        return name


def _candidates(name: str, word: str) -> Iterator[str]:
    yield from (name, f"{word}_{name}")
    number = 2
    while True:
        yield f"{word}_{number}_{name}"
        number += 1


def _shape(group: Group) -> tuple[Any, ...]:
    """What tenants have to share for one function to declare them: kinds, blocks, and what refers to what."""
    places = {each.existing.key: place for place, each in enumerate(group.declarations)}

    def reference(value: Any) -> Any:
        if isinstance(value, Reference):
            return places.get(value.to.key, value.to.key), value.output
        return tuple(map(reference, value)) if isinstance(value, list) else None

    return tuple(
        (
            each.existing.kind.name,
            tuple(
                (name, tuple(value) if _is_block(each, name) else reference(value))
                for name, value in each.inputs.items()
                if references(value) or _is_block(each, name)
            ),
        )
        for each in group.declarations
    )


def _is_block(declaration: Declaration, name: str) -> bool:
    """Whether a property is a block."""
    return declaration.existing.kind.by_name[name].shape.name == "block"


def _names(group: Group) -> list[str]:
    """The logical names that the function gives: by kind, numbered where there are several."""
    return [
        group.name if each.existing.kind.api.cascades_to else f"{group.name}-{_word(group, place)}"
        for place, each in enumerate(group.declarations)
    ]


def _word(group: Group, place: int) -> str:
    """What tells a resource of the function from the others: its kind, numbered where there are several."""
    kind = group.declarations[place].existing.kind
    before = sum(each.existing.kind is kind for each in group.declarations[:place])
    return slug(kind.words) + (f"-{before + 1}" if before else "")


def _variable(group: Group, place: int) -> str:
    """The variable for a resource in the function."""
    word = _word(group, place).replace("-", "_")
    # A property of the same name is likely to be a parameter.
    return f"tenant_{word}" if word in group.declarations[place].existing.kind.by_name else word


def _quoted(value: Any) -> Any:
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, dict):
        return {Text(key): _quoted(item) for key, item in value.items()}
    return [_quoted(item) for item in value] if isinstance(value, list) else value
