"""Delete: what is gone is done; what is protected stays; a setting of something else is left as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from pulumi_scalekit.api.errors import ApiError, Conflict, Forbidden, Invalid, NotFound, ScalekitError
from pulumi_scalekit.lifecycle.advice import advise
from pulumi_scalekit.lifecycle.errors import Protected
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.absence import endpoint_missing
from pulumi_scalekit.remote.objects import Objects


def is_guarded(objects: Objects, inputs: Values, *, before: bool) -> bool:
    """Whether something that the declared object is in has deletion protection.

    Args:
        objects: The objects of its kind, where it lives.
        inputs: What is declared.
        before: Whether it had at the last `up`. That counts where this run does not see what the object is in: with
            `--target`, or where the program has no more than its id.

    """
    found = [objects.run.protection(str(inputs.get(name))) for name in objects.kind.api.parameters]
    known = [protection for protection in found if protection is not None]
    return any(known) if known else before


def delete(objects: Objects, id: str, state: Values, *, guarded: bool = False) -> None:
    """Delete an object.

    Args:
        objects: The objects of its kind, where it lives.
        id: The API's id.
        state: The last state.
        guarded: What it is in had deletion protection at the last `up`. The engine deletes it first, so that its own
            protection would come too late.

    Raises:
        Protected: It has `deletion_protection`, or what it is in has and is not kept by this run.
        WrongEnvironment: It lives elsewhere.
        ApiError: The API refused, also after the kind's `before_delete`.

    """
    kind = objects.kind
    objects.guard(state, "deleting")
    objects = objects.hiding(state)
    doing = f"deleting {kind.label(state)} ({id})"
    api = kind.api
    if not api.delete:
        advice = f" {api.delete_advice}." if api.delete_advice else ""
        objects.environment.warn(f"No longer managed: {kind.label(state)} ({id}). Scalekit keeps it as it is.{advice}")
        return
    if not objects.run.may_delete(objects.key(state, id), objects.environment.resource):
        objects.environment.warn(
            f"{kind.label(state)} ({id}) is not deleted: another resource of this stack has it too. Only this name is removed "
            f"from the state."
        )
        return
    above = [str(state.get(name)) for name in kind.api.parameters]
    if guarded and not any(objects.run.protection(parent) is not None for parent in above):
        raise Protected(
            f"{doing}: {' and '.join(above)} has deletion protection, and this run does not keep it, so nothing in it is "
            f"deleted. To delete it, set its deletion_protection=False, run `pulumi up`, and then remove or replace it. To keep it, "
            f"leave it in the program, or read it there with `get` if another stack has it, and run without `--target`."
        )
    if state.get("deletion_protection"):
        now = " and ".join(_numbers(objects, id, doing))
        raise Protected(
            f"{doing}: it is protected, because {api.cascades_to} would be deleted with it{f' (now {now})' if now else ''}. "
            f"To delete or replace it, set deletion_protection=False, run `pulumi up`, and then remove or replace it."
        )
    objects.arrive(id, state, doing)
    try:
        _remove(objects, api.delete, id, state, doing)
    except (Invalid, Conflict, Forbidden) as error:
        _advised(kind, error)
        raise


def _remove(objects: Objects, endpoint: Endpoint, id: str, state: Values, doing: str) -> None:
    """Delete it, switched off before where this environment is known to refuse otherwise.

    Until it has refused once, nothing is switched off first: a delete that is not allowed, or whose endpoint was withdrawn,
    must not end with a sign-in that is off.
    """
    kind, environment = objects.kind, objects.environment
    switch = kind.api.before_delete

    def request() -> None:
        carried = [kind.by_name[name] for name in endpoint.carries if state.get(name)]
        query = {**dict(endpoint.otherwise), **{field.wire: state[field.name] for field in carried}}
        items = [item for name in endpoint.owns for item in state.get(name) or ()] if endpoint.each else [""]
        for item in items:
            path = wire.path(endpoint.path, state, id, item)
            try:
                objects.client.request(endpoint.verb, path, query=query or None, doing=doing)
            except NotFound as error:
                if endpoint.unpublished and objects.read_until(lambda live: live is None, id, state, doing) is not None:
                    raise endpoint_missing(kind, error, unpublished=True) from None

    if switch and kind.token in environment.deletes_only_off and _is_on(kind, switch, state):
        _switch_off_and_delete(objects, switch, request, id, state, doing)
        return
    try:
        request()
    except Forbidden:
        # These credentials may not delete: then nothing may be switched off for it either.
        if not objects.parent_gone(state):
            raise
    except (Invalid, Conflict) as error:
        if switch:
            _switch_off_and_delete(objects, switch, request, id, state, doing, refused=error)
        elif not objects.parent_gone(state):
            raise


def _is_on(kind: Kind, switch: Endpoint, state: Values) -> bool:
    """Whether it is switched on, by the state. What nobody declared is off, unless Scalekit fills it in."""
    return any(state.get(name, kind.by_name[name].server_default is True) for name in switch.owns)


def _switch_off_and_delete(
    objects: Objects,
    switch: Endpoint,
    request: Callable[[], None],
    id: str,
    state: Values,
    doing: str,
    refused: ApiError | None = None,
) -> None:
    """Delete what has to be switched off first. Where that is as far as it gets, say so: the state does not.

    Args:
        objects: The objects of its kind, where it lives.
        switch: Switches it off.
        request: Deletes it.
        id: The API's id.
        state: The last state.
        doing: For errors.
        refused: How the delete was refused before. None: it was not tried yet.

    """
    try:
        objects.client.request(switch.verb, wire.path(switch.path, state, id), doing=doing)
    except NotFound:
        # The switch itself may be missing. That the object is gone is for the delete to say.
        request()
        return
    except (Invalid, Conflict, Forbidden) as error:
        # An answer to the switch would have shown that its organization is there.
        if objects.parent_gone(state):
            return
        if isinstance(error, Forbidden):
            raise
        # It may be off already. What keeps it from being deleted, if anything does, is then what a delete says.
        if refused:
            raise refused from None
        request()
        return
    except ScalekitError as error:
        if error.uncertain:
            raise _left_off(objects.kind, error, switch, state, "It may be switched off now") from error
        raise
    try:
        request()
    except ScalekitError as error:
        raise _left_off(objects.kind, error, switch, state, "It was switched off") from error
    if refused:
        objects.environment.deletes_only_off.add(objects.kind.token)


def _left_off(kind: Kind, error: ScalekitError, switch: Endpoint, state: Values, happened: str) -> ScalekitError:
    """The error of a delete that got no further than switching off, with the way back."""
    if any(state.get(name) for name in switch.owns):
        back = "to keep it, leave it in the program and run `pulumi up --refresh`, which switches it on again"
    else:
        back = "to keep it, look in the dashboard whether it has to be switched on again"
    text = f"{_advised(kind, error)} {happened}, because Scalekit refuses to delete what is switched on. Run again to delete it; {back}."
    return ScalekitError(text, uncertain=error.uncertain)


def _advised(kind: Kind, error: ScalekitError) -> ScalekitError:
    if isinstance(error, Invalid | Conflict | Forbidden):
        error.advice = kind.api.delete_advice or error.advice
        advise(kind, error)
    return error


def _numbers(objects: Objects, id: str, doing: str) -> Iterator[str]:
    """How much there is of what a delete takes along, as far as this environment and these credentials show it."""
    kind = objects.kind
    for counted in kind.api.counted:
        with contextlib.suppress(ScalekitError):
            number = objects.environment.number_of(counted, id, doing)
            yield f"{number} {counted.words if number != 1 else counted.words.removesuffix('s')}"
