"""CustomDomain: an address of yours under which an environment is reached."""

from pulumi_scalekit.model import domain_name
from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.environment_session_settings import ENVIRONMENT_ID, ENVIRONMENT_ID_WORDS

_ITEM = "/environments/{id}/custom-domains"


def _consequence(change: ResourceChange) -> str:
    before, after = change.becomes("custom_domain")
    if change.deleted:
        return "The custom domain stays at Scalekit, and is no longer managed. Its DNS records have to stay too."
    if before and not after:
        return f"The environment is no longer reached at https://{before}, and who signs in there cannot."
    if after and after != before:
        return f"The environment is reached at https://{after} as soon as its DNS records are found. Scalekit offers no way back."
    return ""


class CustomDomain(Resource, consequence=_consequence):
    """An address of yours, `auth.acme.com`, under which the environment is reached: by users who sign in, and by your code.

    **There is no way back.** Scalekit has no call that takes a custom domain away or changes it. Destroying the resource leaves
    the domain as it is, and a warning says so; another `custom_domain` is refused, because nobody knows what a second call would
    do to the first. Ask Scalekit's support to take one away: a refresh then finds it gone, and the next `up` declares yours.

    There is one in an environment; its id is the environment's. One that is there is taken over if it is the one that is declared,
    and nothing is sent; another one is an error. Scalekit serves it as soon as its DNS records are there:
    `getCustomDomainRecords` says which, also before the domain is declared, so that a resource of a DNS provider can make them.
    Keep them as long as the domain is in use.

    Connections that exist keep their callback addresses, which are at the old address. To let a stack use the new one, set
    `scalekit:environmentUrl`, and for one run `scalekit:previousEnvironmentUrl`.

    It uses endpoints that Scalekit has not published (`POST /api/v1/environments/{id}/custom-domains` and
    `POST /api/v1/environments/{id}/custom-domains:check`, which reads it).
    """

    environment_id: OptionalProp[str] = prop(ENVIRONMENT_ID_WORDS, default=None, also=ENVIRONMENT_ID)
    custom_domain: Prop[str] = prop(
        "The domain's name, `auth.acme.com`. An international name is sent as its A-label, `xn--…`.",
        length=(1, 250),
        normal=domain_name.normal,
        rule=domain_name.refused,
        settled=True,
    )
    custom_domain_status: Prop[str] = prop(
        "Whether Scalekit serves it yet: `INITIAL`, `PENDING`, `ACTIVE` or `FAILED`, as Scalekit's check says at each refresh.",
        init=False,
    )

    api = Api(
        item=_ITEM,
        envelope="environment",
        read_path=_ITEM + ":check",
        read_verb="POST",
        update=(Endpoint("POST", _ITEM, owns=("custom_domain",), unpublished=True),),
        setting_of="environment_id",
        read_unpublished=True,
        delete_advice="Keep its DNS records; to have it taken away, ask Scalekit's support",
    )
