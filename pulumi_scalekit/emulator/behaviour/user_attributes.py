"""User attributes: the schema of users' profiles, and that of the users of directories."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import STAMPS, Record
from pulumi_scalekit.emulator.serving.request import Json

_STANDARD = "STANDARD"


@rpc("UserAttributeService.CreateSsoUserAttribute", effect="create")
def create(call: Call) -> Json:
    return _create(call, call.store.user_attributes)


@rpc("UserAttributeService.CreateDirectoryUserAttribute", effect="create")
def create_of_directories(call: Call) -> Json:
    return _create(call, call.store.directory_user_attributes)


@rpc("UserAttributeService.ListSsoUserAttributes")
def list_attributes(call: Call) -> Json:
    return _listed(call, call.store.user_attributes)


@rpc("UserAttributeService.ListDirectoryUserAttributes")
def list_of_directories(call: Call) -> Json:
    return _listed(call, call.store.directory_user_attributes)


@rpc("UserAttributeService.UpdateSsoUserAttribute", effect="update")
def update(call: Call) -> Json:
    return _update(call, call.store.user_attributes)


@rpc("UserAttributeService.UpdateDirectoryUserAttribute", effect="update")
def update_of_directories(call: Call) -> Json:
    return _update(call, call.store.directory_user_attributes)


@rpc("UserAttributeService.DeleteSsoUserAttribute", effect="delete")
def delete(call: Call) -> Json:
    return _delete(call, call.store.user_attributes)


@rpc("UserAttributeService.DeleteDirectoryUserAttribute", effect="delete")
def delete_of_directories(call: Call) -> Json:
    return _delete(call, call.store.directory_user_attributes)


def _create(call: Call, attributes: dict[str, Record]) -> Json:
    key = call.body["key"]
    if key in attributes:
        raise Refusal(call.switches.duplicate_status, f"user attribute {key} already exists")
    attributes[key] = call.store.record(**{**call.body, "category": "CUSTOM"})
    return {"user_attribute": call.public_without_times(attributes[key])}


def _listed(call: Call, attributes: dict[str, Record]) -> Json:
    return {"user_attributes": [call.public_without_times(attribute) for attribute in attributes.values()]}


def _update(call: Call, attributes: dict[str, Record]) -> Json:
    """The whole object: a boolean that is left out becomes false."""
    attribute = _existing(call, attributes)
    if call.body["key"] != attribute["key"]:
        raise invalid("user_attribute.key", "the key of a user attribute cannot be changed")
    kept = {name: attribute[name] for name in (*STAMPS, "category")}
    attribute.clear()
    attribute.update({**call.body, **kept})
    return {"user_attribute": call.public_without_times(attribute)}


def _delete(call: Call, attributes: dict[str, Record]) -> Json:
    attribute = _existing(call, attributes)
    if attribute["category"] == _STANDARD:
        raise Refusal(400, f"user attribute {attribute['key']} is a standard attribute and cannot be deleted")
    del attributes[attribute["key"]]
    return {}


def _existing(call: Call, attributes: dict[str, Record]) -> Record:
    attribute = attributes.get(call.get("key"))
    if attribute is None:
        raise not_found("user attribute", call.get("key"))
    return attribute
