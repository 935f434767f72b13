"""Read: for refresh, get and import. What was declared is compared with what is there; the rest is only reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle.advice import advised
from pulumi_scalekit.lifecycle.age import is_old
from pulumi_scalekit.lifecycle.notes import Notes
from pulumi_scalekit.lifecycle.state import compose, declared
from pulumi_scalekit.model.compare import has_server_default, is_empty, observed
from pulumi_scalekit.model.field import Field, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects

_ENVIRONMENT = "env_"


@dataclass(frozen=True)
class Found:
    """An object as it is.

    Attributes:
        id: The API's id.
        inputs: The declared properties with what is there: drift is measured against them.
        state: The inputs and the outputs.

    """

    id: str
    inputs: Values
    state: Values


@advised
def read(objects: Objects, id: str, state: Values, *, by_list: bool = True) -> Found | None:
    """Read an object.

    Args:
        objects: The objects of its kind, where it lives.
        id: The API's id; without a state an import id.
        state: The last state; empty for `get` and import.
        by_list: Let a page of its list, which comes beside the reads, confirm the state. Of no use to who has the list.

    Returns:
        What is there, or None if it is gone.

    Raises:
        WrongEnvironment: The state is of another environment.
        ApiError: The API refused.

    """
    kind = objects.kind
    if "environment_url" not in state:
        id_, parameters = parse(objects, id, state)
        live = objects.read(id_, parameters, f"reading {kind.words} {id}") if id_ else None
        if live is None or any(field.settled and field.name not in live for field in kind.inputs):
            # The environment is there, and it has none.
            return None
        return imported(objects, id_, parameters, live)
    objects.guard(state, "reading")
    objects.run.store(objects.key(state, id), objects.environment.resource)
    objects = objects.hiding(state)
    mine = declared(kind, state)
    doing = f"reading {kind.label(state)} ({id})"
    listed = objects.cached(id, state) if by_list else None
    if listed is not None and (found := _found(objects, id, state, mine, listed)).state == state:
        return found
    live = objects.read_until(lambda there: there is not None or is_old(objects, state), id, state, doing)
    if live is None:
        objects.arrive(id, state, doing)
        return None
    return _found(objects, id, state, mine, live)


def compared(objects: Objects, id: str, state: Values, live: Values) -> Found:
    """An object of a state with what is there, which somebody has read already: what `read` would find.

    Raises:
        WrongEnvironment: The state is of another environment.

    """
    objects.guard(state, "reading")
    return _found(objects, id, state, declared(objects.kind, state), live)


def _found(objects: Objects, id: str, state: Values, mine: Values, live: Values) -> Found:
    kind = objects.kind
    notes = Notes.of(state)
    inputs = observed(kind, mine, live, notes.stays)
    return Found(id, inputs, notes.added_to(compose(objects, inputs, live, state)))


def imported(objects: Objects, id: str, parameters: Values, live: Values, *, everything: bool = False) -> Found:
    """An object that is in no state yet, as a `get` and an import take it.

    Args:
        objects: The objects of its kind, where it lives.
        id: The API's id.
        parameters: What `parse` read from its import id.
        live: What is there.
        everything: Take also what Scalekit may have made by itself, and switches that are off.

    """
    kind = objects.kind
    # Also an import: what somebody else manages is not deleted by what this stack managed it as before.
    objects.run.keep(objects.key(parameters, id))
    if kind.api.cascades_to and objects.run.protection(id) is None:
        # What the program declares of it counts more.
        objects.run.protect(id, on=False)
    taken = dict(_importable(kind.inputs, live, live, everything=everything))
    inputs = {**parameters, **{name: value for name, (value, _) in taken.items()}}
    notes = Notes(imported=frozenset(path for _, paths in taken.values() for path in paths))
    return Found(id, inputs, notes.added_to(compose(objects, inputs, live, {})))


def is_set(kind: Kind, live: Values, *, everything: bool = False) -> bool:
    """Whether a setting says more than that nothing is set.

    Args:
        kind: Its kind.
        live: What is there.
        everything: Let also count what Scalekit may have made by itself, and switches that are off.

    """
    only = kind.api.inventory.only if kind.api.inventory else None
    if only:
        return bool(live.get(only[0]) == only[1])
    taken = _importable(kind.inputs, live, live, everything=everything)
    return any(name not in kind.api.parameters for name, _ in taken)


def _importable(
    fields: Sequence[Field], beside: Values, resource: Values, above: str = "", *, everything: bool
) -> Iterator[tuple[str, tuple[Any, set[str]]]]:
    """What an import takes over, by name, and the paths of what in it Scalekit may have made by itself.

    It is what somebody may have declared, so that the code made of it describes the object: not an identity that Scalekit
    gives, and not a switch that is off, for that is how one reads that was never set. A secret may come back as a mask, and
    a mask must never be written.
    """
    for field in fields:
        value: Any = beside.get(field.name)
        if field.write_only or field.provider_only or not _is_worth(value, everything=everything):
            continue
        made = has_server_default(field, beside, resource)
        if made and not everything and not _is_worth_taking(field, fields):
            continue
        path = f"{above}{field.name}"
        paths = {path} if made else set()
        if field.shape.name == "block":
            inner = dict(_importable(field.shape.fields, value, resource, f"{path}.", everything=everything))
            value = {name: part for name, (part, _) in inner.items()}
            paths = {below for _, belows in inner.values() for below in belows}
        elif field.unordered:
            value = sorted(value, key=str)
        if _is_worth(value, everything=everything):
            yield field.name, (value, paths)


def _is_worth_taking(field: Field, beside: Sequence[Field]) -> bool:
    """Whether an import takes a value that Scalekit may have made: a set with a default, and what others are made from.

    A program that leaves it out clears nothing then (`Notes.imported`), which only what can be cleared at all needs.
    """
    is_source = any(isinstance(other.server_default, tuple) and field.name in other.server_default for other in beside)
    return is_source or (field.shape.name == "list" and field.clear == [])


def _is_worth(value: Any, *, everything: bool) -> bool:
    return not is_empty(value) and (everything or value is not False)


def parse(objects: Objects, import_id: str, given: Values) -> tuple[str, Values]:
    """Split an import id into the API's id and the path parameters.

    `org_1` for what stands alone, `org_1/conn_1` for what lives below an organization, `tpl_1` or `org_1/tpl_1` for what may, `external:acme` for what another
    key finds. `get` in a Python program has split it already: then the path parameters are given beside the id. An id that
    finds nothing is empty.

    Raises:
        ScalekitError: The import id has another form.

    """
    kind = objects.kind
    import_id = import_id.strip()
    prefix, colon, value = import_id.partition(":")
    if colon and prefix in (kind.api.lookups or {}):
        found = objects.find_unique({kind.api.unique: value}, f"reading {kind.words} {import_id}")
        return (found[0] if found else ""), {}
    parameters, id_ = kind.split_import_id(import_id)
    parameters = {**{name: given[name] for name in kind.above if given.get(name)}, **parameters}
    only = kind.api.setting_of if kind.api.setting_of not in kind.by_name else ""
    if kind.api.is_of_environment and not id_.startswith(_ENVIRONMENT):
        raise ScalekitError(
            f"reading {kind.words} {import_id!r}: an id has the form {_ENVIRONMENT}…, the environment's id"
        )
    missing = {*kind.above} - {*parameters} - kind.api.optional
    if missing or not id_ or (kind.api.optional and "/" in id_) or (only and import_id != only):
        form = only or "/".join(f"<{name}>" for name in (*kind.above, kind.api.setting_of or kind.api.id))
        form += f", or <{kind.api.id}> alone" if kind.api.optional else ""
        raise ScalekitError(f"reading {kind.words} {import_id!r}: an id has the form {form}")
    if kind.api.setting_of in kind.by_name and not kind.api.is_of_environment:
        parameters[kind.api.setting_of] = id_
    elif kind.api.id in kind.by_name and not kind.by_name[kind.api.id].output:
        parameters[kind.api.id] = id_
    return id_, parameters
