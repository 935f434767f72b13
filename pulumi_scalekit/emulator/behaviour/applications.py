"""Applications: the clients of the environment itself, and the addresses that they send users back to."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import client_secrets, text_rules
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import STAMPS, Record
from pulumi_scalekit.emulator.serving.request import Json

_TYPES = ("WEB_APP", "SPA", "NTV")
_BUILT_IN = "ENV"
_DEFAULT_PAGE = 30
_ACTIVE_SECRETS = 2
_KEPT = ("id", "keyId", "client_type", "secrets", *STAMPS)
_DEFAULTS = {"access_token_expiry": "300", "grant_types": ["authorization_code", "refresh_token"]}


@rpc("ClientService.CreateClient", effect="create")
def create(call: Call) -> Json:
    if call.body["client_type"] not in _TYPES:
        raise invalid("client.client_type", f"must be one of {', '.join(_TYPES)}")
    text_rules.login_uris(call.body)
    text_rules.ip_allowlist(call.body)
    client_id = call.store.new_id("skc")
    filled = _DEFAULTS if call.switches.client_defaults == "filled" else {}
    application = call.store.record(id=client_id, keyId=client_id, secrets=[], **{**filled, **call.body})
    call.store.applications[client_id] = application
    return {"client": call.public(application)}


@rpc("ClientService.GetClient")
def get(call: Call) -> Json:
    return {"client": call.public(_existing(call))}


@rpc("ClientService.ListClient")
def list_applications(call: Call) -> Json:
    types = call.get("filter", {}).get("client_type")
    applications = [a for a in call.store.applications.values() if not types or a["client_type"] in types]
    page, paging = call.page(applications, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"clients": [call.public(application) for application in page], **paging}


@rpc("ClientService.UpdateClient", effect="update")
def update(call: Call) -> Json:
    application = _existing(call)
    if "name" in call.keys and not call.body.get("name"):
        raise invalid("client.name", "value is required", "required")
    text_rules.login_uris(call.body)
    text_rules.ip_allowlist(call.body)
    counts = "keys" if call.request.masked else call.switches.application_update
    if counts == "reset":
        for name in set(application) - {*_KEPT, *call.body}:
            del application[name]
    application.update(call.body)
    if counts == "keys":
        for name in call.keys - set(call.body):
            application.pop(name, None)
    return {"client": call.public(application)}


@rpc("ClientService.DeleteClient", effect="delete")
def delete(call: Call) -> Json:
    application = _existing(call)
    if application["client_type"] == _BUILT_IN:
        raise Refusal(400, "the default application cannot be deleted")
    del call.store.applications[application["id"]]
    return {}


@rpc("ClientService.CreateClientSecret", effect="create")
def create_secret(call: Call) -> Json:
    application = _existing(call)
    _room_for_an_active(application)
    plain, secret = client_secrets.new(call.store)
    application["secrets"].append(secret)
    return {"plain_secret": plain, "secret": secret}


@rpc("ClientService.UpdateClientSecret", effect="update")
def update_secret(call: Call) -> Json:
    """The status is all that it changes; `ACTIVE` is the zero of its enum, which a body may leave out."""
    application = _existing(call)
    secret = client_secrets.find(application, call.get("secret_id"))
    status = call.body.get("status", "ACTIVE")
    if status == "ACTIVE" != secret["status"]:
        _room_for_an_active(application)
    secret.update(status=status, update_time=call.store.now())
    return {"secret": secret}


@rpc("ClientService.DeleteClientSecret", effect="delete")
def delete_secret(call: Call) -> Json:
    application = _existing(call)
    secret = client_secrets.find(application, call.get("secret_id"))
    if len(application["secrets"]) == 1 and call.switches.last_application_credential == "refused":
        raise Refusal(400, "last secret cannot be deleted")
    application["secrets"].remove(secret)
    return {}


def _room_for_an_active(application: Record) -> None:
    if sum(secret["status"] == "ACTIVE" for secret in application["secrets"]) >= _ACTIVE_SECRETS:
        raise Refusal(400, f"a client has at most {_ACTIVE_SECRETS} active secrets")


@rpc("ClientService.AddEnvironmentRedirectUri", effect="update")
def add_redirect_uri(call: Call) -> Json:
    application = _default(call)
    uri = call.get("redirect_uri")
    text_rules.redirect_uri(uri, call.switches.redirect_uri_form)
    known = application.setdefault("post_login_uris", [])
    if uri in known:
        raise Refusal(409, f"redirect uri {uri} already exists")
    known.append(uri)
    return _login_uris(application)


@rpc("ClientService.RemoveEnvironmentRedirectUri", effect="update")
def remove_redirect_uri(call: Call) -> Json:
    application = _default(call)
    uri = call.get("redirect_uri")
    known = application.get("post_login_uris", [])
    if uri not in known:
        raise not_found("redirect uri", uri)
    if len(known) == 1:
        raise Refusal(400, "the last redirect uri cannot be removed")
    known.remove(uri)
    return _login_uris(application)


@rpc("ClientService.SetEnvironmentInitiateLoginUri", effect="update")
def set_initiate_login_uri(call: Call) -> Json:
    application, uri = _default(call), call.get("initiate_login_uri")
    text_rules.login_uris({"initiate_login_uri": uri})
    application["initiate_login_uri"] = uri
    return _login_uris(application)


def _login_uris(application: Record) -> Json:
    return {
        "client_id": application["id"],
        "redirect_uris": application.get("post_login_uris", []),
        "post_logout_redirect_uris": application.get("post_logout_redirect_uris", []),
        "initiate_login_uri": application.get("initiate_login_uri", ""),
    }


def _default(call: Call) -> Record:
    return next(a for a in call.store.applications.values() if a["client_type"] == _BUILT_IN)


def _existing(call: Call) -> Record:
    application = call.store.applications.get(call.get("client_id"))
    if application is None:
        raise not_found("client", call.get("client_id"))
    return application
