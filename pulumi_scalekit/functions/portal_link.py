"""createPortalLink: a way into the admin portal for a customer's administrator."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pulumi_scalekit import enums
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.function import of_values
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment

PortalFeature = Literal["sso", "dir_sync"] | enums.CreatePortalLinkFeatures


@dataclass(frozen=True)
class PortalLinkResult:
    """A link into the admin portal.

    Attributes:
        location: The address. Whoever has it is the customer's administrator: it is a secret.
        expire_time: Until when it can be opened, RFC 3339.

    """

    id: str
    location: Annotated[str, words(secret=True)]
    expire_time: str | None


@function(writes=True)
def create_portal_link(
    environment: Environment, *, organization_id: str, features: list[PortalFeature] | None = None
) -> PortalLinkResult:
    """Make a link with which a customer's administrator sets up single sign-on or directory sync in the admin portal.

    It is made by every update, and unknown in a preview. It can be opened for about a minute, once; the session behind it
    lasts about six hours. The organization's feature has to be on.

    Args:
        environment: Where the organization lives.
        organization_id: The organization, `org_…`.
        features: What can be set up: `sso`, `dir_sync`. Default: all that is on.

    Raises:
        ScalekitError: The feature is off, or the organization does not exist.

    API: `PUT /api/v1/organizations/{id}/portal_links`.

    """
    path = wire.path("/organizations/{organization_id}/portal_links", {"organization_id": organization_id})
    doing = f"making a portal link for {organization_id}"
    query = {"features": features} if features else None
    link = environment.client.request("PUT", path, query=query, doing=doing).get("link")
    if not isinstance(link, dict) or not link.get("location"):
        raise ScalekitError(f"{doing}: the answer holds no link.")
    return of_values(PortalLinkResult, link)
