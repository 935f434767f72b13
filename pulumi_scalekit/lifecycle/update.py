"""Update: one request per endpoint that owns a changed field, and none for what did not change."""

from __future__ import annotations

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle.advice import advise, advised
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.lifecycle.state import compose, declared
from pulumi_scalekit.lifecycle.write import not_taken, write
from pulumi_scalekit.model.equal import changed, differences
from pulumi_scalekit.model.kind import Endpoint, Kind, Values


class HalfUpdated(ScalekitError):
    """Some properties were written, and a later step of the update failed.

    Attributes:
        state: The resource as it is now.
        written: The properties that were written.

    """

    def __init__(self, failed: ScalekitError, state: Values, written: list[str]) -> None:
        super().__init__(str(failed))
        self.uncertain = failed.uncertain
        self.state = state
        self.written = written


@advised
def update(kind: Kind, environment: Environment, id: str, state: Values, inputs: Values) -> Values:
    """Write what changed.

    Args:
        kind: The resource's description.
        environment: Where it lives.
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
    environment.guard(kind, state, "updating")
    environment = environment.hiding(kind, state, inputs)
    doing = f"updating {kind.label(inputs)} ({id})"
    environment.arrive(kind, id, state, doing)
    environment.run.hold(environment.object(kind, state, id), environment.resource)
    names = changed(kind, state, inputs)
    live: Values | None = None
    # Written and seen to be there; and taken away, which no answer shows.
    written: list[str] = []
    taken: list[str] = []
    try:
        for endpoint in kind.api.update:
            owned = [name for name in names if name in endpoint.owns and _is_for(kind, endpoint, state, inputs, name)]
            if owned:
                live = write(kind, environment, endpoint, id, state, inputs, owned, doing)
                (taken if endpoint.clears else written).extend(owned)
        shown = [field.name for field in kind.outputs if field.stable and not field.kept and field.name in state]
        if (written or taken) and (
            live is None or any(name not in live for name in shown if name != "environment_url")
        ):
            live = environment.fetch(kind, id, {**state, **inputs}, doing)
            left = [
                path for name in taken for path in differences(kind.by_name[name], inputs[name], (live or {}).get(name))
            ]
            if live and left:
                taken = [name for name in taken if not any(path.split(".")[0] == name for path in left)]
                raise not_taken(kind, doing, left, inputs, live)
    except ScalekitError as error:
        done = written + taken
        if not done:
            raise
        advise(kind, error)
        there = {name: value for name, value in declared(kind, state).items() if name not in done}
        there |= {name: inputs[name] for name in done if name in inputs}
        raise HalfUpdated(error, compose(kind, environment, there, live or state, state), done) from error
    return compose(kind, environment, inputs, live or _outputs(kind, state), state)


def _outputs(kind: Kind, state: Values) -> Values:
    return {field.name: state[field.name] for field in kind.outputs if field.name in state}


def _is_for(kind: Kind, endpoint: Endpoint, state: Values, inputs: Values, name: str) -> bool:
    """Whether a change is this endpoint's: some only take away, and what they take away the others cannot."""
    empty = inputs.get(name) in (None, "", [], {})
    if endpoint.clears:
        return empty and bool(state.get(name))
    return not (empty and any(other.clears and name in other.owns for other in kind.api.update))
