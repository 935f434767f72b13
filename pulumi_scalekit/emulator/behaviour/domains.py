"""Domains: which e-mail addresses belong to an organization, and where their sign-in is sent."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import text_rules
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json, matches

_DEFAULT_PAGE = 30
_LARGEST_PAGE = 100
# A sample of the list that the service keeps: providers whose addresses belong to no company.
_PUBLIC = {
    "aol.com",
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "mailinator.com",
    "outlook.com",
    "proton.me",
    "yahoo.com",
}
_BY_ADMIN = {"verification_status": "VERIFIED", "verification_method": "ADMIN"}
_BY_DNS = {"verification_status": "PENDING", "verification_method": "DNS"}


@rpc("DomainService.CreateDomain", effect="create")
def create(call: Call) -> Json:
    organization = call.organization()
    name = call.body["domain"].lower()
    text_rules.domain(name)
    if name in _PUBLIC:
        raise Refusal(400, f"{name} is a public or disposable email domain")
    kind = call.body.get("domain_type", "ORGANIZATION_DOMAIN")
    if any(known["domain"] == name and _conflicts(call, known, kind) for known in call.store.domains.values()):
        raise Refusal(400, f"domain {name} already exists")
    connection = _connection(call)
    domain_id = call.store.new_id("dom")
    domain = call.store.record(
        id=domain_id,
        domain=name,
        domain_type=kind,
        environment_id=call.store.environment_id,
        organization_id=organization["id"],
        txt_record_key=f"_scalekit-challenge.{name}",
        txt_record_secret=f"scalekit-verification={domain_id}",
        **(_BY_ADMIN if call.switches.domain_verification == "admin" else _BY_DNS),
        _dns=[],
    )
    call.store.domains[domain_id] = domain
    if connection is not None:
        connection.setdefault("_domain_ids", []).append(domain_id)
    return {"domain": call.public(domain)}


def _conflicts(call: Call, known: Record, kind: str) -> bool:
    """Whether a domain of this name and type cannot be made beside a known one of the name."""
    unique_in = call.switches.domain_unique_in
    same_tenant: bool = known["organization_id"] == call.get("organization_id")
    if unique_in == "environment":
        return True
    if known["domain_type"] != kind:
        return False
    # An e-mail domain may let users into several organizations; a sign-in is sent to exactly one organization.
    return same_tenant or (unique_in == "environment by type" and kind == "ORGANIZATION_DOMAIN")


def _connection(call: Call) -> Record | None:
    return call.child(call.store.connections, "connection", "connection_id") if call.get("connection_id") else None


@rpc("DomainService.VerifyDomain", effect="action")
def verify(call: Call) -> Json:
    domain = _existing(call)
    if domain["txt_record_secret"] in domain.get("_dns", ()):
        domain["verification_status"] = "VERIFIED"
    return {"verified": domain["verification_status"] in ("VERIFIED", "AUTO_VERIFIED")}


@rpc("DomainService.GetDomain")
def get(call: Call) -> Json:
    return {"domain": call.public(_existing(call))}


@rpc("DomainService.ListDomains")
def list_domains(call: Call) -> Json:
    organization = call.organization()
    size = min(call.get("page_size", 0) or _DEFAULT_PAGE, _LARGEST_PAGE)
    number = call.get("page_number", 0)
    domains = [
        domain
        for domain in call.store.domains.values()
        if matches(domain, organization_id=organization["id"], domain_type=call.get("domain_type"))
    ]
    page = domains[number * size : (number + 1) * size]
    return {"domains": [call.public(domain) for domain in page], "page_size": size, "page_number": number}


@rpc("DomainService.DeleteDomain", effect="delete")
def delete(call: Call) -> Json:
    domain = _existing(call)
    del call.store.domains[domain["id"]]
    for connection in call.store.connections.values():
        if domain["id"] in connection.get("_domain_ids", ()):
            connection["_domain_ids"].remove(domain["id"])
    return {}


def _existing(call: Call) -> Record:
    return call.child(call.store.domains, "domain")
