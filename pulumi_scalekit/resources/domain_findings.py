"""What a domain will lead to: it is everybody's, another tenant has it, or it looks like another tenant's."""

from collections.abc import Iterator

from pulumi_scalekit.model import domain_name
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, shared_rule, text_at, value_rule
from pulumi_scalekit.resources.certificate_findings import is_of_one_organization
from pulumi_scalekit.resources.protection_findings import unprotected


@value_rule("domain-public", "warning")
def public(values: Values) -> Iterator[Said]:
    """The domain is a public mail domain, such as gmail.com.

    Its addresses belong to people of every company, and all of them would be sent to this organization's sign-in. Scalekit
    refuses such domains.
    """
    name = text_at(values, "domain")
    if name and domain_name.is_public(name):
        yield (
            "domain",
            f"{name} is a public mail domain: addresses in it belong to people of every company, and Scalekit refuses it",
        )


@value_rule("domain-disposable", "warning")
def disposable(values: Values) -> Iterator[Said]:
    """A domain of addresses that anybody gets for some minutes. Scalekit refuses such domains."""
    name = text_at(values, "domain")
    if name and domain_name.is_disposable(name):
        yield "domain", f"{name} gives addresses to anybody for some minutes, and Scalekit refuses it"


def _name(values: Values) -> Iterator[tuple[str, str]]:
    if name := text_at(values, "domain"):
        yield "domain", domain_name.normal(name)


@shared_rule("domain-shared", "warning", _name)
def shared(values: Values, other: Values, label: str) -> str | None:
    """The program declares the same domain in two organizations, or twice in one.

    People with an e-mail address in it are sent to one of the two, and the other's create may be refused.
    """
    name = text_at(values, "domain")
    if is_of_one_organization(values, other):
        return f"{name} is declared twice for this organization"
    return f"{name} is also the {label}: people with an address in it are sent to one of the two"


def _skeleton(values: Values) -> Iterator[tuple[str, str]]:
    if name := text_at(values, "domain"):
        yield "domain", domain_name.skeleton(name)


@shared_rule("domain-look-alike", "warning", _skeleton)
def look_alike(values: Values, other: Values, label: str) -> str | None:
    """The domain looks like that of another organization in the program, and is another one.

    An example is `paypal.com` beside `paypa1.com`, or beside a name with a Cyrillic letter. Who owns it receives what is meant for the other. Compare it letter by letter with what the customer owns.
    """
    name, others = domain_name.normal(text_at(values, "domain")), domain_name.normal(text_at(other, "domain"))
    if name == others or is_of_one_organization(values, other):
        return None
    return f"{name} looks like {others}, the {label}, and is another domain: check each letter of it"


@change_rule("domain-deleted", "warning")
def deleted(change: ResourceChange) -> Iterator[Said]:
    """A domain is deleted or replaced: people with an e-mail address in it are no longer sent to the organization's sign-in."""
    name = text_at(change.before, "domain")
    if name and (change.deleted or (change.replaced and name != text_at(change.after, "domain"))):
        yield (
            "domain" if change.replaced else "",
            (f"people with an address in {name} are no longer sent to the organization's sign-in"),
        )


@change_rule("domain-not-tied", "warning")
def not_tied(change: ResourceChange) -> Iterator[Said]:
    """A connection is declared for a domain that exists already, and Scalekit takes it only when it creates the domain.

    Nothing is sent, and no answer shows whether the two are tied. After an import that is what you want; else name the domain in
    `domain_ids` of the connection, or have it created anew with `pulumi up --replace`.
    """
    if change.updated and not change.before.get("connection_id") and change.after.get("connection_id"):
        yield (
            "connection_id",
            "is taken only when a domain is created, and this one stays as it is: name it in domain_ids of the connection",
        )


DOMAIN_FINDINGS = (public, disposable, shared, look_alike, deleted, not_tied, unprotected)


def consequence(change: ResourceChange) -> str:
    """What a change of a domain means for people with an address in it."""
    name = text_at(change.after, "domain")
    if change.deleted or not name:
        return ""
    if text_at(change.after, "domain_type") == "ALLOWED_EMAIL_DOMAIN":
        return f"People with an address in {name} may join the organization."
    return f"People with an address in {name} are sent to the organization's sign-in."


@value_rule("domain-unverified", "warning")
def unverified(values: Values) -> Iterator[Said]:
    """A domain is not verified, so nobody with an address in it is sent to the organization's sign-in yet."""
    status = text_at(values, "verification_status")
    if status in ("PENDING", "FAILED"):
        yield "verification_status", f"is not verified ({status}): nobody with an address in it is sent to the sign-in"


DOMAIN_HEALTH = (unverified,)
