"""What a write leaves out: where Scalekit drops it, it is sent again as a read before the write had it.

Nobody knows whether Scalekit keeps what a write leaves out of a connection's settings. So only what changed is sent, and what
is there afterwards tells. What did not change never comes from the declaration: a customer may have changed it in the portal
meanwhile. The one exception is a secret that no read shows: once it is dropped, the declared one is all there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_scalekit.model import compare
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.field import Field, Values
from pulumi_scalekit.model.kind import Kind


@dataclass
class Restored:
    """What has to be sent because Scalekit dropped it.

    Attributes:
        values: By property; the keys of a block or map that are missing, as they were.
        secrets: The paths of secrets that were dropped too and are sent as they are declared.
        gone: The paths of secrets that were dropped and that nobody knows: no program declares them.

    """

    values: Values = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.values or self.secrets or self.gone)


def rest(kind: Kind, endpoint: Endpoint, sent: Values, declared: Values, before: Values) -> Values:
    """All that an endpoint must hold which resets what is left out: what is sent, and the rest as it was read.

    A secret that no read shows, and whose loss no answer would show, is sent as it is declared, unless it stays.
    """
    secret = {} if endpoint.secrets_stay else declared
    values = {name: before[name] for name in endpoint.owns if name in before}
    # Of a map by key a key that goes is not sent: what is sent of it is whole already, unless the endpoint merges.
    complete = {name for name in sent if kind.by_name[name].by_key and not endpoint.merges}
    return {
        name: sent[name]
        if name in complete
        else _joined(kind.by_name[name], values.get(name), _with_secrets(kind.by_name[name], sent, secret))
        for name in {**values, **sent}
    }


def _with_secrets(field: Field, sent: Values, declared: Values) -> Any:
    """What is sent of a field, with the declared secrets of a block."""
    mine, part = declared.get(field.name), sent.get(field.name)
    if not isinstance(mine, Mapping):
        return part
    secrets = {key.name: mine[key.name] for key in field.shape.fields if key.write_only and key.name in mine}
    return {**secrets, **part} if isinstance(part, Mapping) else part or secrets or None


def whole(kind: Kind, sent: Values, before: Values, declared: Values) -> Values:
    """What is sent, with blocks completed of which Scalekit fills in nothing: then no more can go wrong with the rest.

    Where it takes no part of a block, its secrets are completed too, and they come from the program.
    """
    return {
        name: _whole(kind.by_name[name], value, before.get(name), declared.get(name)) for name, value in sent.items()
    }


def _whole(field: Field, sent: Any, before: Any, declared: Any) -> Any:
    if field.sent_whole:
        return {**(declared or {}), **_joined(field, before or {}, sent)}
    if not field.shape.fields or any(part.server_default or part.write_only for part in field.shape.fields):
        return sent
    return _joined(field, before, sent)


def dropped(kind: Kind, endpoint: Endpoint, sent: Values, declared: Values, before: Values, after: Values) -> Restored:
    """What stood beside what was sent, and is not there any more.

    Args:
        kind: The resource's description.
        endpoint: Where it was sent.
        sent: What was sent, of blocks and maps the keys that were.
        declared: The program.
        before: What a read had before the write.
        after: What is there now.

    """
    found = Restored()
    for name in (*endpoint.owns, *endpoint.keeps):
        field = kind.by_name[name]
        was, now, mine, part = before.get(name), after.get(name), declared.get(name), sent.get(name)
        if field.shape.name == "block":
            _block(
                kind, field, found, sent=part or {}, declared=mine or {}, was=was or {}, now=now or {}, before=before
            )
        elif field.by_key and isinstance(part, Mapping):
            kept = {key: value for key, value in (was or {}).items() if key not in part}
            if any(value and key not in (now or {}) for key, value in kept.items()):
                found.values[name] = kept
        elif name not in sent and _is_lost(field, was, now):
            found.values[name] = was
    _secrets(kind, found, sent, declared, before, after)
    return found


def joined(kind: Kind, sent: Values, restored: Restored, declared: Values) -> Values:
    """What to send the second time."""
    values = {
        name: _joined(kind.by_name[name], restored.values.get(name), sent.get(name))
        for name in {**restored.values, **sent}
    }
    for path in restored.secrets:
        name, part = path.split(".")
        values[name] = {**(values.get(name) or {}), part: declared[name][part]}
    return values


def warning(restored: Restored) -> str:
    """What to tell the user of a secret that was dropped; empty where none was."""
    if restored.gone:
        return (
            f"Scalekit dropped {', '.join(restored.gone)}, because it replaces what a change leaves out, and no program "
            f"declares it. Enter it again in the dashboard, or declare it: nobody can sign in until then."
        )
    if restored.secrets:
        return (
            f"Scalekit dropped {', '.join(restored.secrets)}, because it replaces what a change leaves out, so the declared "
            f"value was sent again. If it was changed in the portal meanwhile, declare the secret that is valid now."
        )
    return ""


def _joined(field: Field, below: Any, above: Any) -> Any:
    if isinstance(below, Mapping) and isinstance(above, Mapping) and (field.by_key or field.shape.name == "block"):
        # A secret may be answered as a mask, and a mask must never be written.
        hidden = {part.name for part in field.shape.fields if part.write_only}
        return {**{key: value for key, value in below.items() if key not in hidden}, **above}
    return below if above is None else above


def _is_lost(field: Field, was: Any, now: Any) -> bool:
    return not (field.write_only or compare.is_empty(was) or was is False) and (compare.is_empty(now) or now is False)


def _block(
    kind: Kind,
    field: Field,
    found: Restored,
    *,
    sent: Values,
    declared: Values,
    was: Values,
    now: Values,
    before: Values,
) -> None:
    """The keys of a block that were dropped. What Scalekit fills in by itself proves nothing, and comes back by itself."""
    fields = [part for part in field.shape.fields if part.name not in sent and not part.write_only]

    def is_mine(part: Field, beside: Values) -> bool:
        return not compare.is_empty(declared.get(part.name)) or not (
            isinstance(part.server_default, tuple) and compare.has_server_default(part, beside, before)
        )

    lost = [part for part in fields if _is_lost(part, was.get(part.name), now.get(part.name)) and is_mine(part, was)]
    if not lost:
        return
    there, values = {**now, **sent}, {}
    # First what the program declares: of an issuer and a discovery document, one is filled in from the other.
    for part in sorted(fields, key=lambda part: compare.is_empty(declared.get(part.name))):
        old = was.get(part.name)
        if old is not None and is_mine(part, there) and not compare.same(part, old, now.get(part.name)):
            there[part.name] = values[part.name] = old
    found.values[field.name] = values
    if any(part.shape.name != "flag" for part in lost):
        _drop_secrets(kind, field, found, sent, declared, before)


def _secrets(kind: Kind, found: Restored, sent: Values, declared: Values, before: Values, after: Values) -> None:
    """Where nothing else was dropped, or nothing else stood beside: what tells that a secret is missing now."""
    clears = any(
        compare.is_empty(value) for part in sent.values() if isinstance(part, Mapping) for value in part.values()
    )
    status = next((field for field in kind.outputs if field.incomplete), None)
    known = [*found.secrets, *found.gone]
    fell = (
        status is not None
        and not clears
        and before.get(status.name, status.incomplete[0]) not in status.incomplete
        and after.get(status.name) in status.incomplete
    )
    for name, part in sent.items():
        field = kind.by_name[name]
        was, now = before.get(name), after.get(name)
        echoes = [
            key.name
            for key in field.shape.fields
            if key.write_only and _had(was, key.name) and not _had(now, key.name) and key.name not in (part or {})
        ]
        if isinstance(part, Mapping) and (fell or echoes) and name not in {path.split(".")[0] for path in known}:
            _drop_secrets(kind, field, found, dict(part), declared.get(name) or {}, before)


def _had(block: Any, key: str) -> bool:
    return isinstance(block, Mapping) and not compare.is_empty(block.get(key))


def _drop_secrets(kind: Kind, field: Field, found: Restored, sent: Values, declared: Values, before: Values) -> None:
    status = next((output for output in kind.outputs if output.incomplete), None)
    complete = status is not None and before.get(status.name) not in (None, *status.incomplete)
    for part in field.shape.fields:
        if not part.write_only or part.name in sent:
            continue
        path = f"{field.name}.{part.name}"
        if not compare.is_empty(declared.get(part.name)):
            found.secrets.append(path)
        elif (complete and not part.masked) or _had(before.get(field.name), part.name):
            found.gone.append(path)
