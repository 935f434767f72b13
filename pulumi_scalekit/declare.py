"""Turns a class body into a `Kind` and a typed Pulumi resource. The one clever file.

    class Domain(Resource):
        organization_id: Prop[str] = prop("Organization the domain belongs to.")
        domain: Prop[str] = prop("The domain name.", length=(4, 255))
        verification_status: Prop[str] = prop("Where verification stands.", init=False)
        api = Api(…)

The trick: `Prop[T]` is a descriptor that takes an `Input[T]` and gives an `Output[T]`, and `dataclass_transform` makes type
checkers build the keyword constructor from the annotations. At run time `Resource.__init_subclass__` reads the same
annotations once, makes the `Kind`, and puts a `Prop` where each `prop()` stood. Modules that declare resources must not use
`from __future__ import annotations`: a block's TypedDict would then hold names that cannot be resolved.
"""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from enum import EnumMeta
from functools import partial
from types import MappingProxyType, UnionType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, Union, cast, get_args, get_origin, overload

import pulumi
from pulumi import Input, Output
from typing_extensions import Self, dataclass_transform, is_typeddict

from pulumi_scalekit.model.api import Api
from pulumi_scalekit.model.field import HAND_BACK, Field, Rule, Shape, ShapeName, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import OWN_ID
from pulumi_scalekit.program_values import to_input, to_python
from pulumi_scalekit.provider.placement import settled
from pulumi_scalekit.provider.program_error import no_such_property
from pulumi_scalekit.provider.registration import register

T = TypeVar("T")

_MISSING: Any = object()
_FIELD_WORDS = frozenset(one.name for one in dataclass_fields(Field))


@dataclass(frozen=True)
class _Declared:
    description: str
    required: bool
    output: bool
    words: Mapping[str, Any]


def prop(
    description: str | _Declared,
    *,
    default: Any = _MISSING,
    init: bool = True,
    kw_only: bool = True,  # noqa: ARG001 - read by type checkers
    also: Mapping[str, Any] = MappingProxyType({}),
    **words: Any,
) -> Any:
    """Declare a property of a resource, or a key of a block.

    Args:
        description: What it means, for people. One sentence or more, in Markdown. Or a `prop()` that several resources
            share; `default` and `init` are said again where it is used, for type checkers look no further than the class body.
        default: None makes it optional. There is no other default: the server's applies.
        init: False for an output.
        kw_only: For type checkers.
        also: Words that several properties share. Type checkers do not follow `**` here.
        **words: The words of `model.field.Field`: `secret`, `length`, `clear`, …

    Raises:
        TypeError: There is no such word.

    """
    words = {**also, **words}
    if unknown := set(words) - _FIELD_WORDS:
        raise TypeError(f"no such word: {', '.join(sorted(unknown))}")
    shared = (
        description
        if isinstance(description, _Declared)
        else _Declared(description, required=True, output=False, words={})
    )
    return _Declared(shared.description, init and default is _MISSING, not init, {**shared.words, **words})


def positional(*, default: Any = _MISSING, kw_only: bool = False) -> Any:  # noqa: ARG001 - read by type checkers
    """The constructor's two positional arguments, for type checkers only."""
    return None


class Prop(Generic[T]):
    """A property: `Input[T]` when it is set, `Output[T]` when it is read."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.__doc__ = field.description

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Output[T]: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self.field.state]
        if self.field.shape.name in ("block", "list", "number"):
            return Output.from_input(value).apply(lambda known: to_python(self.field.shape, known))
        return value

    def __set__(self, instance: object, value: Input[T] | None) -> None:
        raise AttributeError(f"{self.field.name} is declared in the constructor and cannot be set afterwards")


class ListProp(Prop[list[T]]):
    """A list: each item may be an output of another resource."""

    def __set__(self, instance: object, value: Input[Sequence[Input[T]]] | None) -> None:
        super().__set__(instance, cast("Any", value))


class MapProp(Prop[dict[str, T]]):
    """A map with free keys: each value may be an output of another resource."""

    def __set__(self, instance: object, value: Input[Mapping[str, Input[T]]] | None) -> None:
        super().__set__(instance, cast("Any", value))


@dataclass_transform(kw_only_default=True, field_specifiers=(prop, positional))
class _Typed:
    """Carries the mark for type checkers. The class that carries it does not contribute fields of its own."""


class Resource(_Typed, pulumi.CustomResource):
    """The base of every resource.

    Attributes:
        environment_url: Output, text: the Scalekit environment that the resource lives in. A resource is never read,
            changed or deleted through another environment.

    """

    resource_name: str = positional(kw_only=False)
    opts: pulumi.ResourceOptions | None = positional(default=None, kw_only=False)
    environment_url: Prop[str] = prop("The Scalekit environment that the resource lives in.", init=False, stable=True)

    kind: ClassVar[Kind]
    api: ClassVar[Api]

    def __init_subclass__(cls, **rules: Rule) -> None:
        super().__init_subclass__()
        fields = tuple(_fields(cls))
        words = inspect.cleandoc(cls.__doc__ or "")
        cls.kind = Kind(cls.__name__, words, (*fields, _ENVIRONMENT_URL), cls.api, **rules)
        for field in fields:
            setattr(cls, field.name, Prop(field))
        # The SDK would take the annotations for output types.
        cls.__annotations__ = {}

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **values: Any) -> None:
        known = {field.name for field in self.kind.inputs}
        if unknown := sorted(set(values) - known):
            raise no_such_property(f'{self.kind.name} "{resource_name}"', unknown, known)
        properties = {field.state: to_input(field, values.get(field.name)) for field in self.kind.inputs}
        properties |= {field.state: None for field in self.kind.outputs}
        register(self, self.kind, resource_name, properties, opts)

    def _get_providers(self, t: str, pkg: str | None, opts: pulumi.ResourceOptions) -> Any:
        # Where the SDK looks a provider up, after every transformation of the options.
        return settled(self, self.kind, opts, partial(super()._get_providers, t, pkg, opts))

    @classmethod
    def get(cls, resource_name: str, id: Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read an object that somebody else manages. It is never changed and never deleted.

        Args:
            resource_name: Its name in this program.
            id: Its import id: `org_…`, `external:<external_id>`, `org_…/conn_…`.
            opts: Pulumi's options.

        Raises:
            ScalekitError: There is no such object.

        """
        above, own_id = _split_import_id(cls.kind, id)
        found = cls(resource_name, pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=own_id)), **above)
        # What the SDK has for the id is the one that was given, or in a preview nothing, by its version and the engine's.
        read = found.__dict__[OWN_ID if cls.kind.api.lookups else _ENVIRONMENT_URL.state]
        found.__dict__["id"] = Output.all(own_id, read).apply(
            lambda ids: ids[1] if cls.kind.api.lookups and ids[1] else ids[0]
        )
        return found


