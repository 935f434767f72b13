"""What a create does about an object that is there already.

| | `adopt no` | `adopt identical` |
|---|---|---|
| an environment has one of it or none (`is_only`) | look first: one that is there is an error with the id | the same, but an equal one is taken over |
| the API allows one such object only (`unique`, `delete_before_replace`) | create; a refusal becomes an error with the id | the same, but an equal object is taken over |
| it is recognised by some of its properties (`identity`, `leads_to`) | create | look first: an equal one is taken over, any other one is an error |
| its create only adds to something | create | create |
| nothing says whether it exists | create | refused, unless what it belongs to was made in this run |

An object that another resource of the stack has is never taken over.
"""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle.errors import AlreadyExists
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.field import Field, Values, value_at
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import alike
from pulumi_scalekit.remote.objects import Candidate, Objects

_NO_ADOPTION = "remove the setting (`pulumi config rm scalekit:adopt`)"
_DELETE_FIRST = "`delete_before_replace=True` in its resource options (`deleteBeforeReplace` in other languages)"


def identity(kind: Kind, values: Values) -> str:
    """What no two objects may share, as one text; empty where a second one may stand beside it."""
    if kind.api.is_only:
        return kind.api.setting_of if values else ""
    names = (kind.api.unique,) if kind.api.unique else kind.api.identity if kind.api.delete_before_replace else ()
    if not names or not all(isinstance(values.get(name), str) for name in names):
        return ""
    return "/".join(str(values.get(name)) for name in (*kind.api.parameters, *names))


def existing(objects: Objects, inputs: Values, doing: str) -> Candidate | None:
    """The object to take over instead of creating one, where that has to be found out before.

    That is with `adopt identical`, and of the only one that an environment may have.

    Raises:
        AlreadyExists: There is one that differs, or nothing tells whether there is one.

    """
    kind = objects.kind
    if kind.api.is_only:
        live = objects.read(kind.api.setting_of, inputs, doing)
        there = f"{doing}: there is one in {objects.environment.url}, and an environment has no second."
        return _judged(objects, inputs, (kind.api.setting_of, live), there) if live is not None else None
    # To add what is there already changes nothing.
    only_adds = kind.api.create is not None and kind.api.create.adds
    below_new = any(objects.run.is_new(str(inputs.get(name))) for name in kind.api.parameters)
    if objects.environment.adopt != "identical" or kind.has_unique(inputs) or below_new or only_adds:
        return None
    if not kind.api.identity:
        hint = f"declare {kind.api.unique}, by which it is found" if kind.api.unique else "import it if it exists"
        raise AlreadyExists(
            f"{doing}: scalekit:adopt is `identical`, and nothing tells whether this {kind.words} exists already. "
            f"{hint[0].upper()}{hint[1:]}; or, to create a new one, {_NO_ADOPTION}."
        )

    def is_free(found: Candidate) -> bool:
        return not objects.run.holder_besides(objects.key(inputs, found[0]), objects.environment.resource)

    candidates = [found for found in alike.find(objects, inputs, doing) if is_free(found)]
    same = [found for found in candidates if not differences(kind, inputs, found[1])]
    if len(same) == 1:
        return same[0]
    shared = [name for name in kind.api.identity if inputs.get(name)]
    if not candidates:
        leading = [(path, found) for path, found in alike.find_leading(objects, inputs, doing) if is_free(found)]
        candidates = [found for _, found in leading]
        shared = list(dict.fromkeys(path for path, _ in leading))
    if not candidates:
        return None
    named = " and ".join(f"{path}={value_at(inputs, path)!r}" for path in shared)
    differing = "; ".join(_difference(kind, inputs, found) for found in candidates)
    raise AlreadyExists(
        f"{doing}: the {kind.words} with {named} exists already: {differing}. While scalekit:adopt is `identical`, no second "
        f"{kind.words} is created beside it. Declare it as it is; or, to create a second {kind.words}, {_NO_ADOPTION}."
    )


