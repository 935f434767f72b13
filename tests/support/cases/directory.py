from __future__ import annotations

from tests.support.api import Api
from tests.support.cases.case import Case, Edit, Program, at, collection, put, secrets_of


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
