"""The names that a resource had, each with its type under either provider.

The engine takes an alias as it stands: one that gives a name means that name with today's type. After the switch between the
providers, what has been renamed or moved in the same `up` would be made anew, and the old one deleted.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import Any

import pulumi
from pulumi import Alias, Output, Resource, ResourceOptions

_FORMS = (
    ("scalekit:index:", "pulumi-python:dynamic/scalekit:"),
    ("pulumi:providers:scalekit", "pulumi:providers:pulumi-python"),
)
"""How a type begins, or what it is as a whole, with the plugin and with the dynamic provider."""


def of(token: str, name: str, opts: ResourceOptions | None) -> list[Any]:
    """What the program gives as aliases, and the resource's own name, each with the type of the other provider too.

    Args:
        token: The resource's type.
        name: Its name.
        opts: What the program gives as options.

    """
    given = (opts and opts.aliases) or ()
    return [*(form for alias in given for form in _forms(token, alias)), _own(_other(token), name, opts)]


@cache
def are_added_late() -> bool:
    """Whether the SDK's constructor asks for the provider with the options that it sends, as that of every version since 3.216 does.

    Then aliases are added there: of each that its constructor is given the SDK makes a URN, for which only old engines ask, and a
    transformation's aliases are known too.
    """
    names = set(getattr(getattr(pulumi.Resource.__init__, "__code__", None), "co_names", ()))
    return {"_copy", "_get_providers"} <= names


def _own(other: str, name: str, opts: ResourceOptions | None) -> Alias | str:
    # The URN itself where it is known: the SDK's way from an Alias to one takes a millisecond for each resource.
    if opts and opts.parent:
        return Alias(type_=other)
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{other}::{name}"


def _forms(token: str, alias: Any) -> list[Any]:
    """An alias, and what it was called with the other provider."""
    if isinstance(alias, str):
        return _both(alias)
    if isinstance(alias, Alias):
        given = alias.type_ if isinstance(alias.type_, str) else token
        types = [alias.type_, *_both(given)[1:]]
        parents: list[Any] = [alias.parent]
        if isinstance(alias.parent, str):
            parents = _both(alias.parent)
        elif isinstance(alias.parent, Resource):
            # What it stood below may be ours, and was then called otherwise too.
            parents.append(alias.parent.urn.apply(_other))
        return [
            Alias(alias.name, type_, parent, alias.stack, alias.project) for type_, parent in product(types, parents)
        ]
    later = Output.from_input(alias)
    return [later, later.apply(lambda known: _forms(token, known)[-1])]


def _both(text: str) -> list[str]:
    """A type or a URN, and what it is with the other provider where that differs."""
    other = _other(text)
    return [text] if other == text else [text, other]


@lru_cache(maxsize=256)
def _other(text: str) -> str:
    """A type or a URN with every type in it as the other provider has it."""
    for plugin, dynamic in _FORMS:
        for found, put in ((plugin, dynamic), (dynamic, plugin)):
            end = "" if found.endswith(":") else "(?=::|$)"
            changed = re.sub(rf"(^|::|\$){found}{end}", rf"\1{put}", text)
            if changed != text:
                return changed
    return text
