"""Directory: provisioning of an organization's users from its identity provider (SCIM)."""

from typing import Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.directory_findings import DIRECTORY_FINDINGS, consequence

DirectoryType = Literal["SCIM", "LDAP", "POLL"] | enums.DirectoryDirectoryType
DirectoryProvider = Literal[
    "OKTA", "GOOGLE", "MICROSOFT_AD", "AUTH0", "ONELOGIN", "JUMPCLOUD", "PING_IDENTITY",
] | enums.DirectoryDirectoryProvider  # fmt: skip

_COLLECTION = "/organizations/{organization_id}/directories"
_ITEM = _COLLECTION + "/{id}"
NEEDS = 'Directories need the feature dir_sync: declare features={"dir_sync": True} at the Organization'


_LOST_FOR_GOOD = "A repair creates a new directory with another endpoint and other secrets: the customer has to register them at the identity provider."


class Directory(Resource, findings=DIRECTORY_FINDINGS, consequence=consequence, lost_for_good=_LOST_FOR_GOOD):
    """Provisioning by SCIM: the organization's identity provider creates, changes and removes its users in Scalekit.

    Scalekit creates a directory enabled. Deleting one disables it first, because Scalekit refuses to delete an enabled one.
    The organization needs the feature `dir_sync`.

    Creating and deleting a directory use endpoints that Scalekit has not published
    (`POST /api/v1/organizations/{organization_id}/directories`, `DELETE …/directories/{id}`). Reading, enabling and disabling
    use published ones.
    """

    organization_id: Prop[str] = prop("Organization it belongs to, `org_…`.", refers_to=("Organization.id",))
    directory_type: Prop[DirectoryType] = prop("How users arrive: `SCIM`, `LDAP` or `POLL`.")
    directory_provider: OptionalProp[DirectoryProvider] = prop(
        "The customer's identity provider, such as `OKTA`.", default=None
    )
    enabled: OptionalProp[bool] = prop(
        "Whether users are provisioned. A new directory is enabled.",
        default=None,
        server_default=True,
    )
    name: Prop[str] = prop("Name that Scalekit gave it.", init=False, stable=True)
    directory_endpoint: Prop[str] = prop(
        "Address that the identity provider sends users to, the SCIM base URL.", init=False, stable=True
    )

    api = Api(
        item=_ITEM,
        envelope="directory",
        create=Endpoint("POST", _COLLECTION, owns=("directory_type", "directory_provider"), unpublished=True),
        # Never PATCH the directory itself: without `enabled` that switches it off.
        update=(Endpoint("PATCH", _ITEM, owns=("enabled",), action={True: ":enable", False: ":disable"}),),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        before_delete=Endpoint("PATCH", _ITEM + ":disable", owns=("enabled",)),
        listing=Listing(_COLLECTION, "directories", paged="no"),
        identity=("directory_type", "directory_provider"),
        events={"enabled": "organization.directory_enabled", "disabled": "organization.directory_disabled"},
        needs=NEEDS,
    )
