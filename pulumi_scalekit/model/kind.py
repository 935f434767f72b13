"""Everything that is known of one resource: a `Kind`. A frozen record; no Pulumi, no HTTP.

It is made from a resource's class body by `declare`, and all else is derived from it: validation, requests, comparison,
schema, both providers. Never declared: a path parameter replaces, and so does a field that no update endpoint owns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pulumi_scalekit.model.api import Api
from pulumi_scalekit.model.field import Field, Rule, Shape, Values


@dataclass(frozen=True, eq=False)
class Kind:
    """Everything that is known of one resource, `Organization` and so on."""

    name: str
    description: str
    fields: tuple[Field, ...]
    api: Api
    rule: Rule | None = None
    rule_of_new: Rule | None = None
    doubts: Rule | None = None
    """Rules between fields: for what is refused, for that of a new object only, and for what may be a mistake: a warning."""

    @property
    def token(self) -> str:
        return f"scalekit:index:{self.name}"

    @property
    def dynamic_token(self) -> str:
        return f"pulumi-python:dynamic/scalekit:{self.name}"

    @cached_property
    def words(self) -> str:
        """Its name in a sentence: `organization client`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).lower()

    @cached_property
    def shape(self) -> Shape:
        return Shape("block", fields=self.fields, type_name=self.name)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return self.shape.by_name

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.output)

    @cached_property
    def outputs(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.output)

    @cached_property
    def replacing(self) -> frozenset[str]:
        """Inputs whose change makes a new object."""
        updated = {name for endpoint in self.api.update for name in endpoint.owns}
        return frozenset(
            field.name
            for field in self.inputs
            if (field.replaces if field.local else field.name in self.api.parameters or field.name not in updated)
        )

    @cached_property
    def above(self) -> tuple[str, ...]:
        """The fields that stand before the id in an import id, outermost first."""
        return tuple(name for name in self.api.parameters if name != self.api.setting_of)

    def import_id(self, values: Values, id: str) -> str:
        """What `get` and import find an object by: its id below those that it lives in, `org_1/conn_1`."""
        return "/".join([*(str(values.get(name)) for name in self.above), id])

    def split_import_id(self, import_id: str) -> tuple[Values, str]:
        """The fields above an object, and its id. An import id of another form comes back whole, without fields."""
        *above, own = import_id.split("/") if self.above else [import_id]
        if len(above) != len(self.above) or not all(above) or not own:
            return {}, import_id
        return dict(zip(self.above, above, strict=True)), own

    def label(self, values: Values) -> str:
        """How a message calls one of them: `organization "Acme Inc"`."""
        for name in ("display_name", "name", "domain", "redirect_uri", "key", "provider"):
            field, value = self.by_name.get(name), values.get(name)
            if field and not field.output and isinstance(value, str) and value:
                return f'{self.words} "{value}"'
        return self.words
