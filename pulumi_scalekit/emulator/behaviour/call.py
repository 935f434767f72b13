"""What an RPC does: a function from a call to the values of the response message, by the RPC's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import STAMPS, Record, Store
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving.request import Json, Request

Effect = Literal["create", "update", "delete", "action", "read"]
Behaviour = Callable[["Call"], Json]
Defined = TypeVar("Defined", bound=Behaviour)


@dataclass(frozen=True)
class Call:
    """One authenticated, valid call of an RPC."""

    request: Request
    store: Store
    switches: Switches
    url: str

    @property
    def body(self) -> Json:
        return self.request.body

    @property
    def keys(self) -> frozenset[str]:
        return self.request.keys

    def get(self, name: str, default: Any = "") -> Any:
        """A value of the request message: a path variable, a query parameter or part of the body."""
        return self.request.values.get(name, default)

    def organization(self, variable: str = "organization_id") -> Record:
        """The organization that the path names, or the refusal for what is below it."""
        organization_id = self.get(variable)
        organization = self.store.organizations.get(organization_id)
        if organization is not None:
            return organization
        if self.store.was_deleted(organization_id):
            raise Refusal(self.switches.child_of_deleted, f"organization {organization_id} not found")
        raise not_found("organization", organization_id)

    def child(self, collection: Mapping[str, Record], noun: str, variable: str = "id") -> Record:
        """An object below the organization of the path; 404 for an object of another organization."""
        organization = self.organization()
        key = self.get(variable)
        record = collection.get(key)
        if record is None or record.get("organization_id") != organization["id"]:
            raise not_found(noun, key)
        return record

    def require_feature(self, organization: Record, feature: str) -> None:
        for known in organization.get("settings", {}).get("features", ()):
            if known["name"] == feature and known["enabled"]:
                return
        raise Refusal(self.switches.feature_off_status, f"feature {feature} is not enabled for {organization['id']}")

    def public(self, record: Record) -> Json:
        record.settle(self.store.now)
        return record.public()

    def public_without_times(self, record: Record) -> Json:
        return {name: value for name, value in self.public(record).items() if name not in STAMPS}

    def page(self, records: Iterable[Record], size: int, default_size: int) -> tuple[list[Record], Json]:
        """One page, newest first, and the fields that lead to the other pages."""
        newest_first = list(records)[::-1]
        size = size or default_size
        token = self.get("page_token")
        try:
            start = int(token.removeprefix("page_")) if token else 0
        except ValueError:
            raise Refusal(400, f"invalid page_token {token}") from None
        end = start + size
        return newest_first[start:end], {
            "total_size": len(newest_first),
            "next_page_token": f"page_{end}" if end < len(newest_first) else "",
            "prev_page_token": f"page_{max(0, start - size)}" if start else "",
        }


@dataclass(frozen=True)
class Behaviours:
    """The behaviours by RPC, and what kind of effect each has."""

    by_rpc: dict[str, tuple[Behaviour, Effect]]

    def rpc(self, *names: str, effect: Effect = "read") -> Callable[[Defined], Defined]:
        def register(behaviour: Defined) -> Defined:
            for name in names:
                self.by_rpc[name] = (behaviour, effect)
            return behaviour

        return register


BEHAVIOURS = Behaviours({})
rpc = BEHAVIOURS.rpc
