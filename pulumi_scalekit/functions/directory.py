"""Functions about directories: getDirectory, getDirectories."""

from dataclasses import dataclass

from pulumi_scalekit.functions.call import argument, ask, keys, shown
from pulumi_scalekit.functions.lookup import every, one
from pulumi_scalekit.provider.registration import Provider
from pulumi_scalekit.resources.directory import Directory


@dataclass(frozen=True)
class DirectoryResult:
    """A directory as it is now."""

    id: str
    organization_id: str
    directory_type: str
    directory_provider: str | None
    enabled: bool | None
    name: str | None
    directory_endpoint: str | None


_FIELDS = keys(DirectoryResult, Directory.kind)
GET_DIRECTORY = one(
    "getDirectory",
    "Read a directory that somebody else manages.",
    Directory.kind,
    _FIELDS,
    argument("id", str, "Its id, `dir_…`.", required=True),
)
GET_DIRECTORIES = every(
    "getDirectories", "The directories of an organization.", Directory.kind, DirectoryResult, _FIELDS
)


def get_directory(*, organization_id: str, id: str, provider: Provider | None = None) -> DirectoryResult:
    """Read a directory that somebody else manages.

    Args:
        organization_id: The organization it belongs to, `org_…`.
        id: Its id, `dir_…`.
        provider: Another environment than the stack's.

    Raises:
        ScalekitError: There is none.

    API: `GET /api/v1/organizations/{organization_id}/directories/{id}`.

    """
    return shown(DirectoryResult, _FIELDS, ask(GET_DIRECTORY, provider, organization_id=organization_id, id=id))


def get_directories(*, organization_id: str, provider: Provider | None = None) -> list[DirectoryResult]:
    """List the directories of an organization.

    Args:
        organization_id: The organization, `org_…`.
        provider: Another environment than the stack's.

    Raises:
        ScalekitError: There is no such organization.

    API: `GET /api/v1/organizations/{organization_id}/directories`.

    """
    found = ask(GET_DIRECTORIES, provider, organization_id=organization_id)["directories"]
    return [shown(DirectoryResult, _FIELDS, one_found) for one_found in found]
