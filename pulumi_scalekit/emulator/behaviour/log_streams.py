"""Log streams: where the environment's log is sent. The emulator sends none, and takes every credential."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_BLOCKS = {"DATADOG": "datadog", "CROWDSTRIKE": "crowdstrike", "GOOGLE_SECOPS": "google_secops"}
_SECRETS = {"datadog": "api_key", "crowdstrike": "ingest_token"}
_SERVICE_ACCOUNT = "log-proxy@scalekit-emulator.iam.gserviceaccount.com"
_SHOWN = ("id", "provider", "display_name", "enabled", "config", "event_types", "update_time")


@rpc("LogStreamService.CreateLogStream", effect="create")
def create(call: Call) -> Json:
    _available(call)
    provider = call.body.get("provider", "")
    block = _BLOCKS.get(provider)
    if block is None:
        raise invalid("log_stream.provider", "provider is required")
    _of_provider(call.body, block)
    if block in _SECRETS and not call.body.get("credentials"):
        raise invalid("log_stream.credentials", f"credentials are required for {provider}")
    known = [one for one in call.store.log_streams.values() if one["provider"] == provider]
    if known and call.switches.log_streams == "one":
        raise Refusal(409, f"a log stream already exists for {provider}")
    stream_id = call.store.new_id("lgs")
    stream = call.store.record(
        **{"enabled": call.switches.new_log_stream == "enabled", "event_types": [], "config": {}, **call.body},
        id=stream_id,
    )
    call.store.log_streams[stream_id] = stream
    return {"log_stream": _public(call, stream)}


@rpc("LogStreamService.GetLogStream")
def get(call: Call) -> Json:
    return {"log_stream": _public(call, _existing(call))}


@rpc("LogStreamService.ListLogStreams")
def list_streams(call: Call) -> Json:
    _available(call)
    streams = [_public(call, stream) for stream in call.store.log_streams.values()]
    return {"log_streams": streams, "proxy_service_account_email": _SERVICE_ACCOUNT}


@rpc("LogStreamService.UpdateLogStream", effect="update")
def update(call: Call) -> Json:
    """The filter as it is sent, also where it is not; a credential that is left out stays, and so does the switch."""
    stream = _existing(call)
    if call.body.get("provider", stream["provider"]) != stream["provider"]:
        raise invalid("log_stream.provider", "provider does not match the existing log stream")
    _of_provider(call.body, _BLOCKS[stream["provider"]])
    left_out: Json = {"event_types": []} | ({} if call.switches.partial_log_stream == "kept" else {"config": {}})
    stream.update({**left_out, **call.body})
    return {"log_stream": _public(call, stream)}


@rpc("LogStreamService.DeleteLogStream", effect="delete")
def delete(call: Call) -> Json:
    del call.store.log_streams[_existing(call)["id"]]
    return {}


def _of_provider(body: Json, block: str) -> None:
    for part in ("config", "credentials"):
        if body.get(part) and block not in body[part]:
            raise invalid(f"log_stream.{part}", f"must hold {block}")


def _public(call: Call, stream: Record) -> Json:
    """Without the credential, of which the end is shown."""
    shown = call.public(stream)
    block = _BLOCKS[stream["provider"]]
    secret = stream.get("credentials", {}).get(block, {}).get(_SECRETS.get(block, ""), "")
    return {name: shown[name] for name in _SHOWN} | {
        "credential_hint": f"****{secret[-4:]}" if secret else "",
        "status": "PENDING" if stream["enabled"] else "DISABLED",
    }


def _available(call: Call) -> None:
    if call.switches.log_streaming == "forbidden":
        raise Refusal(403, "log streaming is not enabled for this workspace")


def _existing(call: Call) -> Record:
    _available(call)
    stream = call.store.log_streams.get(call.get("id"))
    if stream is None:
        raise not_found("log stream", call.get("id"))
    return stream
