"""What is there before a write, where some of it is sent again or must not be sent again."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model import compare, sentences
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects


def matters(kind: Kind, endpoint: Endpoint, names: Sequence[str]) -> bool:
    """Whether a write has to know what is there."""
    held = any(name in endpoint.owns and name not in names for name in endpoint.carries)
    changed = [kind.by_name[name] for name in names]
    return (
        endpoint.left_out != "kept"
        or held
        or any(field.by_key or field.sent_whole or field.settled for field in changed)
    )


def read(objects: Objects, id: str, old: Values, new: Values, names: Sequence[str], doing: str) -> Values | None:
    """What is there, for a write of what has changed.

    Where it is not as it was declared, nor already as it is now, somebody has changed it, or the answer is older than the last
    write, which this one would undo.
    """
    kind = objects.kind

    def is_enough(live: Values | None) -> bool:
        return live is not None and (
            _is_done(kind, names, live, new)
            or not any(
                path
                for field in kind.inputs
                for path in compare.differences(field, old.get(field.name), live.get(field.name), live)
            )
        )

    return objects.read_until(is_enough, id, {**old, **new}, doing)


def stands(kind: Kind, names: Sequence[str], there: Values, new: Values, doing: str) -> bool:
    """Whether what stays once it is set is there, and is not sent again: nobody knows what that would do.

    Raises:
        ScalekitError: Another value is there.

    """
    if _is_done(kind, names, there, new):
        return True
    for field in (kind.by_name[name] for name in names):
        if field.settled and there.get(field.name):
            raise ScalekitError(f"{doing}: {sentences.stays(field, there[field.name])}")
    return False


def _is_done(kind: Kind, names: Sequence[str], there: Values, new: Values) -> bool:
    """Whether what stays once it is set is there as it is declared now."""
    stay = [kind.by_name[name] for name in names if kind.by_name[name].settled]
    return bool(stay) and all(compare.same(field, there.get(field.name), new.get(field.name)) for field in stay)