def _split_import_id(kind: Kind, id: Input[str]) -> tuple[dict[str, Input[str]], Input[str]]:
    """The properties above an object and its own id, so that the object is known by the id that it has in any state."""
    if isinstance(id, str):
        return kind.split_import_id(id)
    split: Output[tuple[Values, str]] = Output.from_input(cast("Output[str]", id)).apply(kind.split_import_id)

    def above(name: str) -> Output[str]:
        return split.apply(lambda parts: cast("str", parts[0].get(name)))

    return {name: above(name) for name in kind.above}, split.apply(lambda parts: parts[1])


def _fields(cls: type) -> Any:
    for name, annotation in inspect.get_annotations(cls).items():
        declared = cls.__dict__.get(name)
        if isinstance(declared, _Declared):
            yield _field(name, _shape_of_prop(annotation), declared)


def field_of(
    name: str,
    annotation: Any,
    description: str,
    *,
    required: bool = False,
    output: bool = False,
    **words: Any,
) -> Field:
    """Return a field that stands in no class body, of the shape that an annotation has."""
    return _field(name, _shape(annotation), _Declared(description, required, output, words))


def _field(name: str, shape: Shape, declared: _Declared) -> Field:
    words = {"wire": name, "clear": _clear(shape, declared), **declared.words}
    return Field(name, shape, declared.description, required=declared.required, output=declared.output, **words)


def _clear(shape: Shape, declared: _Declared) -> Any:
    """What a removed property is set to, unless the declaration says otherwise."""
    if declared.required or declared.output or declared.words.get("secret"):
        return HAND_BACK
    empty: dict[ShapeName, Any] = {"text": "", "list": [], "map": {}}
    return empty.get(shape.name, HAND_BACK)


def _shape_of_prop(annotation: Any) -> Shape:
    origin, (item,) = get_origin(annotation), get_args(annotation)
    if origin is ListProp:
        return Shape("list", item=_shape(item))
    if origin is MapProp:
        return Shape("map", item=_shape(item))
    return _shape(item)


def _shape(annotation: Any) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _shape(get_args(annotation)[0])
    if origin in (Union, UnionType):  # an Input[T] names T first, and so does T | None
        first, *others = get_args(annotation)
        shape, enums = _shape(first), [one for one in others if isinstance(one, EnumMeta)]
        return replace(shape, type_name=enums[0].__name__) if enums else shape
    if origin is Literal:
        return Shape("enum", values=get_args(annotation))
    if origin in (list, Sequence):
        return Shape("list", item=_shape(get_args(annotation)[0]))
    if origin in (dict, Mapping):
        return Shape("map", item=_shape(get_args(annotation)[1]))
    if is_typeddict(annotation):
        words = inspect.cleandoc(annotation.__doc__ or "")
        return Shape("block", fields=tuple(_keys(annotation)), type_name=annotation.__name__, description=words)
    shapes: dict[Any, ShapeName] = {str: "text", bool: "flag", int: "number"}
    return Shape(shapes[annotation])


def _keys(block: type) -> Any:
    for name, annotation in inspect.get_annotations(block).items():
        kind, declared = get_args(annotation)[0], annotation.__metadata__[0]
        required = declared.required and name in block.__required_keys__  # type: ignore[attr-defined]
        yield _field(name, _shape(kind), _Declared(declared.description, required, output=False, words=declared.words))


_ENVIRONMENT_URL = _field("environment_url", Shape("text"), cast("_Declared", Resource.__dict__["environment_url"]))
setattr(Resource, "environment_url", Prop(_ENVIRONMENT_URL))  # noqa: B010 - type checkers see an assignment of the property
Resource.__annotations__ = {}
