"""One write: send a field's endpoint what changed, and make sure that it took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pulumi_scalekit.api.errors import ApiError, Conflict, Invalid, ScalekitError
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.model import equal, wire
from pulumi_scalekit.model.kind import NULL, Endpoint, Kind, Values


class NotTaken(ScalekitError):
    """The API answered a write with success, and what is there is not what was sent.

    Attributes:
        live: What is there.

    """

    def __init__(self, message: str, live: Values) -> None:
        super().__init__(message)
        self.live = live


def write(
    kind: Kind,
    environment: Environment,
    endpoint: Endpoint,
    id: str,
    old: Values,
    new: Values,
    names: Sequence[str],
    doing: str,
) -> Values | None:
    """Send the changed fields of one endpoint.

    Args:
        kind: The resource's description.
        environment: Where it lives.
        endpoint: The endpoint that owns the fields.
        id: The resource's id.
        old: What was declared before, or what is there after a create.
        new: What is declared now.
        names: The changed fields that this endpoint owns.
        doing: For errors.

    Returns:
        What is there now, or None where the answer does not carry the object.

    Raises:
        NotTaken: The answer was a success and a declared value is not there.

    """
    if endpoint.action:
        _toggle(kind, environment, endpoint, id, new, names[0], doing)
        return None
    if endpoint.clears:
        _take_away(environment, endpoint, id, old, new, names[0], doing)
        return None
    if endpoint.whole:
        names = [name for name in endpoint.owns if name in new]
    values, gone = dict(new), dict[str, set[str]]()
    if endpoint.fills and (left_out := [name for name in endpoint.owns if name not in new]):
        there = environment.fetch(kind, id, {**old, **new}, doing) or {}
        values = {**{name: there[name] for name in left_out if name in there}, **values}
        names = [name for name in endpoint.owns if name in values]
    for name in names:
        if kind.by_name[name].by_key:
            values[name], gone[name] = _by_key(kind, environment, endpoint, id, old, new, name, doing)
    path = wire.path(endpoint.path, {**old, **new}, id)

    def send() -> Values | None:
        sent = wire.body(kind, endpoint, values, names)
        return environment.answer(
            kind, environment.client.request(endpoint.verb, path, body=sent, doing=doing), new, doing
        )

    live = send()
    if live is None or _missing(kind, names, new, gone, live):
        # An answer may be empty, sparse or early: what a read says counts.
        live = environment.fetch(kind, id, {**old, **new}, doing) or live
        if live is None:
            return None
        if _missing(kind, names, new, gone, live) and endpoint.merges:
            # It did not merge: what stood beside the changed keys has to be sent too.
            values |= {name: new[name] for name in names}
            live = send() or environment.fetch(kind, id, {**old, **new}, doing) or live
        if missing := _missing(kind, names, new, gone, live):
            raise not_taken(kind, doing, missing, new, live)
    return live


def _missing(kind: Kind, names: Sequence[str], new: Values, gone: dict[str, set[str]], live: Values) -> list[str]:
    missing = [path for name in names for path in equal.differences(kind.by_name[name], new.get(name), live.get(name))]
    missing += [
        name for name in names if kind.by_name[name].clear is NULL and name not in new and live.get(name) is not None
    ]
    for name, keys in gone.items():
        missing += [f"{name}.{key}" for key in sorted(keys & set(live.get(name) or ()))]
    return missing


def not_taken(kind: Kind, doing: str, missing: Sequence[str], declared: Values, live: Values) -> NotTaken:
    """The error that says which properties did not take, without a secret."""

    def at(values: Any, path: str) -> Any:
        for part in path.split(".", 1) if path.split(".", maxsplit=1)[0] in kind.by_name else [path]:
            values = values.get(part) if isinstance(values, dict) else None
        return values

    def shown(path: str) -> str:
        field = kind.by_name.get(path.split(".", maxsplit=1)[0])
        part = field.shape.by_name.get(path.rsplit(".", maxsplit=1)[-1]) if field and field.shape.fields else None
        if (field and field.secret) or (part and part.secret):
            return path
        return f"{path} is {at(live, path)!r} instead of {at(declared, path)!r}"

    return NotTaken(
        f"{doing}: Scalekit answered with success, but {'; '.join(shown(path) for path in missing)}. "
        f"Declare what Scalekit keeps, or change it in the dashboard and run `pulumi refresh`.",
        live,
    )


def _by_key(
    kind: Kind,
    environment: Environment,
    endpoint: Endpoint,
    id: str,
    old: Values,
    new: Values,
    name: str,
    doing: str,
) -> tuple[dict[str, Any], set[str]]:
    """The map to send, and the keys that must be gone after it."""
    before, now = old.get(name) or {}, new.get(name) or {}
    if endpoint.merges:
        return {key: value for key, value in now.items() if before.get(key) != value}, set()
    gone = set(before) - set(now)
    # Applications write metadata at run time: what they wrote must survive.
    live = environment.fetch(kind, id, {**old, **new}, doing) or {}
    return {**{key: value for key, value in (live.get(name) or {}).items() if key not in gone}, **now}, gone


def _toggle(
    kind: Kind,
    environment: Environment,
    endpoint: Endpoint,
    id: str,
    new: Values,
    name: str,
    doing: str,
) -> None:
    wanted = bool(new[name])
    suffix = (endpoint.action or {})[wanted]
    try:
        reply = environment.client.request(endpoint.verb, wire.path(endpoint.path, new, id) + suffix, doing=doing)
    except (Invalid, Conflict):
        # A repeated toggle may be refused because the first one took.
        live = environment.fetch(kind, id, new, doing)
        if live is not None and bool(live.get(name)) == wanted:
            return
        raise
    if reply.get("error_message") or bool(reply.get(kind.by_name[name].wire, wanted)) != wanted:
        said = str(reply.get("error_message") or f"{name} is still {not wanted}").rstrip(".")
        raise ScalekitError(
            f"{doing}: Scalekit did not {suffix.strip(':')} it: {said}. "
            f"Complete its settings, or leave `{name}` out until they are."
        )


def _take_away(
    environment: Environment,
    endpoint: Endpoint,
    id: str,
    old: Values,
    new: Values,
    name: str,
    doing: str,
) -> None:
    items = sorted(set(old.get(name) or ()) - set(new.get(name) or ())) if endpoint.each else [""]
    for item in items:
        try:
            environment.client.request(endpoint.verb, wire.path(endpoint.path, {**old, **new}, id, item), doing=doing)
        except ApiError as error:
            if error.status != 404:  # noqa: PLR2004 - what is gone already is done
                raise


def pending(kind: Kind, endpoint: Endpoint, declared: Values, live: Values) -> list[str]:
    """The declared fields of an endpoint that are not there yet. What is never answered has to be sent."""
    return [
        name
        for name in endpoint.owns
        if name in declared and _unseen(kind.by_name[name], declared[name], live.get(name))
    ]


def _unseen(field: Any, declared: Any, live: Any) -> bool:
    if field.write_only or (field.hidden and live is None):
        return declared not in (None, "")
    if field.shape.name == "block":
        return any(
            _unseen(part, declared[part.name], (live or {}).get(part.name))
            for part in field.shape.fields
            if part.name in declared
        )
    return any(equal.differences(field, declared, live))
