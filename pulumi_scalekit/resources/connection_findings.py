"""What a change of a connection does to the people who sign in with it."""

from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at, shared_rule, text_at, value_rule
from pulumi_scalekit.resources.certificate_findings import CERTIFICATE_FINDINGS
from pulumi_scalekit.resources.oidc_findings import OIDC_FINDINGS
from pulumi_scalekit.resources.protection_findings import unprotected

_TO_REGISTER = {"OIDC": "the redirect URI", "SAML": "entity id and ACS URL"}


@change_rule("connection-disabled", "warning")
def disabled(change: ResourceChange) -> Iterator[Said]:
    """A connection that was enabled is switched off: from then on nobody of the organization can sign in with it."""
    before, after = change.becomes("enabled")
    if before is True and after is False:
        yield "enabled", "nobody of the organization can sign in with this connection any more"


@change_rule("connection-replaced", "warning")
def replaced(change: ResourceChange) -> Iterator[Said]:
    """A new connection takes the place of the old one.

    Its redirect URI (OIDC), or its entity id and ACS URL (SAML), are others, and the customer's identity provider
    refuses sign-ins until they are registered there. An alias or a changed declaration that keeps
    `organization_id`, `provider` and `type` avoids the replacement.
    """
    if change.replaced:
        what = _TO_REGISTER.get(text_at(change.after, "type"), "its addresses")
        yield (
            "",
            (
                f"a new connection takes the place of this one: {what} must be registered anew at the customer's identity "
                f"provider, and nobody can sign in until then"
            ),
        )


@change_rule("connection-deleted", "warning")
def deleted(change: ResourceChange) -> Iterator[Said]:
    """A connection is deleted while it is enabled: from then on nobody of the organization can sign in with it.

    What the customer has set up for it at the identity provider is of no use any more.
    """
    if change.deleted:
        live = known_at(change.before, "enabled") is not False
        yield (
            "",
            (
                "the connection is deleted while it may be in use: nobody of the organization can sign in with it any more"
                if live
                else "the connection, which is switched off, is deleted"
            ),
        )


@change_rule("identity-provider-changed", "note")
def identity_provider_changed(change: ResourceChange) -> Iterator[Said]:
    """The identity provider that a connection leads to changes: another issuer, entity id or metadata address.

    The people of the organization sign in somewhere else from then on.
    """
    for path in ("oidc.issuer", "saml.idp_entity_id", "saml.idp_metadata_url"):
        before, after = change.becomes(path)
        if change.updated and before and after and before != after:
            yield path, "people sign in at another identity provider from now on"


def _domain_keys(values: Values) -> Iterator[tuple[str, str]]:
    domains = known_at(values, "domain_ids")
    if isinstance(domains, list):
        yield from (("domain_ids", domain) for domain in domains if isinstance(domain, str))


@shared_rule("connection-domain-shared", "warning", _domain_keys)
def domain_shared(_values: Values, _other: Values, label: str) -> str | None:
    """Two connections of the program have the same domain.

    A person with an e-mail address in it is sent to one of them, and which one is Scalekit's choice.
    """
    return f"a domain is also that of {label}: people with an address in it are sent to one of the two"


CONNECTION_FINDINGS = (
    disabled,
    replaced,
    deleted,
    identity_provider_changed,
    domain_shared,
    *CERTIFICATE_FINDINGS,
    *OIDC_FINDINGS,
    unprotected,
)
SETTINGS_FINDINGS = tuple(rule for rule in CONNECTION_FINDINGS if rule not in (replaced, deleted))
"""Destroying settings leaves them as they are, and replacing them makes no new connection."""


def consequence(change: ResourceChange) -> str:
    """What a change of a connection means for who signs in with it."""
    before, after = change.becomes("enabled")
    with_what = f"{text_at(change.after, 'provider')} ({text_at(change.after, 'type')})"
    if change.deleted or change.replaced or (before is True and after is False):
        return ""
    if after is True and (before is not True or not change.before):
        return f"People of the organization can sign in with {with_what} from now on."
    if not change.before:
        return f"A connection with {with_what} is prepared. Nobody signs in with it yet."
    if "enabled" in change.before and before is False:
        return "The connection is switched off, so nobody is affected."
    return "People go on signing in with the same connection, by the new settings."


def settings_consequence(change: ResourceChange) -> str:
    """The same of settings, which stay as they are where they are no longer declared."""
    if change.deleted:
        return "The settings stay as they are at Scalekit, and are no longer managed."
    return consequence(change)


LOST_FOR_GOOD = (
    "A repair creates a new connection, whose redirect URI, or entity id and ACS URL, are others: the customer has to register "
    "them at the identity provider before anybody can sign in. What was set up in the portal does not come back."
)


@value_rule("connection-off", "note")
def off(values: Values) -> Iterator[Said]:
    """A connection is set up and switched off: nobody signs in with it."""
    if values.get("enabled") is not True and text_at(values, "status") == "COMPLETED":
        yield "enabled", "is set up, and switched off"


@value_rule("connection-unfinished", "warning")
def unfinished(values: Values) -> Iterator[Said]:
    """A connection lacks settings, so nobody can sign in with it. The customer may be at work on it in the portal."""
    status = text_at(values, "status")
    if status in ("DRAFT", "IN_PROGRESS"):
        yield "status", f"is not finished ({status}): settings are missing, and nobody can sign in with it"


@value_rule("connection-without-domain", "note")
def without_domain(values: Values) -> Iterator[Said]:
    """An enabled connection has no domain: nobody is sent to it by the e-mail address, and your application has to choose it."""
    if values.get("enabled") is True and not values.get("domain_ids"):
        yield "domain_ids", "has no domain, so nobody is sent to it by the e-mail address"


CONNECTION_HEALTH = (off, unfinished, without_domain)
