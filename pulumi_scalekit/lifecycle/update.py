"""Update: one request per endpoint that owns a changed field, and none for what did not change."""

from __future__ import annotations

from pulumi_scalekit.lifecycle.advice import advised
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.lifecycle.state import compose
from pulumi_scalekit.lifecycle.write import not_taken, write
from pulumi_scalekit.model.equal import changed, differences
from pulumi_scalekit.model.kind import Endpoint, Kind, Values


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
        ApiError: The API refused. The object stays, and so does what earlier endpoints wrote.

    """
    environment.guard(kind, state, "updating")
    environment = environment.hiding(kind, state, inputs)
    doing = f"updating {kind.label(inputs)} ({id})"
    names = changed(kind, state, inputs)
    live: Values | None = None
    asked = False
    taken: list[str] = []
    for endpoint in kind.api.update:
        owned = [name for name in names if name in endpoint.owns and _is_for(kind, endpoint, state, inputs, name)]
        if owned:
            asked = True
            taken += owned if endpoint.clears else []
            live = write(kind, environment, endpoint, id, state, inputs, owned, doing)
    shown = [field.name for field in kind.outputs if field.stable and not field.kept and field.name in state]
    if asked and (live is None or any(name not in live for name in shown if name != "environment_url")):
        live = environment.fetch(kind, id, {**state, **inputs}, doing)
        if live and (
            left := [path for name in taken for path in differences(kind.by_name[name], inputs[name], live.get(name))]
        ):
            raise not_taken(kind, doing, left, inputs, live)
    if live is None:
        live = {field.name: state[field.name] for field in kind.outputs if field.name in state}
    return compose(kind, environment, inputs, live, state)


def _is_for(kind: Kind, endpoint: Endpoint, state: Values, inputs: Values, name: str) -> bool:
    """Whether a change is this endpoint's: some only take away, and what they take away the others cannot."""
    empty = inputs.get(name) in (None, "", [], {})
    if endpoint.clears:
        return empty and bool(state.get(name))
    return not (empty and any(other.clears and name in other.owns for other in kind.api.update))
