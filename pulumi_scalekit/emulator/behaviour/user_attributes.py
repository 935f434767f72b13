"""User attributes: the schema of users' profiles."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import STAMPS, Record
from pulumi_scalekit.emulator.serving.request import Json

_STANDARD = "STANDARD"


@rpc("UserAttributeService.CreateSsoUserAttribute", effect="create")
def create(call: Call) -> Json:
    key = call.body["key"]
    if key in call.store.user_attributes:
        raise Refusal(call.switches.duplicate_status, f"user attribute {key} already exists")
    attribute = call.store.record(**{**call.body, "category": "CUSTOM"})
    call.store.user_attributes[key] = attribute
    return {"user_attribute": call.public_without_times(attribute)}


@rpc("UserAttributeService.ListSsoUserAttributes")
def list_attributes(call: Call) -> Json:
    return {
        "user_attributes": [call.public_without_times(attribute) for attribute in call.store.user_attributes.values()]
    }


@rpc("UserAttributeService.UpdateSsoUserAttribute", effect="update")
def update(call: Call) -> Json:
    """The whole object: a boolean that is left out becomes false."""
    attribute = _existing(call)
    if call.body["key"] != attribute["key"]:
        raise invalid("user_attribute.key", "the key of a user attribute cannot be changed")
    kept = {name: attribute[name] for name in (*STAMPS, "category")}
    attribute.clear()
    attribute.update({**call.body, **kept})
    return {"user_attribute": call.public_without_times(attribute)}


@rpc("UserAttributeService.DeleteSsoUserAttribute", effect="delete")
def delete(call: Call) -> Json:
    attribute = _existing(call)
    if attribute["category"] == _STANDARD:
        raise Refusal(400, f"user attribute {attribute['key']} is a standard attribute and cannot be deleted")
    del call.store.user_attributes[attribute["key"]]
    return {}


def _existing(call: Call) -> Record:
    attribute = call.store.user_attributes.get(call.get("key"))
    if attribute is None:
        raise not_found("user attribute", call.get("key"))
    return attribute
