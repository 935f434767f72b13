"""Every kind and function as a Pulumi package schema. The committed `schema.yaml` is this, and so is what the plugin serves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pulumi_scalekit.model.field import Field, Shape
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.sentences import described
from pulumi_scalekit.model.setting import OF_A_PROVIDER, Setting
from pulumi_scalekit.publish import example

Json = dict[str, Any]

_HEAD = "# Generated from the resources by `make generated`. Do not edit.\n"
_NUMBERS: dict[str, str] = {"text": "string", "flag": "boolean", "number": "integer", "enum": "string"}

_SLUG = "pulumi-scalekit/pulumi-scalekit"
REPOSITORY = f"https://github.com/{_SLUG}"
PLUGINS = f"github://api.github.com/{_SLUG}"
"""Where Pulumi looks for the plugin of a version: the repository's releases."""
_LOGO = f"https://raw.githubusercontent.com/{_SLUG}/main/docs/logo.png"
NPM_PACKAGE = "pulumi-scalekit"
GO_PACKAGE = f"github.com/{_SLUG}/sdk/go/scalekit"

_LANGUAGE: Json = {
    "nodejs": {"packageName": NPM_PACKAGE, "respectSchemaVersion": True},
    "go": {"importBasePath": GO_PACKAGE, "respectSchemaVersion": True},
    "python": {"respectSchemaVersion": True},
    "csharp": {
        "namespaces": {"scalekit": "Scalekit"},
        "packageReferences": {"Pulumi": "3.*"},
        "respectSchemaVersion": True,
    },
    "java": {"buildFiles": "gradle"},
}


def as_yaml(kinds: Sequence[Kind], functions: Sequence[Function[Any]] = ()) -> str:
    """The schema as the committed file has it: sorted, without a version, so that a release does not touch it."""
    # Late: the plugin serves JSON.
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
            return True

    text: str = yaml.dump(package(kinds, functions), Dumper=Plain, sort_keys=True, width=120, allow_unicode=True)
    return _HEAD + text


def as_json(kinds: Sequence[Kind], functions: Sequence[Function[Any]], version: str) -> str:
    """The schema as the plugin serves it: with its version, and with what the code generators ask for.

    The latter is not in the committed file, because Pulumi reads it from JSON only.
    """
    return json.dumps({**package(kinds, functions), "version": version, "language": _LANGUAGE}, sort_keys=True)


def package(kinds: Sequence[Kind], functions: Sequence[Function[Any]]) -> Json:
    """The whole schema."""
    types: dict[str, Json] = {}
    resources = {kind.token: _resource(kind, types) for kind in kinds}
    settings = {setting.key: _setting(setting) for setting in OF_A_PROVIDER}
    served = {function.token: _function(function, types) for function in functions}
    return {
        "name": "scalekit",
        "displayName": "Scalekit",
        "description": "B2B tenants and their enterprise single sign-on at Scalekit, declared in code.",
        "keywords": ["pulumi", "scalekit", "sso", "saml", "oidc", "scim", "category/cloud", "kind/native"],
        "homepage": REPOSITORY,
        "repository": REPOSITORY,
        "logoUrl": _LOGO,
        "pluginDownloadURL": PLUGINS,
        "license": "Apache-2.0",
        "publisher": "The pulumi-scalekit authors",
        "config": {"variables": settings},
        "provider": {
            "description": "A Scalekit environment.",
            "inputProperties": settings,
            "aliases": [{"type": "pulumi:providers:pulumi-python"}],
        },
        "types": dict(sorted(types.items())),
        "resources": resources,
        "functions": served,
    }


def _setting(setting: Setting) -> Json:
    found: Json = {"type": "string", "description": f"{setting.description}."}
    if setting.secret:
        found["secret"] = True
    if setting.variable:
        found["defaultInfo"] = {"environment": [setting.variable]}
    return found


def _resource(kind: Kind, types: dict[str, Json]) -> Json:
    found: Json = {
        "description": kind.description + example.in_schema(kind.file_name),
        "inputProperties": {
            field.state: {
                **_property(field, types, replaces=field.name in kind.replacing),
                "description": described(field, kind),
            }
            for field in kind.inputs
        },
        "requiredInputs": sorted(field.state for field in kind.inputs if field.required),
        "properties": {field.state: _property(field, types, answer=True) for field in kind.fields},
        "required": sorted(field.state for field in kind.fields if field.required or field.name == "environment_url"),
        "aliases": [{"type": kind.dynamic_token}],
    }
    if kind.is_listable:
        found["listInputs"] = {
            "type": "object",
            "properties": {
                kind.by_name[name].state: _list_input(kind.by_name[name], needed=needed)
                for name, needed in kind.list_inputs.items()
            },
            "required": sorted(kind.by_name[name].state for name, needed in kind.list_inputs.items() if needed),
        }
    return found


def _list_input(field: Field, *, needed: bool) -> Json:
    description = (
        field.description if needed else f"{field.description} Left out, those of the whole environment are listed."
    )
    return {"description": description, "type": _NUMBERS[field.shape.name]}


def _function(function: Function[Any], types: dict[str, Json]) -> Json:
    return {
        "description": function.description + example.in_schema(function.file_name),
        "inputs": {
            "type": "object",
            "properties": {field.state: _property(field, types) for field in function.inputs},
            "required": sorted(field.state for field in function.inputs if field.required),
        },
        "outputs": {
            "type": "object",
            "properties": {field.state: _property(field, types, answer=True) for field in function.outputs},
            "required": sorted(field.state for field in function.outputs if field.required),
        },
    }


def _property(field: Field, types: dict[str, Json], *, replaces: bool = False, answer: bool = False) -> Json:
    # In an answer, the values of an enumeration are Scalekit's to extend, and nothing can be removed.
    held: Json = {"$ref": "pulumi.json#/Any"} if field.untyped else _type(field.shape, types, answer=answer)
    found: Json = {"description": field.description, **held}
    if field.secret:
        found["secret"] = True
    if replaces:
        found["replaceOnChanges"] = True
    return found


def _type(shape: Shape, types: dict[str, Json], *, answer: bool) -> Json:
    match shape.name:
        case "list":
            return {"type": "array", "items": _type(shape.item or Shape("text"), types, answer=answer)}
        case "map":
            values = _type(shape.item or Shape("text"), types, answer=answer)
            return {"type": "object", "additionalProperties": values}
        case "block":
            return {"$ref": f"#/types/{_object(shape, types, answer=answer)}"}
        case "enum" if not answer:
            return {"$ref": f"#/types/{_enum(shape, types)}"}
        case _:
            return {"type": _NUMBERS[shape.name]}


def _object(shape: Shape, types: dict[str, Json], *, answer: bool) -> str:
    token = f"scalekit:index:{shape.type_name}"
    if token not in types:
        types[token] = {}  # the place is taken before the fields are walked, for a type that holds itself
        types[token] = {
            "type": "object",
            "description": shape.description,
            "properties": {
                field.state: {
                    **_property(field, types, answer=answer),
                    "description": field.description if answer else described(field),
                }
                for field in shape.fields
            },
        }
        if required := sorted(field.state for field in shape.fields if field.required):
            types[token]["required"] = required
    return token


def _enum(shape: Shape, types: dict[str, Json]) -> str:
    token = f"scalekit:index:{shape.type_name}"
    types[token] = {"type": "string", "enum": [{"name": _pascal(value), "value": value} for value in shape.values]}
    return token


def _pascal(value: str) -> str:
    """What the code generators make the name of a member of: from `MICROSOFT_AD` alone Python would get `MICROSOF_T_AD`."""
    return "".join(part.title() for part in value.split("_"))
