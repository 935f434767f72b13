"""getCustomDomainRecords."""

from dataclasses import dataclass
from typing import Annotated

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.functions.environment import ENVIRONMENT_ID
from pulumi_scalekit.model import domain_name
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment


@dataclass(frozen=True)
class CustomDomainRecordResult:
    """A record that has to be in the DNS.

    Attributes:
        host_name: Its name.
        type: Its type, such as `CNAME`.
        value: Its value.

    """

    host_name: str
    type: str
    value: str


class CustomDomainRecordsResult(list[CustomDomainRecordResult]):
    """A list, and its own `records`: the name that code in every other language, and generated code, reads it by."""

    @property
    def records(self) -> list[CustomDomainRecordResult]:
        return self


@function()
def get_custom_domain_records(
    environment: Environment,
    *,
    custom_domain: Annotated[str, words(length=(1, 250), normal=domain_name.normal, rule=domain_name.refused)],
    environment_id: ENVIRONMENT_ID = None,
) -> CustomDomainRecordsResult:
    """The DNS records that a custom domain of the environment needs. It need not be declared yet.

    A resource of a DNS provider can make them. Scalekit's documents do not say whether they have to be there before the
    `CustomDomain`: to make them first, let it depend on them.

    Args:
        environment: Where it lives.
        custom_domain: The domain's name, `auth.acme.com`.
        environment_id: The environment, `env_…`. Left out, it is learnt from an answer that carries it.

    Raises:
        ScalekitError: There is no such environment, nothing carries its id, or the answer names no records.

    API: `POST /api/v1/environments/{id}/dns`.

    """
    doing = f"reading the DNS records of {custom_domain}"
    client = environment.client
    id_ = environment_id or client.environment_id.get(client.request, doing)
    path = wire.path("/environments/{id}/dns", {}, id_)
    found = client.request("POST", path, body={"custom_domain": custom_domain}, doing=doing, reads=True)
    with wire.readable(doing):
        records = [
            CustomDomainRecordResult(*(str(record.get(key) or "") for key in ("host_name", "type", "value")))
            for record in found.get("dns_records") or ()
        ]
    if not records or any("" in (record.host_name, record.type, record.value) for record in records):
        # From an empty list a program would make nothing, and delete what it made before.
        raise ScalekitError(
            f"{doing}: Scalekit's answer does not name them. Nothing is known of records that are there"
        )
    return CustomDomainRecordsResult(records)
