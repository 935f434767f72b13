"""OrganizationBranding: how the sign-in pages and the portal of an organization look."""

from typing import Any, Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model.api import Api, Endpoint, Inventory
from pulumi_scalekit.model.field import Body, Field, Shape, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalMapProp, Prop, Resource, prop

BrandingSource = Literal["ENVIRONMENT", "CUSTOM"] | enums.OrganizationBrandingSource

_ITEM = "/organizations/{organization_id}/portal_customizations"
_PREFIX, _CUSTOM_NUMBER = "BRANDING_SOURCE_", 2
_SECTIONS = ("portal_customization", "application_customization")
_BESIDE = "saved"


def _from_wire(found: Body, declared: Values) -> Body:
    """The texts of each section; what else is saved stands beside, and is sent again with a change.

    What an organization has saved that looks like the environment applies to nothing, unless it is declared to.
    """
    source: Any = found.get("source")
    if isinstance(source, str):
        source = source.removeprefix(_PREFIX)
    elif source == _CUSTOM_NUMBER:
        source = "CUSTOM"
    if "CUSTOM" not in (source, declared.get("source")):
        return {"source": source}
    saved = found.get("customization_settings") or {}
    sections = {name: saved[name] for name in _SECTIONS if isinstance(saved.get(name), dict)}
    return {
        "source": source,
        _BESIDE: {**saved, **{name: _of(section, text=False) for name, section in sections.items()}},
        **{name: _of(section, text=True) for name, section in sections.items()},
    }


def _of(section: Body, *, text: bool) -> Body:
    return {key: value for key, value in section.items() if isinstance(value, str) == text}


def _to_wire(body: Body) -> Body:
    """A write replaces all that is saved. With the environment's branding Scalekit keeps it and takes none."""
    sent = {"source": _PREFIX + body["source"]}
    if body["source"] != "CUSTOM":
        return sent
    saved: dict[str, Any] = body.get(_BESIDE) or {}
    settings = {**saved, **{name: {**saved.get(name, {}), **body[name]} for name in _SECTIONS if name in body}}
    return {**sent, "customization_settings": settings} if settings else sent


def _fits(values: Values) -> list[tuple[str, str]]:
    """Rules between the properties."""
    if values.get("source") != "ENVIRONMENT":
        return []
    return [
        (name, f'{name} goes with source="CUSTOM": with "ENVIRONMENT" Scalekit ignores it')
        for name in _SECTIONS
        if values.get(name)
    ]


def _consequence(change: ResourceChange) -> str:
    before, after = change.becomes("source")
    if change.deleted:
        return "The branding stays as it is at Scalekit, and is no longer managed."
    if after == "ENVIRONMENT":
        return "" if before == after else "The organization's users see the environment's branding."
    return "What the organization's users see when they sign in changes."


class OrganizationBranding(Resource, rule=_fits, consequence=_consequence):
    """How the sign-in pages and the portal of one organization look: a setting of the organization.

    The id is the organization's. What it does not set is as in the environment's branding, and only the keys that are declared
    are managed. Destroying it leaves the branding as it is; to have the environment's again, declare `source="ENVIRONMENT"`:
    Scalekit then keeps what was saved, and `CUSTOM` applies it again.

    Organization branding has to be switched on for the environment, in the dashboard below Branding. From then on `logo_url` of the
    `Organization` is a part of this branding, and a change of it switches to `CUSTOM`: declare the logo at one of the two. A program that `adopt` writes has it at the organization.
    The environment's own branding cannot be declared, because no credentials may read it.

    It uses endpoints that Scalekit has not published
    (`GET` and `PUT /api/v1/organizations/{organization_id}/portal_customizations`).
    """

    organization_id: Prop[str] = prop("The organization, `org_…`.", refers_to=("Organization.id",))
    source: Prop[BrandingSource] = prop(
        "`CUSTOM` applies the organization's branding over the environment's, `ENVIRONMENT` has the environment's alone. Without any "
        "settings `CUSTOM` applies what was saved before, and is refused where nothing was."
    )
    portal_customization: OptionalMapProp[str] = prop(
        "The look of the pages, such as `logo_url` and `button_color`, under Scalekit's own keys, which it does not check. An empty "
        "text takes the environment's value away. Only the declared keys are managed. With `CUSTOM` only.",
        default=None,
        by_key=True,
    )
    application_customization: OptionalMapProp[str] = prop(
        "What the pages say of your application, such as its `name`; the same holds as for `portal_customization`. With `CUSTOM` only.",
        default=None,
        by_key=True,
    )

    api = Api(
        item=_ITEM,
        envelope="branding",
        update=(Endpoint("PUT", _ITEM, owns=("source", *_SECTIONS, _BESIDE), left_out="reset", unpublished=True),),
        setting_of="organization_id",
        repeats=("logo_url", "portal_customization.logo_url"),
        beside=(Field(_BESIDE, Shape("map"), "", wire=_BESIDE),),
        inventory=Inventory(only=("source", "CUSTOM")),
        needs="Organization branding is switched on in the dashboard, below Branding: switch it on, or leave the resource out",
        to_wire=_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
