from __future__ import annotations

from tests.support.cases.case import Case, Edit, at, collection, put

USER_ATTRIBUTE = Case(
    "user attribute",
    "scalekit:index:UserAttribute",
    lambda _: {
        "key": "cost_center",
        "label": "Cost center",
        "datatype": "STRING",
        "required": True,
        "enabled": True,
        "ssoAdditionInfo": {"defaultSamlMapping": "costCenter", "defaultOidcMapping": "cost_center"},
    },
    collection("user_attributes"),
    edits={
        "label": Edit("Cost centre", at("label"), "Cost centre"),
        "datatype": Edit("NUMBER", at("datatype"), "NUMBER"),
        "required": Edit(False, lambda record: bool(record.get("required")), False),
        "enabled": Edit(False, lambda record: bool(record.get("enabled")), False),
        "ssoAdditionInfo": Edit(
            {"defaultSamlMapping": "centre", "defaultOidcMapping": "cost_center"},
            at("sso_addition_info"),
            {"default_saml_mapping": "centre", "default_oidc_mapping": "cost_center"},
        ),
    },
    replacing={"key": lambda _: {"key": "cost_centre"}},
    drift={
        "label": put("Renamed", "label"),
        "datatype": put("OBJECT", "datatype"),
        "required": put(False, "required"),
        "enabled": put(False, "enabled"),
        "ssoAdditionInfo.defaultSamlMapping": put("other", "sso_addition_info", "default_saml_mapping"),
    },
)

DIRECTORY_USER_ATTRIBUTE = Case(
    "directory user attribute",
    "scalekit:index:DirectoryUserAttribute",
    lambda _: {"key": "badge", "label": "Badge", "datatype": "STRING", "required": True, "enabled": True},
    collection("directory_user_attributes"),
    edits={
        "label": Edit("Badge number", at("label"), "Badge number"),
        "datatype": Edit("NUMBER", at("datatype"), "NUMBER"),
        "required": Edit(False, lambda record: bool(record.get("required")), False),
        "enabled": Edit(False, lambda record: bool(record.get("enabled")), False),
    },
    replacing={"key": lambda _: {"key": "badge_number"}},
    drift={
        "label": put("Renamed", "label"),
        "datatype": put("OBJECT", "datatype"),
        "required": put(False, "required"),
        "enabled": put(False, "enabled"),
    },
)
