"""The two commonest functions: read one object of a kind, and list all of them."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Field, Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.program.invoke import argument, items, shown
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects

R = TypeVar("R")
L = TypeVar("L")


def _above(kind: Kind) -> tuple[Field, ...]:
    return tuple(
        argument(name, str, kind.by_name[name].description.split(".")[0] + ".", required=True)
        for name in kind.api.parameters
    )


def _with_id(kind: Kind, found: Values, id_: str, above: Values) -> Values:
    parameters = {name: above[name] for name in kind.api.parameters}
    return {**found, **parameters, "id": id_}


def get_function(
    name: str, description: str, kind: Kind, result: Callable[..., R], fields: tuple[Field, ...], key: Field
) -> Function[R]:
    """A function that reads one object by its id.

    Args:
        name: `getRole`.
        description: What it answers.
        kind: What is read.
        result: The class of the answer.
        fields: The keys of the answer.
        key: The argument that is the id.

    """

    def run(environment: Environment, arguments: Values) -> Values:
        id_ = arguments[key.name]
        doing = f"reading {kind.words} {id_}"
        found = Objects(kind, environment).read(id_, arguments, doing)
        if found is None:
            raise ScalekitError(f"{doing}: there is none in {arguments.get('organization_id') or environment.url}.")
        return _with_id(kind, found, id_, arguments)

    return Function(name, description, (*_above(kind), key), fields, run, lambda found: shown(result, fields, found))


def list_function(
    name: str,
    description: str,
    kind: Kind,
    result: type[R],
    fields: tuple[Field, ...],
    listed: Callable[[Iterable[R]], L],
) -> Function[L]:
    """A function that lists the objects of a kind.

    Args:
        name: `getRoles`; what follows `get` is the key of the answer.
        description: What it answers.
        kind: What is listed.
        result: The class of one result.
        fields: The keys of one result.
        listed: The class of the answer as a whole.

    Raises:
        TypeError: The kind has no listing.

    """
    key = name[3].lower() + name[4:]
    listing = kind.api.listing
    if listing is None:
        raise TypeError(f"{kind.name} cannot be listed")

    def run(environment: Environment, arguments: Values) -> Values:
        there = Objects(kind, environment).listed(arguments, f"listing {key}", listing)
        return {key: [_with_id(kind, found, found[kind.api.id], arguments) for found in there]}

    outputs = (items(key, f"The {key}.", result, fields),)
    return Function(
        name,
        description,
        _above(kind),
        outputs,
        run,
        lambda answer: listed(shown(result, fields, found) for found in answer[key]),
    )
