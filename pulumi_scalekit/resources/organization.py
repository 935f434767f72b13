"""Organization: one customer of yours, the root of a tenant."""

from typing import Any

from pulumi_scalekit.model import address
from pulumi_scalekit.model.api import Api, Counted, Endpoint, Listing
from pulumi_scalekit.model.field import REFUSE, RELEASE, Body, Values
from pulumi_scalekit.program.resource import OptionalMapProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.organization_findings import LOST_FOR_GOOD, MISNAMED, ORGANIZATION_FINDINGS, consequence

_ITEM = "/organizations/{id}"
_DNS_LABELS = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"


def _to_wire(body: Body) -> Body:
    if "features" not in body:
        return body
    return {**body, "features": [{"name": name, "enabled": on} for name, on in sorted(body["features"].items())]}


def _from_wire(found: Body, _declared: Values) -> Body:
    features: list[Any] = (found.get("settings") or {}).get("features") or []
    return {
        **found,
        "features": {feature["name"]: bool(feature.get("enabled")) for feature in features if feature.get("name")},
    }


class Organization(Resource, findings=ORGANIZATION_FINDINGS, consequence=consequence, lost_for_good=LOST_FOR_GOOD):
    """A customer of yours: the tenant that connections, domains, roles and directories belong to.

    Deleting an organization deletes everything in it: users who belong to no other organization, sessions, connections and
    directories. An `external_id` makes it safe to repeat a create that was interrupted, and should be your own key of the
    customer.
    """

    display_name: Prop[str] = prop("Name that people see, 1 to 200 characters.", length=(1, 200))
    external_id: OptionalProp[str] = prop(
        "Your own key of the customer, unique in the environment, at most 255 characters. With it, an interrupted create is found again instead of repeated.",
        default=None,
        length=(1, 255),
        clear=REFUSE,
        clear_advice="Keep it, or declare another one.",
    )
    metadata: OptionalMapProp[str] = prop(
        "Free pairs of text, at most 10: keys of 3 to 25 characters, values of 1 to 256. Managed key by key: pairs that "
        "your application writes at run time are left alone.",
        default=None,
        by_key=True,
        items=(0, 10),
        keys=(3, 25),
        length=(1, 256),
    )
    slug: OptionalProp[str] = prop(
        "Lower-case DNS name, unique in the environment, at most 253 characters: `acme` or `acme.example.com`.",
        default=None,
        length=(1, 253),
        pattern=_DNS_LABELS,
        pattern_words="must be lower-case letters, digits and hyphens, such as acme or login.acme.com",
    )
    logo_url: OptionalProp[str] = prop(
        "Address of the logo, `https://…`, at most 1024 characters. It is a part of the `OrganizationBranding`, where that is switched on.",
        default=None,
        length=(1, 1024),
        pattern=r"https://.+",
        pattern_words="must be an https:// address",
        rule=address.web,
    )
    features: OptionalMapProp[bool] = prop(
        "Features switched on or off, by name: `sso`, `dir_sync`, `domain_verification`, `session_policy`. Only the "
        "features that are named are managed.",
        default=None,
        by_key=True,
        clear=RELEASE,
        rule=lambda features: (
            "has no directory_sync: the feature is called dir_sync"
            if isinstance(features, dict) and MISNAMED in features
            else None
        ),
    )
    deletion_protection: OptionalProp[bool] = prop(
        "Refuse to delete or replace the organization as long as this is true. Not sent to Scalekit. Default false. In a Python "
        "program it also sets Pulumi's `protect` option, so that a preview refuses already and nothing below the "
        "organization is deleted first; set `protect` yourself in other languages, or where the value is an output.",
        default=None,
        provider_only=True,
    )
    region_code: Prop[str] = prop("Region in which its data is kept, such as `US`.", init=False, stable=True)
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        envelope="organization",
        create=Endpoint("POST", "/organizations", owns=("display_name", "external_id", "metadata", "slug", "logo_url")),
        update=(
            Endpoint("PATCH", _ITEM, owns=("display_name", "external_id", "metadata", "slug", "logo_url")),
            Endpoint("PATCH", _ITEM + "/settings", owns=("features",), left_out="unknown", merges=True),
        ),
        delete=Endpoint("DELETE", _ITEM),
        listing=Listing("/organizations", "organizations", newest_first=True, whole=True),
        lookups={"external": "/organizations:external/{value}"},
        unique="external_id",
        lookup="external",
        events={
            "created": "organization.created",
            "updated": "organization.updated",
            "deleted": "organization.deleted",
        },
        cascades_to="its users, connections and directories",
        counted=(
            Counted("users", Listing(_ITEM + "/users", "users", page_size=1), total="total_size"),
            Counted(
                "enabled connections",
                Listing("/connections", "connections", (("organization_id", "{id}"), ("include", "all")), paged="no"),
                only=("enabled", True),
            ),
        ),
        to_wire=_to_wire,
        from_wire=_from_wire,
    )
