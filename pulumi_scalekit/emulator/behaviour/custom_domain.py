"""The custom domain of the environment: no call takes it away, and nobody knows what a second one does."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json


@rpc("EnvironmentService.CreateCustomDomain", effect="update")
def create(call: Call) -> Json:
    _require_environment(call)
    known, name = call.store.custom_domains.get(call.store.environment_id), call.get("custom_domain")
    if known and known["custom_domain"] != name and call.switches.second_custom_domain == "refused":
        raise Refusal(409, f"{call.store.environment_id} already has a custom domain")
    call.store.custom_domains[call.store.environment_id] = Record(custom_domain=name, custom_domain_status="PENDING")
    return {"environment": _environment(call)}


@rpc("EnvironmentService.CheckCustomDomainStatus")
def check(call: Call) -> Json:
    _require_environment(call)
    return {"environment": _environment(call)}


@rpc("EnvironmentService.GetRequiredDNSRecords")
def records(call: Call) -> Json:
    """One record that leads the name here. It need not be the environment's custom domain yet."""
    _require_environment(call)
    return {"dns_records": [{"host_name": call.get("custom_domain"), "type": "CNAME", "value": _domain(call)}]}


def _environment(call: Call) -> Json:
    known = call.store.custom_domains.get(call.store.environment_id, {"custom_domain_status": "INITIAL"})
    about = {"display_name": "Emulator", "type": "DEV", "region_code": "US", "domain": _domain(call)}
    return {"id": call.store.environment_id, **about, **known}


def _domain(call: Call) -> str:
    return f"{call.store.environment_id.removeprefix('env_')}.scalekit.example"


def _require_environment(call: Call) -> None:
    if call.get("id") != call.store.environment_id:
        raise not_found("environment", call.get("id"))
