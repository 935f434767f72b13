from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.api import Api
from tests.support.cases.case import ABSENT, Case, Edit, Program, at, collection, put, secrets_of


def _directory(api: Api) -> Program:
    return {
        "organizationId": api.organization(),
        "directoryType": "SCIM",
        "directoryProvider": "OKTA",
        "enabled": True,
    }


DIRECTORY = Case(
    "directory",
    "scalekit:index:Directory",
    _directory,
    collection("directories"),
    edits={"enabled": Edit(False, at("enabled"), False)},
    replacing={
        "organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")},
        "directoryType": lambda _: {"directoryType": "POLL"},
        "directoryProvider": lambda _: {"directoryProvider": "GOOGLE"},
    },
    drift={"enabled": put(False, "enabled")},
)


def _secret(api: Api) -> Program:
    organization = api.organization()
    return {"organizationId": organization, "directoryId": api.directory(organization), "rotation": "2026-01"}


def _elsewhere(api: Api) -> Program:
    organization = api.organization(external_id="elsewhere")
    return {"organizationId": organization, "directoryId": api.directory(organization)}


DIRECTORY_SECRET = Case(
    "directory secret",
    "scalekit:index:DirectorySecret",
    _secret,
    secrets_of("directories", "directoryId"),
    replacing={"organizationId": _elsewhere, "rotation": lambda _: {"rotation": "2026-02"}},
    secret_outputs=frozenset({"plainSecret"}),
    unread=frozenset({"rotation"}),
    stays=True,
)


def _mapping(api: Api) -> Program:
    organization = api.organization()
    return {
        "organizationId": organization,
        "directoryId": api.directory(organization),
        "attributeMapping": {"cost_center": "costCenter", "title": "jobTitle"},
        "groupRoles": {"dirgroup_1": "admin", "dirgroup_2": api.role("billing")},
        "trackedGroups": ["group-2", "group-1"],
    }


def _attributes(directory: Any) -> dict[str, str]:
    return {one["key"]: one["map_to"] for one in directory["attribute_mappings"]["attributes"]}


def _roles(directory: Any) -> dict[str, str]:
    return {one["group_id"]: one["role_name"] for one in directory["role_assignments"]["assignments"]}


def _map_another(directory: Any) -> None:
    directory["attribute_mappings"]["attributes"].append({"key": "phone", "map_to": "mobile"})


def _assign(role: str) -> Callable[[Any], None]:
    def write(directory: Any) -> None:
        for one in directory["role_assignments"]["assignments"]:
            if one["group_id"] == "dirgroup_1":
                one["role_name"] = role

    return write


DIRECTORY_MAPPING = Case(
    "directory mapping",
    "scalekit:index:DirectoryMapping",
    _mapping,
    collection("directories", lambda _, program: program["directoryId"]),
    edits={
        "attributeMapping": Edit({"title": "role"}, _attributes, {"title": "role"}, reads=1),
        "groupRoles": Edit(
            {"dirgroup_1": "member", "dirgroup_2": "billing"},
            _roles,
            {"dirgroup_1": "member", "dirgroup_2": "billing"},
            reads=2,
        ),
        "trackedGroups": Edit(["group-3"], at("_tracked"), ["group-3"], reads=1),
    },
    removals={
        "attributeMapping": Edit(ABSENT, _attributes, {}, reads=1),
        "groupRoles": Edit(ABSENT, _roles, {}, reads=2),
    },
    replacing={
        "organizationId": _elsewhere,
        "directoryId": lambda api: {"directoryId": api.directory(next(iter(api.store.organizations)))},
    },
    drift={"attributeMapping.phone": _map_another, "groupRoles.dirgroup_1": _assign("member")},
    unclearable={"directory_roles=added": ("groupRoles",)},
    unread=frozenset({"trackedGroups"}),
    setting=True,
    stays=True,
)
