"""Functions about directories: getDirectory, getDirectories."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.functions.lookup import get_function, list_function
from pulumi_scalekit.program.invoke import argument, invoke, keys
from pulumi_scalekit.program.provider import Provider
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


_FIELDS = keys(DirectoryResult, Directory.kind)
GET_DIRECTORY = get_function(
    "getDirectory",
    "Read a directory that somebody else manages.",
    Directory.kind,
    DirectoryResult,
    _FIELDS,
    argument("id", str, "Its id, `dir_…`.", required=True),
)
GET_DIRECTORIES = list_function(
    "getDirectories",
    "The directories of an organization.",
    Directory.kind,
    DirectoryResult,
    _FIELDS,
    DirectoriesResult,
)


def get_directory(
    *, organization_id: str, id: str, provider: Provider | None = None, opts: InvokeOptions | None = None
) -> DirectoryResult:
    """Read a directory that somebody else manages.

    Args:
        organization_id: The organization it belongs to, `org_…`.
        id: Its id, `dir_…`.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is none.

    API: `GET /api/v1/organizations/{organization_id}/directories/{id}`.

    """
    return invoke(GET_DIRECTORY, provider, opts, organization_id=organization_id, id=id)


def get_directories(
    *, organization_id: str, provider: Provider | None = None, opts: InvokeOptions | None = None
) -> DirectoriesResult:
    """List the directories of an organization.

    Args:
        organization_id: The organization, `org_…`.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is no such organization.

    API: `GET /api/v1/organizations/{organization_id}/directories`.

    """
    return invoke(GET_DIRECTORIES, provider, opts, organization_id=organization_id)
