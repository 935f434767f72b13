from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.cases.case import ABSENT, Case, Edit, Place, at, put


def _features(record: Any) -> dict[str, bool]:
    return {one["name"]: one["enabled"] for one in record["settings"]["features"]}


def _switch_off(name: str) -> Callable[[Any], None]:
    def write(record: Any) -> None:
        for one in record["settings"]["features"]:
            if one["name"] == name:
                one["enabled"] = False

    return write


ORGANIZATION = Case(
    "organization",
    "scalekit:index:Organization",
    lambda _: {
        "displayName": "Acme Inc",
        "externalId": "acme",
        "metadata": {"tier": "gold", "keep_me": "yes"},
        "slug": "acme",
        "logoUrl": "https://acme.example/logo.png",
        "features": {"sso": True, "dir_sync": False},
    },
    # What is below it goes with it.
    Place(lambda store, id_, _: store.organizations.get(id_), lambda store, id_, _: store.delete_organization(id_)),
    edits={
        "displayName": Edit("Acme Corp", at("display_name"), "Acme Corp"),
        "externalId": Edit("acme/2:x", at("external_id"), "acme/2:x"),
        "metadata": Edit(
            {"tier": "silver", "region": "eu"}, at("metadata"), {"tier": "silver", "region": "eu"}, reads=1
        ),
        "slug": Edit("acme.example.com", at("slug"), "acme.example.com"),
        "logoUrl": Edit("https://acme.example/l.svg", at("logo_url"), "https://acme.example/l.svg"),
        "features": Edit({"sso": True, "dir_sync": True}, _features, {"sso": True, "dir_sync": True}),
    },
    drift={
        "displayName": put("Renamed", "display_name"),
        "externalId": put("other", "external_id"),
        "metadata.tier": put("lead", "metadata", "tier"),
        "slug": put("renamed", "slug"),
        "logoUrl": put("https://evil.example/logo.png", "logo_url"),
        "features.sso": _switch_off("sso"),
    },
    removals={
        "metadata": Edit(ABSENT, at("metadata"), {}, reads=1),
        "slug": Edit(ABSENT, lambda one: one.get("slug") or "", ""),
        "logoUrl": Edit(ABSENT, lambda one: one.get("logo_url") or "", ""),
    },
    kept=("externalId",),
    impossible={"metadata_update=merge": ("metadata",)},
    unclearable={"empty_metadata=ignored": ("metadata",), "empty_logo_url=refused": ("logoUrl",)},
)