def refused(objects: Objects, inputs: Values, doing: str, refusal: ScalekitError) -> tuple[str, Values]:
    """The object to take over after a create was refused because there is one already.

    Raises:
        AlreadyExists: There is one, and it is not taken over; the message says what to do.
        ScalekitError: The refusal, where it has another reason.

    """
    kind = objects.kind
    found = None
    if kind.has_unique(inputs):
        found = objects.find_unique(inputs, doing)
    elif kind.api.delete_before_replace:
        found = next(iter(alike.find(objects, inputs, doing)), None)
    if not found:
        raise refusal
    name = kind.api.unique or kind.api.identity[0]
    named = f"this {name}" if kind.by_name[name].personal else f"{name} {inputs[name]!r}"
    taken = f"{doing}: {named} already belongs to {found[0]}."
    return _judged(objects, inputs, found, taken, f" Or declare another {name}.")


def _judged(objects: Objects, inputs: Values, found: Candidate, taken: str, otherwise: str = "") -> Candidate:
    """What is in the way of a create, if it may be taken over."""
    kind, (id_, live) = objects.kind, found
    thing = objects.key(inputs, id_)
    if objects.run.holder_besides(thing, objects.environment.resource):
        raise AlreadyExists(f"{taken} Another resource of this program has it: declare it once.") from None
    if objects.run.is_stored(thing, objects.environment.resource):
        raise AlreadyExists(
            f"{taken} This stack has it under another name. Give this resource the old name: "
            f"`aliases=[pulumi.Alias(name=…)]`."
        ) from None
    if objects.run.is_declared(kind.token, identity(kind, inputs)):
        raise AlreadyExists(
            f"{taken} That is the object that this resource replaces, and there cannot be two of them at the same time. Set "
            f"{_DELETE_FIRST}, and run `pulumi up` again."
        ) from None
    different = differences(kind, inputs, live)
    if objects.environment.adopt == "identical" and not different:
        return found
    now = f", if it equals the declaration (now it differs: {_difference(kind, inputs, found)})" if different else ""
    raise AlreadyExists(
        f"{taken} If this stack has it under another name, because the resource was renamed or moved, give it the old name: "
        f"`aliases=[pulumi.Alias(name=…)]`. If you want its replacement (`--replace`, a taint), set {_DELETE_FIRST}. "
        f"Only if no stack has it, take it over: `pulumi config set scalekit:adopt "
        f"identical`{now}; or with the provider plugin `pulumi import {kind.token} NAME {thing[-1]}`.{otherwise}"
    ) from None


def take_over(objects: Objects, id: str, inputs: Values) -> None:
    """Say what was taken over, and that no other resource may delete it in this run."""
    kind = objects.kind
    objects.run.keep(objects.key(inputs, id))
    objects.environment.warn(
        f"{kind.label(inputs)} ({id}) existed already and equals its declaration, so it was taken over: from now on it is "
        f"destroyed with this stack. When everything is taken over, {_NO_ADOPTION}."
    )


def differences(kind: Kind, inputs: Values, live: Values) -> list[str]:
    """The paths at which an object is not what is declared. What a create alone leaves unset may still be unset."""
    return [path for field in kind.inputs if not field.provider_only for path in _different(kind, field, inputs, live)]


def _different(kind: Kind, field: Field, inputs: Values, live: Values) -> list[str]:
    declared, there = inputs.get(field.name), live.get(field.name)
    if kind.api.create and field.name not in kind.api.create.owns and field.name not in kind.replacing:
        if not there or declared is None:
            return []
        if field.by_key:
            declared = {key: value for key, value in declared.items() if there.get(key)}
    return list(compare.differences(field, declared, there))


def _difference(kind: Kind, inputs: Values, found: Candidate) -> str:
    """Where an object differs, without a secret."""
    id_, live = found
    paths = [_difference_at(kind, path, inputs, live) for path in differences(kind, inputs, live)]
    return f"{kind.import_id(inputs, id_)}" + (
        f" has {', '.join(paths)}" if paths else " is equal, but not the only one"
    )


def _difference_at(kind: Kind, path: str, inputs: Values, live: Values) -> str:
    name, _, below = path.partition(".")
    field, declared, there = kind.by_name[name], inputs.get(name), live.get(name)
    part: Any = field.shape.by_name.get(below) if below else field
    if below:
        declared, there = (value.get(below) if isinstance(value, dict) else None for value in (declared, there))
    if part and (part.secret or field.personal or part.shape.name == "block"):
        return f"another {path}"
    return f"{path} {there!r} instead of {declared!r}"
