"""Directories: SCIM provisioning of an organization's users and groups."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import client_secrets
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_FEATURE = "dir_sync"
_DEFAULT_PAGE = 10


@rpc("DirectoryService.CreateDirectory", effect="create")
def create(call: Call) -> Json:
    """Enabled from the start."""
    organization = call.organization()
    if call.switches.directory_feature == "required":
        call.require_feature(organization, _FEATURE)
    directory_id = call.store.new_id("dir")
    directory = call.store.record(
        id=directory_id,
        name=f"{call.body.get('directory_provider', 'SCIM')} Directory",
        organization_id=organization["id"],
        enabled=True,
        status="IN_PROGRESS",
        directory_endpoint=f"{call.url}/api/v1/directories/{directory_id}/scim/v2",
        secrets=[],
        stats={},
        role_assignments={},
        attribute_mappings={},
        groups_tracked="ALL",
        **call.body,
    )
    call.store.directories[directory_id] = directory
    return {"directory": call.public_without_times(directory)}


@rpc("DirectoryService.GetDirectory")
def get(call: Call) -> Json:
    return {"directory": call.public_without_times(_existing(call))}


@rpc("DirectoryService.ListDirectories")
def list_directories(call: Call) -> Json:
    organization_id = call.organization()["id"]
    directories = (d for d in call.store.directories.values() if d["organization_id"] == organization_id)
    return {"directories": [call.public_without_times(directory) for directory in directories]}


@rpc("DirectoryService.UpdateDirectory", effect="update")
def update(call: Call) -> Json:
    """`enabled` is a plain bool: a PATCH that leaves it out disables the directory."""
    directory = _existing(call)
    body = dict(call.body)
    if mappings := body.pop("mappings", None):
        directory["attribute_mappings"] = {
            "attributes": [{name: m[name] for name in ("key", "map_to")} for m in mappings]
        }
    directory["_groups"] = body.pop("groups", directory.get("_groups", []))
    directory.update({"enabled": False, **body})
    return {"directory": call.public_without_times(directory)}


@rpc("DirectoryService.DeleteDirectory", effect="delete")
def delete(call: Call) -> Json:
    directory = _existing(call)
    if directory["enabled"]:
        raise Refusal(400, "directory is enabled, disable it before deleting it")
    del call.store.directories[directory["id"]]
    return {}


@rpc("DirectoryService.EnableDirectory", effect="action")
def enable(call: Call) -> Json:
    return _toggle(call, enabled=True)


@rpc("DirectoryService.DisableDirectory", effect="action")
def disable(call: Call) -> Json:
    return _toggle(call, enabled=False)


def _toggle(call: Call, *, enabled: bool) -> Json:
    directory = _existing(call)
    if call.switches.repeated_toggle == "refused" and directory["enabled"] == enabled:
        raise Refusal(400, f"directory is already {'enabled' if enabled else 'disabled'}")
    directory["enabled"] = enabled
    directory.settle(call.store.now)
    return {"enabled": enabled}


@rpc("DirectoryService.UpdateAttributes", effect="update")
def update_attributes(call: Call) -> Json:
    """The whole mapping."""
    directory = _existing(call)
    directory["attribute_mappings"] = {"attributes": call.body.get("attributes", [])}
    return {"attribute_mappings": directory["attribute_mappings"]}


@rpc("DirectoryService.AssignRoles", effect="update")
def assign_roles(call: Call) -> Json:
    """The roles of all groups, or of those that the call names."""
    directory = _existing(call)
    organization_id = directory["organization_id"]
    assignments = []
    for assigned in call.body.get("assignments", ()):
        name = assigned["role_name"]
        role = call.store.organization_roles.get((organization_id, name)) or call.store.roles.get(name)
        if role is None:
            raise Refusal(400, f"role {name} does not exist")
        assignments.append({**assigned, "role_id": role["id"]})
    if call.switches.directory_roles == "added":
        named = {assigned["group_id"] for assigned in assignments}
        before = directory["role_assignments"].get("assignments", ())
        assignments = [*(one for one in before if one["group_id"] not in named), *assignments]
    directory["role_assignments"] = {"assignments": assignments}
    return {"role_assignments": directory["role_assignments"]}


@rpc("DirectoryService.AssignGroupsForDirectory", effect="update")
def track_groups(call: Call) -> Json:
    """Follow these groups alone. No answer says which they are."""
    directory = _existing(call)
    directory["_tracked"] = call.get("external_ids", [])
    directory["groups_tracked"] = "SELECTED"
    return {}


@rpc("DirectoryService.ListDirectoryGroups")
def list_groups(call: Call) -> Json:
    """What the identity provider has sent: a test or a demo puts it into `_provisioned` of the directory."""
    directory = call.child(call.store.directories, "directory", "directory_id")
    groups = [Record(group) for group in directory.get("_provisioned", ())]
    page, paging = call.page(groups[::-1], call.get("page_size", 0), _DEFAULT_PAGE)
    return {"groups": page, **paging}


@rpc("DirectoryService.ListDirectoryGroupsSummary")
def list_group_names(call: Call) -> Json:
    directory = call.child(call.store.directories, "directory", "directory_id")
    groups = directory.get("_provisioned", ())
    return {"groups": [{name: group[name] for name in ("id", "display_name")} for group in groups]}


@rpc("DirectoryService.CreateDirectorySecret", effect="create")
def create_secret(call: Call) -> Json:
    directory = call.child(call.store.directories, "directory", "directory_id")
    plain, secret = client_secrets.new(call.store)
    del secret["update_time"]
    secret["directory_id"] = directory["id"]
    directory["secrets"].append(secret)
    return {"plain_secret": plain, "secret": secret}


def _existing(call: Call) -> Record:
    return call.child(call.store.directories, "directory")
