"""Update: one request per endpoint that owns a changed field, and none for what did not change."""

from __future__ import annotations

from dataclasses import replace

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle.advice import advise, advised
from pulumi_scalekit.lifecycle.errors import Dropped, HalfUpdated
from pulumi_scalekit.lifecycle.notes import Notes
from pulumi_scalekit.lifecycle.state import compose, declared
from pulumi_scalekit.lifecycle.write import kept, not_taken, write
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.compare import changed, changed_secrets, differences, is_empty, only_in
from pulumi_scalekit.model.field import Values, value_at
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects


@advised
def update(objects: Objects, id: str, state: Values, inputs: Values) -> Values:
    """Write what changed.

    Args:
        objects: The objects of its kind, where it lives.
        id: The API's id.
        state: The last state.
        inputs: What is declared now.

    Returns:
        The new state. Without a changed field nothing is sent, and only the inputs in the state are new.

    Raises:
        WrongEnvironment: The resource lives elsewhere.
        NotTaken: The API answered with success and did not do it.
        HalfUpdated: One endpoint has written its part, and a later one refused or did not answer.
        ApiError: The API refused, and nothing was written.

    """
    kind = objects.kind
    objects.guard(state, "updating")
    objects = objects.hiding(state, inputs)
    doing = f"updating {kind.label(inputs)} ({id})"
    objects.arrive(id, state, doing)
    objects.run.hold(objects.key(state, id), objects.environment.resource)
    notes = Notes.of(state)
    old = notes.effective(state, inputs)
    names = changed(kind, old, inputs)
    live: Values | None = None
    # Written, and there; and taken away, which no answer shows.
    written: list[str] = []
    taken: list[str] = []
    owned: list[str] = []
    try:
        for endpoint in kind.api.update:
            owned = [name for name in names if name in endpoint.owns and _is_for(kind, endpoint, old, inputs, name)]
            if owned:
                # A switch changes nothing else, so what is known of the rest stays.
                before = (live or _outputs(kind, state)) if endpoint.action else None
                live = write(objects, endpoint, id, old, inputs, owned, doing, before)
                (taken if endpoint.clears or endpoint.each else written).extend(owned)
        stable = [
            field.name for field in kind.outputs if field.stable and not field.create_only and field.name in state
        ]
        if (written or taken) and (
            live is None or any(name not in live for name in stable if name != "environment_url")
        ):
            owned = []

            def left_in(there: Values | None) -> list[str]:
                there = there or {}
                return [p for name in taken for p in differences(kind.by_name[name], inputs[name], there.get(name))]

            live = objects.read_until(lambda there: not left_in(there), id, {**state, **inputs}, doing)
            left = left_in(live)
            if live and left:
                taken = [name for name in taken if not any(path.split(".")[0] == name for path in left)]
                raise not_taken(kind, doing, left, inputs, live)
    except ScalekitError as error:
        done = written + taken
        doubted = changed_secrets(kind, old, inputs, owned) if error.uncertain or error.took_effect else frozenset()
        doubted |= error.secrets if isinstance(error, Dropped) else frozenset()
        if not done and not doubted:
            raise
        advise(kind, error)
        there = {name: value for name, value in declared(kind, state).items() if name not in done}
        there |= {name: inputs[name] for name in done if name in inputs}
        known = replace(notes, in_doubt=(notes.in_doubt - changed_secrets(kind, old, inputs, done)) | doubted)
        half = known.added_to(compose(objects, there, live or state, state))
        raise HalfUpdated(error, half, done, [name for name in owned if doubted]) from error
    after = compose(objects, inputs, live or _outputs(kind, state), state)
    return _noted(objects, notes, state, inputs, names, live, doing).added_to(after)


def _noted(
    objects: Objects,
    notes: Notes,
    state: Values,
    inputs: Values,
    names: list[str],
    live: Values | None,
    doing: str,
) -> Notes:
    """What to remember after an update, and to say once: what was removed from the program and is there all the same."""
    kind = objects.kind
    stays = set(kept(kind, inputs, live, names, state)) if live else set()
    if stays:
        objects.environment.warn(
            f"{doing}: {', '.join(sorted(stays))} was removed from the program. Scalekit answered with success and keeps it. "
            f"From now on it is left as it is; to change it, declare another value, or remove it in the dashboard."
        )
    return Notes(
        stays=frozenset({path for path in notes.stays if is_empty(value_at(inputs, path))} | stays),
        imported=frozenset(path for path in notes.imported if value_at(inputs, path) == value_at(state, path)),
    )


def _outputs(kind: Kind, state: Values) -> Values:
    return {field.name: state[field.name] for field in kind.outputs if field.name in state}


def _is_for(kind: Kind, endpoint: Endpoint, state: Values, inputs: Values, name: str) -> bool:
    """Whether a change is this endpoint's: some only take away, and what they take away the others cannot."""
    empty = inputs.get(name) in (None, "", [], {})
    if endpoint.clears:
        return empty and bool(state.get(name))
    if endpoint.each:
        return bool(only_in(state.get(name), inputs.get(name)))
    if endpoint.adds:
        return bool(only_in(inputs.get(name), state.get(name)))
    return not (empty and any(other.clears and name in other.owns for other in kind.api.update))
