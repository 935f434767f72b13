"""Everything that is known of one resource: a `Kind`. A frozen record; no Pulumi, no HTTP.

It is made from a resource's class body, and all else is derived from it: validation, requests, comparison, schema, both
providers. Never declared: a path parameter replaces, and so does a field that no update endpoint owns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pulumi_scalekit.model.api import NAME, Api, Listing
from pulumi_scalekit.model.field import Constraint, Field, Shape, Values
from pulumi_scalekit.model.finding import Consequence, Rule
from pulumi_scalekit.model.setting_findings import declared_twice


@dataclass(frozen=True, eq=False)
class Kind:
    """Everything that is known of one resource, `Organization` and so on."""

    name: str
    description: str
    fields: tuple[Field, ...]
    api: Api
    rule: Constraint | None = None
    rule_of_new: Constraint | None = None
    """What is refused between fields, and of a new object only."""
    findings: tuple[Rule, ...] = ()
    """What is said of a change before it is made."""
    health: tuple[Rule, ...] = ()
    """What is said of an object as it is, outputs included: for a report, and not of a change."""
    lost_for_good: str = ""
    """What a new object in place of a deleted one does not bring back, a sentence."""
    consequence: Consequence | None = None
    """What a change means for the people of the customer, in a sentence; empty where a finding says it."""
    spelled: str = ""
    """Its name in a sentence, where that is not the class's in lower case: `MCP server`."""

    @classmethod
    def of(cls, name: str, description: str, fields: tuple[Field, ...], api: Api, **rules: Any) -> Kind:
        """A kind whose create owns every input that is sent, unless it says which, and whose words fit together.

        Raises:
            TypeError: A word names no property, or an input is owned by no endpoint. All such problems are listed.

        """
        sent = [field.name for field in fields if not (field.output or field.provider_only)]
        if api.create and not api.create.owns:
            owns = tuple(name for name in sent if name not in api.create.parameters)
            api = replace(api, create=replace(api.create, owns=owns))
        problems = list(_problems({field.name for field in (*fields, *api.beside)}, sent, api))
        if problems:
            raise TypeError(f"{name}: {'; '.join(problems)}")
        if api.setting_of:
            rules["findings"] = (*rules.get("findings", ()), declared_twice(name, fields))
        return cls(name, description, fields, api, **rules)

    @property
    def token(self) -> str:
        return f"scalekit:index:{self.name}"

    @property
    def dynamic_token(self) -> str:
        return f"pulumi-python:dynamic/scalekit:{self.name}"

    @cached_property
    def words(self) -> str:
        """Its name in a sentence: `organization client`."""
        return self.spelled or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).lower()

    @property
    def file_name(self) -> str:
        """What its files are called: `organization-client`."""
        return self.words.lower().replace(" ", "-")

    @cached_property
    def shape(self) -> Shape:
        return Shape("block", fields=self.fields, type_name=self.name)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return self.shape.by_name | {field.name: field for field in self.api.beside}

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
            if (
                field.replaces
                if field.provider_only
                else field.name in self.api.parameters or field.name not in updated
            )
        )

    @cached_property
    def above(self) -> tuple[str, ...]:
        """The fields that stand before the id in an import id, outermost first."""
        return tuple(name for name in self.api.parameters if name != self.api.setting_of)

    def import_id(self, values: Values, id: str) -> str:
        """What `get` and import find an object by: its id below those that it lives in, `org_1/conn_1`."""
        above = [name for name in self.above if values.get(name) or name not in self.api.optional]
        return "/".join([*(str(values.get(name)) for name in above), id])

    def split_import_id(self, import_id: str) -> tuple[Values, str]:
        """The fields above an object, and its id. An import id of another form comes back whole, without fields."""
        *above, own = import_id.split("/") if self.above else [import_id]
        if len(above) != len(self.above) or not all(above) or not own:
            return {}, import_id
        return dict(zip(self.above, above, strict=True)), own

    def has_unique(self, inputs: Values) -> bool:
        """Whether a declaration holds the value by which an object is found, and which no second one may have."""
        return bool(self.api.unique and inputs.get(self.api.unique))

    @property
    def is_listable(self) -> bool:
        """Whether Scalekit tells which of them there are. Of a setting there is one in what it is a setting of."""
        return bool(self.api.listings or (self.api.setting_of and not self.above))

    @cached_property
    def list_inputs(self) -> Mapping[str, bool]:
        """The fields of what they are listed below, and whether a list cannot do without."""
        if self.api.is_of_environment:
            return {}
        if not self.api.listings:
            return {self.api.setting_of: True} if self.is_listable and self.api.setting_of in self.by_name else {}
        listings = self.api.listings
        names = dict.fromkeys(name for listing in listings for name in listing.parameters)
        return {name: all(name in listing.needed for listing in listings) for name in names}

    def listing(self, given: Collection[str]) -> Listing | None:
        """The narrowest list that can be asked for with the fields that are given; None for a setting, which is read."""
        askable = (listing for listing in self.api.listings if listing.needed <= set(given))
        return max(askable, key=lambda listing: len(listing.parameters), default=None)

    def title(self, values: Values) -> str:
        """What people call one of them: `Acme Inc`; empty where it has no such name."""
        for name in (
            "display_name",
            "name",
            "domain",
            "custom_domain",
            "redirect_uri",
            "key",
            "provider",
            "provider_key",
            "use_case",
        ):
            field, value = self.shape.by_name.get(name), values.get(name)
            if field and not field.output and isinstance(value, str) and value:
                return value
        return ""

    def label(self, values: Values) -> str:
        """How a message calls one of them: `organization "Acme Inc"`."""
        title = self.title(values)
        return f'{self.words} "{title}"' if title else self.words

    def label_with_owner(self, values: Values) -> str:
        """The same with what it lives in, as far as that is known: `connection "OKTA" of org_1`."""
        owners = [owner for name in self.above if isinstance(owner := values.get(name), str)]
        return " of ".join([self.label(values), *reversed(owners)])


def _problems(names: set[str], sent: list[str], api: Api) -> Iterator[str]:
    """What does not fit together in the words of a kind."""
    for path in sorted({api.item, api.reads, *(endpoint.path for endpoint in api.endpoints)}):
        for match in NAME.finditer(path):
            if match[1] not in names and match[1] not in ("id", "item"):
                yield f"{{{match[1]}}} in the path {path} is no property"
    for endpoint in api.endpoints:
        for word in ("owns", "carries", "query", "keeps", "moves"):
            for name in getattr(endpoint, word) or ():
                if name not in names:
                    yield f"{word} of {endpoint.verb} {endpoint.path} names {name}, which is no property"
    for name in (*api.identity, api.unique):
        if name and name not in names:
            yield f"{name}, by which it is found, is no property"
    if api.lookup and api.lookup not in (api.lookups or {}):
        yield f"there is no lookup {api.lookup}"
    written = _written(api)
    for name in sent:
        if name not in written:
            yield f"{name} is sent by no endpoint"


def _written(api: Api) -> set[str]:
    """The inputs that some endpoint sends, in its body or its path."""
    owned = {name for endpoint in api.endpoints for name in (*endpoint.owns, *endpoint.carries, *endpoint.parameters)}
    return owned | {*api.parameters, api.id, api.setting_of}
