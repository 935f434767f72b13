"""Domain: an Internet domain of an organization."""

from typing import Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model import domain_name
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.domain_findings import DOMAIN_FINDINGS, DOMAIN_HEALTH, consequence

DomainType = Literal["ALLOWED_EMAIL_DOMAIN", "ORGANIZATION_DOMAIN"] | enums.DomainDomainType

_COLLECTION = "/organizations/{organization_id}/domains"
_ITEM = _COLLECTION + "/{id}"


class Domain(Resource, findings=DOMAIN_FINDINGS, consequence=consequence, health=DOMAIN_HEALTH):
    """An Internet domain of an organization: users with an e-mail address in it sign in through the organization, or may join it.

    A domain cannot be changed: every change replaces it. If its name stays the same, the old domain is deleted first, because
    a name is unique. Scalekit refuses public and disposable mail domains such as gmail.com.

    Where a domain has to be verified, its owner puts a TXT record into the DNS, `txt_record_key` with `txt_record_secret`, and
    `verifyDomain` asks Scalekit to look for it.
    """

    organization_id: Prop[str] = prop("Organization it belongs to, `org_…`.", refers_to=("Organization.id",))
    domain: Prop[str] = prop(
        "The domain's name, `acme.com`, 4 to 253 characters, in upper or lower case. An international name is sent as its "
        "A-label, `xn--…`.",
        length=(4, 255),
        normal=domain_name.normal,
        rule=domain_name.refused,
    )
    domain_type: OptionalProp[DomainType] = prop(
        "`ORGANIZATION_DOMAIN` sends users with an e-mail address in the domain to the organization's single sign-on; "
        "`ALLOWED_EMAIL_DOMAIN` lets them join the organization. Scalekit's default is `ORGANIZATION_DOMAIN`.",
        default=None,
    )
    connection_id: OptionalProp[str] = prop(
        "A connection of the organization to tie it to, `conn_…`, as soon as it is made. Declared later, it changes nothing, and a "
        "warning says so. No answer shows it, so no change of it in the portal is found. Where `domain_ids` of the connection is declared, say it there alone.",
        default=None,
        length=(1, None),
        sparse=True,
        refers_to=("Connection.id",),
    )
    verification_status: Prop[str] = prop(
        "State of the verification: `PENDING`, `VERIFIED`, `FAILED` or `AUTO_VERIFIED`.", init=False
    )
    verification_method: Prop[str] = prop("How it is verified: `ADMIN`, `DNS` or `NOT_APPLICABLE`.", init=False)
    txt_record_key: Prop[str] = prop(
        "Name of the TXT record that proves that the domain is the customer's, if Scalekit's answer holds it.",
        init=False,
        stable=True,
    )
    txt_record_secret: Prop[str] = prop(
        "Value of that TXT record. Anyone can read it in the DNS, so it is no secret.", init=False, stable=True
    )
    environment_id: Prop[str] = prop("Id of the environment, `env_…`.", init=False, stable=True)
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        envelope="domain",
        create=Endpoint("POST", _COLLECTION, query=("connection_id",)),
        delete=Endpoint("DELETE", _ITEM),
        listing=Listing(_COLLECTION, "domains", paged="number", whole=True),
        events={"created": "organization.domain_created", "deleted": "organization.domain_deleted"},
        identity=("domain",),
        delete_before_replace=True,
    )
