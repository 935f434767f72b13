"""getDirectoryGroups."""

from dataclasses import dataclass

from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment

_GROUPS = "/organizations/{organization_id}/directories/{directory_id}/groups"


@dataclass(frozen=True)
class DirectoryGroupResult:
    """A group that the customer's identity provider has sent.

    Attributes:
        id: Its id, `dirgroup_…`, by which a `DirectoryMapping` gives a role to its users.
        display_name: Its name.
        total_users: How many users it has.

    """

    id: str
    display_name: str
    total_users: int


class DirectoryGroupsResult(list[DirectoryGroupResult]):
    """A list, and its own `groups`: the name that code in every other language, and generated code, reads it by."""

    @property
    def groups(self) -> list[DirectoryGroupResult]:
        return self


@function()
def get_directory_groups(environment: Environment, *, organization_id: str, directory_id: str) -> DirectoryGroupsResult:
    """The groups of a directory that the customer's identity provider has sent so far.

    Args:
        environment: Where it lives.
        organization_id: The organization of the directory, `org_…`.
        directory_id: The directory, `dir_…`.

    Raises:
        ScalekitError: The directory does not exist.

    API: `GET /api/v1/organizations/{organization_id}/directories/{directory_id}/groups`.

    """
    above = {"organization_id": organization_id, "directory_id": directory_id}
    found = environment.bodies(Listing(_GROUPS, "groups", page_size=30), above, "listing the groups of a directory")
    return DirectoryGroupsResult(
        DirectoryGroupResult(str(body.get("id")), str(body.get("display_name")), int(body.get("total_users") or 0))
        for body in found
    )
