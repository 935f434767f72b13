"""One write: send a field's endpoint what changed, and make sure that it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pulumi_scalekit.api.errors import ApiError, Conflict, Invalid, ScalekitError
from pulumi_scalekit.lifecycle import beforehand, left_out
from pulumi_scalekit.lifecycle.errors import Dropped, NotTaken
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.field import SEND_NULL, Field, Values, value_at
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.objects import Objects


def write(
    objects: Objects,
    endpoint: Endpoint,
    id: str,
    old: Values,
    new: Values,
    names: Sequence[str],
    doing: str,
    before: Values | None = None,
) -> Values | None:
    """Send the changed fields of one endpoint, and of blocks only the keys that changed.

    Args:
        objects: The objects of its kind, where it lives.
        endpoint: The endpoint that owns the fields.
        id: The resource's id.
        old: What was declared before; empty where nothing was.
        new: What is declared now.
        names: The changed fields that this endpoint owns.
        doing: For errors.
        before: What is there, where that is known already.

    Returns:
        What is there now, or None where that is not known: the answer does not carry the object.

    Raises:
        NotTaken: The answer was a success and a declared value is not there.
        Dropped: What was left out was dropped, and sending it again failed.

    """
    kind = objects.kind
    if endpoint.action:
        return _toggle(objects, endpoint, id, new, names[0], doing, before)
    if endpoint.clears or endpoint.each:
        _take_away(objects, endpoint, id, old, new, names[0], doing)
        return None
    here = {**old, **new}
    sent = _changes(kind, endpoint, old, new, names)
    if before is None and beforehand.matters(kind, endpoint, names):
        before = beforehand.read(objects, id, old, new, names, doing)
    there = before or {}
    if beforehand.stands(kind, names, there, new, doing):
        return there
    sent = left_out.whole(kind, sent, there, new)
    mine, gone = _maps(kind, endpoint, names, old, new, there, sent)
    # An output in the path may be known by the read alone.
    path = wire.path(endpoint.path, {**there, **here}, id)
    answered, again = False, left_out.Restored()

    def send(values: Values) -> Values | None:
        nonlocal answered
        carried = {
            name: there.get(name, new[name]) if name in endpoint.owns and name not in names else new[name]
            for name in endpoint.carries
            if name in new
        }
        body = wire.body(kind, endpoint, {**carried, **values}, [*names, *values])
        reply = objects.client.request(endpoint.verb, path, body=body, doing=doing)
        answered = True
        return objects.answer(reply, new, doing)

    def settled(live: Values | None, values: Values) -> Values | None:
        """What is there. An answer may be empty, sparse or early: what a read says counts."""
        if live is not None and not _missing(kind, values, gone, live) and not lost(live):
            return live
        return objects.read_until(partial(_shows, kind, values, gone), id, here, doing) or live

    def lost(live: Values) -> left_out.Restored:
        wary = endpoint.left_out == "unknown" and before is not None
        return left_out.dropped(kind, endpoint, sent, new, there, live) if wary else left_out.Restored()

    try:
        first = left_out.rest(kind, endpoint, sent, new, there) if endpoint.left_out == "reset" else sent
        live = settled(send(first), mine)
        if live is not None and (again := lost(live)):
            mine, sent = left_out.joined(kind, mine, again, new), left_out.joined(kind, sent, again, new)
            if again.values or again.secrets:
                live = settled(send(sent), mine)
            if words := left_out.warning(again):
                objects.environment.warn(f"{doing}: {words}")
        if live is not None and (missing := _missing(kind, mine, gone, live)):
            raise not_taken(kind, doing, missing, mine, live)
    except ScalekitError as error:
        if again.values or again.secrets:
            raise Dropped(error, list(again.values), again.secrets) from error
        raise error.known(took_effect=answered) from error.__cause__
    return live


def _changes(kind: Kind, endpoint: Endpoint, old: Values, new: Values, names: Sequence[str]) -> Values:
    """What of the changed fields is sent: of blocks the keys that changed, and of what is added to the items that are new."""
    still = [name for name in dict.fromkeys(names) if name in new]
    if endpoint.adds:
        return {name: compare.only_in(new[name], old.get(name)) for name in still}
    return {name: compare.changed_part(kind.by_name[name], old.get(name), new[name]) for name in still}


def _shows(kind: Kind, sent: Values, gone: dict[str, set[str]], live: Values | None) -> bool:
    return live is not None and not _missing(kind, sent, gone, live)


def _missing(kind: Kind, sent: Values, gone: dict[str, set[str]], live: Values) -> list[str]:
    """The paths at which something was sent and another value is there. What was cleared may stay: `kept` says so."""
    missing: list[str] = []
    for name, value in sent.items():
        field, said = kind.by_name[name], value
        if field.shape.name == "block" and isinstance(value, Mapping):
            said = {key: part for key, part in value.items() if not compare.is_empty(part)}
        if not compare.is_empty(said):
            missing += compare.differences(field, said, live.get(name))
    for name, keys in gone.items():
        missing += [f"{name}.{key}" for key in sorted(keys & set(live.get(name) or ()))]
    return missing


def kept(kind: Kind, declared: Values, live: Values, names: Sequence[str], old: Values) -> Iterator[str]:
    """The paths that are empty in the program now, and that Scalekit keeps all the same.

    Where Scalekit fills a value in by itself, another one than before is its own.
    """
    for name in names:
        field = kind.by_name[name]
        if field.clear is SEND_NULL and name not in declared and live.get(name) is not None:
            yield name
        for path, part, value, beside in _leaves(field, declared.get(name), live):
            there = beside.get(part.name)
            if not compare.is_empty(value) or compare.is_empty(there) or (part.sparse and there is None):
                continue
            if not compare.has_server_default(part, beside) or compare.same(part, value_at(old, path), there):
                yield path


def _leaves(field: Field, declared: Any, live: Values) -> Iterator[tuple[str, Field, Any, Values]]:
    """What is declared, down to the keys of blocks: its path, description and value, and what is there beside it."""
    if field.shape.name != "block":
        if declared is not None and not field.by_key and not field.write_only:
            yield field.name, field, declared, live
        return
    for part in field.shape.fields:
        if isinstance(declared, Mapping) and part.name in declared:
            for path, leaf, value, beside in _leaves(part, declared[part.name], live.get(field.name) or {}):
                yield f"{field.name}.{path}", leaf, value, beside


def not_taken(kind: Kind, doing: str, missing: Sequence[str], declared: Values, live: Values) -> NotTaken:
    """The error that says which properties did not take, without a secret and without what is personal."""

    def at(values: Any, path: str) -> Any:
        for part in path.split(".", 1) if path.split(".", maxsplit=1)[0] in kind.by_name else [path]:
            values = values.get(part) if isinstance(values, dict) else None
        return values

    def difference(path: str) -> str:
        field = kind.by_name.get(path.split(".", maxsplit=1)[0])
        part = field.shape.by_name.get(path.rsplit(".", maxsplit=1)[-1]) if field and field.shape.fields else None
        if (field and (field.secret or field.personal)) or (part and part.secret):
            return path
        return f"{path} is {at(live, path)!r} instead of {at(declared, path)!r}"

    return NotTaken(
        f"{doing}: Scalekit answered with success, but {'; '.join(difference(path) for path in missing)}. "
        f"Declare what Scalekit keeps, or change it in the dashboard and run `pulumi refresh`.",
        live,
    )


def _maps(
    kind: Kind, endpoint: Endpoint, names: Sequence[str], old: Values, new: Values, there: Values, sent: Values
) -> tuple[Values, dict[str, set[str]]]:
    """Put into `sent` the maps as they are sent; what of all of it is declared anew, and by map the keys that must be gone."""
    mine, gone = dict(sent), {}
    for name in (name for name in names if kind.by_name[name].by_key):
        sent[name], mine[name], gone[name] = _by_key(endpoint, old.get(name), new.get(name), there.get(name))
    return mine, gone


def _by_key(
    endpoint: Endpoint, old: Values | None, new: Values | None, live: Values | None
) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    """The map to send, what of it is declared anew, and the keys that must be gone after it."""
    before, now = old or {}, new or {}
    changed = {key: value for key, value in now.items() if before.get(key) != value}
    if endpoint.merges:
        return changed, changed, set()
    gone = set(before) - set(now)
    # Applications write metadata at run time: what they wrote must survive, also where the program has the key too.
    rest = {key: value for key, value in (live or {}).items() if key not in gone}
    return {**rest, **changed}, changed, gone


def _toggle(
    objects: Objects,
    endpoint: Endpoint,
    id: str,
    new: Values,
    name: str,
    doing: str,
    before: Values | None,
) -> Values | None:
    """Switch it, and say what is there now where that needs no read."""
    kind = objects.kind
    wanted = bool(new[name])
    suffix = (endpoint.action or {})[wanted]
    try:
        reply = objects.client.request(endpoint.verb, wire.path(endpoint.path, new, id) + suffix, doing=doing)
    except (Invalid, Conflict):
        # A repeated toggle may be refused because the first one took.
        live = objects.read(id, new, doing)
        if live is not None and bool(live.get(name)) == wanted:
            return live
        raise
    answer = reply.get(kind.by_name[name].wire)
    if reply.get("error_message") or (answer is not None and bool(answer) != wanted):
        said = str(reply.get("error_message") or f"{name} is still {not wanted}").rstrip(".")
        raise ScalekitError(
            f"{doing}: Scalekit did not {suffix.strip(':')} it: {said}. "
            f"Complete its settings, or leave `{name}` out until they are complete."
        )
    # What switching off makes of them is not documented.
    moves = not all(wanted and (before or {}).get(output) in ends for output, ends in (endpoint.moves or {}).items())
    return None if answer is None or before is None or moves else {**before, name: wanted}


def _take_away(
    objects: Objects,
    endpoint: Endpoint,
    id: str,
    old: Values,
    new: Values,
    name: str,
    doing: str,
) -> None:
    items = sorted(compare.only_in(old.get(name), new.get(name))) if endpoint.each else [""]
    for item in items:
        try:
            objects.client.request(endpoint.verb, wire.path(endpoint.path, {**old, **new}, id, item), doing=doing)
        except ApiError as error:
            if error.status != 404:  # noqa: PLR2004 - what is gone already is done
                raise


def pending(kind: Kind, endpoint: Endpoint, declared: Values, live: Values) -> list[str]:
    """The declared fields of an endpoint that are not there yet. What is never answered has to be sent."""
    return [
        name
        for name in endpoint.owns
        if name in declared and _unseen(kind.by_name[name], declared[name], live.get(name), live)
    ]


def _unseen(field: Field, declared: Any, live: Any, beside: Values) -> bool:
    if field.write_only or (field.sparse and live is None):
        return declared not in (None, "")
    if field.shape.name == "block":
        return any(
            _unseen(part, declared[part.name], (live or {}).get(part.name), live or {})
            for part in field.shape.fields
            if part.name in declared
        )
    return any(compare.differences(field, declared, live, beside))
