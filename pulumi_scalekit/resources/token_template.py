"""TokenTemplate: what the environment's access tokens hold beside what Scalekit puts there."""

import json
from collections.abc import Iterator
from typing import Any

from pulumi_scalekit.model import json_object
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop

_PATH = "/token-templates"
_RESERVED = frozenset(("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "oid", "roles"))
"""Claims that every token has and no template may set, as far as Scalekit's documents name them."""


def _refused(text: str) -> str | None:
    if reason := json_object.refused(text):
        return reason
    claims = json.loads(text)
    if reserved := sorted(_RESERVED & set(claims)):
        return f"sets {', '.join(reserved)}, which Scalekit sets itself: choose another name"
    if any(item.count("{{") != item.count("}}") for item in _texts(claims)):
        return "has an expression that begins or ends only: write it as {{organization.name}}"
    return None


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    for item in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _texts(item)


def _to_wire(body: Body) -> Body:
    return {**body, "template": json.loads(body["template"])} if "template" in body else body


def _from_wire(found: Body, _declared: Values) -> Body:
    return {**found, "template": json_object.spelled(found.get("template") or {})}


@change_rule("token-template-enabled", "warning")
def enabled(change: ResourceChange) -> Iterator[Said]:
    """The claims of the template are in access tokens from now on. What your programs make of them has to be right."""
    before, after = change.becomes("enabled")
    if after is True and before is not True:
        yield "enabled", "access tokens have the claims of the template from now on"


@change_rule("token-template-off", "warning")
def off(change: ResourceChange) -> Iterator[Said]:
    """A token template is switched off or deleted: programs that decide by its claims do not find them any more."""
    before, after = change.becomes("enabled")
    if change.before and before is not False and (change.deleted or after is False):
        yield (
            "" if change.deleted else "enabled",
            "access tokens lose the claims of the template at once: programs that decide by them do not find them",
        )


@change_rule("token-template-changed", "warning")
def changed(change: ResourceChange) -> Iterator[Said]:
    """Access tokens hold other claims, by which your programs may decide who may do what. Read it as a change of your own code."""
    before, after = change.becomes("template")
    if change.updated and before != after and known_at(change.after, "enabled") is not False:
        yield "template", "access tokens hold other claims, by which programs may decide who may do what"


def _consequence(change: ResourceChange) -> str:
    if change.deleted:
        return "" if known_at(change.before, "enabled") is not False else "It was switched off, so nobody is affected."
    if known_at(change.after, "enabled") is True:
        return ""
    return "The template is switched off, so no token changes." if "enabled" in change.after else ""


class TokenTemplate(Resource, findings=(enabled, off, changed), consequence=_consequence):
    """What the environment's access tokens hold beside what Scalekit puts there: claims, and the expressions that make them.

    An environment has one at most; its id is `default`. A new one is switched off until `enabled=True`. A create does not write
    over one that somebody else has made: it says how to take it over. Destroying it takes the claims out of tokens at once.

    What an expression may use, `GET /api/v1/token-templates/context` lists; what a template makes of a user, the dashboard
    shows, or `POST /api/v1/token-templates/preview`.

    It uses endpoints that Scalekit has not published (`/api/v1/token-templates`).
    """

    template: Prop[str] = prop(
        'The claims as a JSON object, `json.dumps({"org": "{{organization.name}}"})`: names, and values with `{{expressions}}`. '
        "The order of names and blanks between them do not matter; values are compared as they stand.",
        normal=json_object.normal,
        rule=_refused,
    )
    enabled: OptionalProp[bool] = prop("Whether tokens get the claims. A new template is switched off.", default=None)
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True, wire="created_at")

    api = Api(
        item=_PATH,
        envelope="config",
        create=Endpoint("PUT", _PATH, owns=("template",), unpublished=True),
        update=(
            Endpoint("PUT", _PATH, owns=("template",), unpublished=True),
            Endpoint("PATCH", _PATH, owns=("enabled",), action={True: ":enable", False: ":disable"}, unpublished=True),
        ),
        delete=Endpoint("DELETE", _PATH, unpublished=True),
        setting_of="default",
        # Where it answers, a 404 of the template says that there is none. It holds no objects.
        owners=Listing(_PATH + "/context", "", paged="no"),
        to_wire=_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
