"""The schema of user attributes, one for profiles and one for directory users."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

Schema = dict[str, Record]


@rpc("UserAttributeService.CreateSsoUserAttribute", effect="create")
def create(call: Call) -> Json:
    return _create(call, call.store.user_attributes)


@rpc("UserAttributeService.CreateDirectoryUserAttribute", effect="create")
def create_for_directories(call: Call) -> Json:
    return _create(call, call.store.directory_user_attributes)


@rpc("UserAttributeService.ListSsoUserAttributes")
def list_attributes(call: Call) -> Json:
    return _list(call, call.store.user_attributes)


@rpc("UserAttributeService.ListDirectoryUserAttributes")
def list_for_directories(call: Call) -> Json:
    return _list(call, call.store.directory_user_attributes)


@rpc("UserAttributeService.UpdateSsoUserAttribute", effect="update")
def update(call: Call) -> Json:
    return _update(call, call.store.user_attributes)


@rpc("UserAttributeService.UpdateDirectoryUserAttribute", effect="update")
def update_for_directories(call: Call) -> Json:
    return _update(call, call.store.directory_user_attributes)


@rpc("UserAttributeService.DeleteSsoUserAttribute", effect="delete")
def delete(call: Call) -> Json:
    return _delete(call, call.store.user_attributes)


@rpc("UserAttributeService.DeleteDirectoryUserAttribute", effect="delete")
def delete_for_directories(call: Call) -> Json:
    return _delete(call, call.store.directory_user_attributes)


def _create(call: Call, schema: Schema) -> Json:
    key = call.body["key"]
    if key in schema:
        raise Refusal(call.switches.duplicate_status, f"user attribute {key} already exists")
    schema[key] = call.store.record(**{**call.body, "category": "CUSTOM"})
    return {"user_attribute": _shown(call, schema[key])}


def _list(call: Call, schema: Schema) -> Json:
    return {"user_attributes": [_shown(call, attribute) for attribute in schema.values()]}


def _update(call: Call, schema: Schema) -> Json:
    """The whole object: a boolean that is left out becomes false."""
    attribute = _existing(call, schema)
    if call.body["key"] != attribute["key"]:
        raise invalid("user_attribute.key", "the key of a user attribute cannot be changed")
    kept = {name: attribute[name] for name in ("create_time", "update_time", "category")}
    attribute.clear()
    attribute.update({**call.body, **kept})
    return {"user_attribute": _shown(call, attribute)}


def _delete(call: Call, schema: Schema) -> Json:
    del schema[_existing(call, schema)["key"]]
    return {}


def _existing(call: Call, schema: Schema) -> Record:
    found = schema.get(call.get("key"))
    if found is None:
        raise not_found("user attribute", call.get("key"))
    return found


def _shown(call: Call, attribute: Record) -> Json:
    shown = call.shown(attribute)
    for stamp in ("create_time", "update_time"):
        del shown[stamp]
    return shown
