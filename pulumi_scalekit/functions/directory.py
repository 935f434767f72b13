"""getDirectory, getDirectories."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import listed, read
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
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


class DirectoriesResult(list[DirectoryResult]):
    """A list, and its own `directories`: the name that code in every other language, and generated code, reads it by."""

    @property
    def directories(self) -> list[DirectoryResult]:
        return self


@function(Directory.kind)
def get_directory(environment: Environment, *, organization_id: str, id: str) -> DirectoryResult:
    """Read a directory that somebody else manages.

    Args:
        environment: Where it lives.
        organization_id: The organization it belongs to, `org_…`.
        id: Its id, `dir_…`.

    Raises:
        ScalekitError: It does not exist.

    API: `GET /api/v1/organizations/{organization_id}/directories/{id}`.

    """
    return read(DirectoryResult, Directory.kind, environment, id, organization_id=organization_id)


@function(Directory.kind)
def get_directories(environment: Environment, *, organization_id: str) -> DirectoriesResult:
    """The directories of an organization.

    Args:
        environment: Where it lives.
        organization_id: The organization, `org_…`.

    Raises:
        ScalekitError: The organization does not exist.

    API: `GET /api/v1/organizations/{organization_id}/directories`.

    """
    return DirectoriesResult(listed(DirectoryResult, Directory.kind, environment, organization_id=organization_id))
