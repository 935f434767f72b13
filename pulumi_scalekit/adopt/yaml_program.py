"""A program in Pulumi's YAML: the resources of a `Pulumi.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from pulumi_scalekit.adopt.declaration import Declaration, Group, Reference
from pulumi_scalekit.model.field import Shape


class Text(str):
    """A text that is written in quotes, so that `1e3`, `True` and `null` stay texts for every reader of YAML."""

    __slots__ = ()


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


Dumper.add_representer(Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def resources(groups: Sequence[Group]) -> str:
    """The `resources:` of a `Pulumi.yaml`."""
    declarations = [each for group in groups for each in group.declarations]
    names = {each.existing.key: each.name for each in declarations}
    listed = {Text(each.name): _resource(each, names) for each in declarations}
    return yaml.dump({"resources": listed}, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)


def text(value: str) -> str:
    """A text as YAML writes it."""
    return yaml.dump(Text(value), Dumper=Dumper, allow_unicode=True, width=1000).strip()


def _resource(declaration: Declaration, names: dict[tuple[str, str], str]) -> dict[str, Any]:
    kind = declaration.existing.kind
    resource = {"type": f"scalekit:{kind.name}", "properties": _value(kind.shape, declaration.inputs, names)}
    if declaration.protect:
        resource["options"] = {"protect": True}
    return resource


def _value(shape: Shape | None, value: Any, names: dict[tuple[str, str], str]) -> Any:
    if isinstance(value, Reference):
        field = value.to.kind.by_name.get(value.output)
        return Text(f"${{{names[value.to.key]}.{field.state if field else value.output}}}")
    if isinstance(value, str):
        return Text(value.replace("${", "$${"))
    if isinstance(value, dict):
        fields = shape.by_name if shape else {}
        if fields:
            return {fields[name].state: _value(fields[name].shape, item, names) for name, item in value.items()}
        return {Text(name.replace("${", "$${")): _value(None, item, names) for name, item in value.items()}
    if isinstance(value, list):
        return [_value(shape.item if shape else None, item, names) for item in value]
    return value
