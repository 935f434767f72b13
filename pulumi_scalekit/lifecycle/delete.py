"""Delete: what is gone is done; what is protected stays; a setting of something else is left as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

from pulumi_scalekit.api.errors import Conflict, Forbidden, Invalid, NotFound, ScalekitError
from pulumi_scalekit.lifecycle.advice import advise
from pulumi_scalekit.lifecycle.errors import Protected
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.field import Body, Values
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
        objects.environment.warn(
            f"{kind.label(state)} ({id}) is no longer managed; Scalekit keeps it as it is.{advice}"
        )
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
    query = {name: state[name] for name in api.delete.carries if state.get(name)}
    path = wire.path(api.delete.path, state, id)
    request = partial(objects.client.request, api.delete.verb, path, query=query or None, doing=doing)
    try:
        request()
    except NotFound as error:
        if api.delete.unpublished and objects.read(id, state, doing) is not None:
            raise endpoint_missing(kind, error, unpublished=True) from None
    except (Invalid, Conflict, Forbidden) as error:
        if objects.parent_gone(state):
            return
        # A 403 says that these credentials may not delete: then nothing may be switched off for it either.
        if not api.before_delete or isinstance(error, Forbidden):
            error.advice = api.delete_advice or error.advice
            advise(kind, error)
            raise
        _switch_off_and_delete(objects, api.before_delete, request, state, id, doing)


def _numbers(objects: Objects, id: str, doing: str) -> Iterator[str]:
    """How much there is of what a delete takes along, as far as this environment and these credentials show it."""
    kind = objects.kind
    for counted in kind.api.counted:
        with contextlib.suppress(ScalekitError):
            number = objects.environment.number_of(counted, id, doing)
            yield f"{number} {counted.words if number != 1 else counted.words.removesuffix('s')}"


def _switch_off_and_delete(
    objects: Objects, before_delete: Endpoint, request: Callable[[], Body], state: Values, id: str, doing: str
) -> None:
    """Delete what has to be switched off first. Where that is as far as it gets, say so: the state does not."""
    try:
        objects.client.request(before_delete.verb, wire.path(before_delete.path, state, id), doing=doing)
    except NotFound:
        return
    try:
        request()
    except NotFound:
        return
    except ScalekitError as error:
        raise ScalekitError(
            f"{error} It was switched off, because Scalekit refused to delete it before. Run `pulumi up` again to delete "
            f"it; to keep it, run `pulumi up --refresh`, which switches it on again."
        ) from error
