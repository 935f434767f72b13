"""createPortalLink: a way into the admin portal for a customer's administrator."""

from dataclasses import dataclass, replace
from typing import Literal

import pulumi

from pulumi_scalekit import enums
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.program.invoke import argument, invoke_output, keys
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment

PortalFeature = Literal["sso", "dir_sync"] | enums.CreatePortalLinkFeatures


@dataclass(frozen=True)
class PortalLinkResult:
    """A link into the admin portal."""

    id: str
    location: str
    expire_time: str | None


_FIELDS = keys(
    PortalLinkResult,
    location="The address. Whoever has it is the customer's administrator: it is a secret.",
    expire_time="Until when it can be opened, RFC 3339.",
)


def _make(environment: Environment, arguments: Values) -> Values:
    path = wire.path("/organizations/{organization_id}/portal_links", arguments)
    doing = f"making a portal link for {arguments['organization_id']}"
    query = {"features": arguments["features"]} if arguments.get("features") else None
    link = environment.client.request("PUT", path, query=query, doing=doing).get("link")
    if not isinstance(link, dict) or not link.get("location"):
        raise ScalekitError(f"{doing}: the answer holds no link.")
    return {name: link.get(name) for name in ("id", "location", "expire_time")}


CREATE_PORTAL_LINK = Function(
    "createPortalLink",
    "Make a link with which a customer's administrator sets up single sign-on or directory sync in the admin portal. "
    "It is made by every update, and unknown in a preview. It can be opened for about a minute, once; the session behind it "
    "lasts about six hours. The organization's feature has to be on.",
    inputs=(
        argument("organization_id", str, "The organization, `org_…`.", required=True),
        argument("features", list[PortalFeature], "What can be set up: `sso`, `dir_sync`. Default: all that is on."),
    ),
    outputs=tuple(replace(field, secret=field.name == "location") for field in _FIELDS),
    run=_make,
    result=lambda found: PortalLinkResult(**found),
    writes=True,
)


def create_portal_link(
    *,
    organization_id: pulumi.Input[str],
    features: list[PortalFeature] | None = None,
    provider: Provider | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> pulumi.Output[PortalLinkResult]:
    """Make a link with which a customer's administrator sets up single sign-on or directory sync.

    It is made by every update, and unknown in a preview.

    Args:
        organization_id: The organization, `org_…`.
        features: What can be set up. Default: all that is on.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Returns:
        The link, a secret as a whole.

    Raises:
        ScalekitError: The feature is off, or there is no such organization.

    API: `PUT /api/v1/organizations/{id}/portal_links`.

    """
    return invoke_output(CREATE_PORTAL_LINK, provider, opts, organization_id=organization_id, features=features)
