from __future__ import annotations

from cases.case import Case, Edit, Program, World, at, collection, put, secrets_of


def _directory(world: World) -> Program:
    return {
        "organizationId": world.organization(),
        "directoryType": "SCIM",
        "directoryProvider": "OKTA",
        "enabled": True,
    }


DIRECTORY = Case(
    "directory",
    "scalekit:index:Directory",
    _directory,
    collection("directories"),
    edits={"enabled": Edit(False, at("enabled"), False, reads=1)},
    replacing={
        "organizationId": lambda world: {"organizationId": world.organization(external_id="elsewhere")},
        "directoryType": lambda _: {"directoryType": "POLL"},
        "directoryProvider": lambda _: {"directoryProvider": "GOOGLE"},
    },
    drift={"enabled": put(False, "enabled")},
)


def _secret(world: World) -> Program:
    organization = world.organization()
    return {"organizationId": organization, "directoryId": world.directory(organization), "rotation": "2026-01"}


def _elsewhere(world: World) -> Program:
    organization = world.organization(external_id="elsewhere")
    return {"organizationId": organization, "directoryId": world.directory(organization)}


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
