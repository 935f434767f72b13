"""Turns a class body into a `Kind` and a typed Pulumi resource. The one clever file.

    class Domain(Resource):
        organization_id: Prop[str] = prop("Organization the domain belongs to.")
        domain: Prop[str] = prop("The domain name.", length=(4, 255))
        domain_type: OptionalProp[DomainType] = prop("What it is for.", default=None)
        verification_status: Prop[str] = prop("Where verification stands.", init=False)
        api = Api(…)

`dataclass_transform` makes type checkers build the keyword constructor from the annotations. At run time
`Resource.__init_subclass__` reads the same annotations once, makes the `Kind`, and puts a `Property` where each `prop()` stood.
"""

import inspect
from functools import partial
from typing import Any, ClassVar, cast

import pulumi
from pulumi import Input, Output
from typing_extensions import Self, dataclass_transform

from pulumi_scalekit.model.api import Api
from pulumi_scalekit.model.field import Shape, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import OWN_ID
from pulumi_scalekit.program import aliases, source_line
from pulumi_scalekit.program.annotations import fields_of, new_field
from pulumi_scalekit.program.documentation import ConstructorSignature, Docstring
from pulumi_scalekit.program.errors import no_such_property
from pulumi_scalekit.program.placement import settled
from pulumi_scalekit.program.properties import (
    BlockListProp,
    BlockProp,
    Declared,
    ListProp,
    MapProp,
    OptionalBlockListProp,
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Property,
    positional,
    prop,
)
from pulumi_scalekit.program.register import register
from pulumi_scalekit.program.values import to_input

__all__ = [
    "BlockListProp",
    "BlockProp",
    "ListProp",
    "MapProp",
    "OptionalBlockListProp",
    "OptionalBlockProp",
    "OptionalListProp",
    "OptionalMapProp",
    "OptionalProp",
    "Prop",
    "Property",
    "Resource",
    "prop",
]


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

    def __init_subclass__(cls, **rules: Any) -> None:
        super().__init_subclass__()
        fields = tuple(fields_of(cls))
        words = inspect.cleandoc(cls.__doc__ or "")
        cls.kind = Kind.of(cls.__name__, words, (*fields, _ENVIRONMENT_URL), cls.api, **rules)
        for field in fields:
            setattr(cls, field.name, Property(field))
        # The SDK would take the annotations for output types.
        cls.__annotations__ = {}
        setattr(cls, "__doc__", Docstring())  # noqa: B010 - type checkers know a text
        setattr(cls, "__signature__", ConstructorSignature())  # noqa: B010 - type checkers know no such attribute

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **values: Any) -> None:
        """Declare it in this program.

        Args:
            resource_name: Its name in this program.
            opts: Pulumi's options.
            **values: Its properties. The class says in `help()`, and its page of the reference, what each of them means.

        Raises:
            TypeError: There is no such property, or what stands second is no ResourceOptions.

        """
        known = {field.name for field in self.kind.inputs}
        if unknown := sorted(set(values) - known):
            raise no_such_property(f'{self.kind.name} "{resource_name}"', unknown, known)
        properties = {field.state: to_input(field, values.get(field.name)) for field in self.kind.inputs}
        properties |= {field.state: None for field in self.kind.outputs}
        register(self, self.kind, resource_name, properties, opts)

    def _get_providers(self, t: str, pkg: str | None, opts: pulumi.ResourceOptions) -> Any:
        # Where the SDK looks a provider up, after every transformation of the options.
        found = settled(self, self.kind, str(pkg), opts, partial(super()._get_providers, t, pkg, opts))
        if aliases.are_added_late():
            opts.aliases = aliases.of(t, self.pulumi_resource_name, opts)
        source_line.cut()
        return found

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


_ENVIRONMENT_URL = new_field("environment_url", Shape("text"), cast("Declared", Resource.__dict__["environment_url"]))
setattr(Resource, "environment_url", Property(_ENVIRONMENT_URL))  # noqa: B010 - type checkers see an assignment of the property
Resource.__annotations__ = {}
# The constructor's two positional arguments are written for type checkers: no resource has such attributes.
delattr(Resource, "resource_name")
delattr(Resource, "opts")
