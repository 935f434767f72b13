"""EmailServer: a mail server of yours that the environment sends its mail with."""

from typing import Annotated, Literal

from pulumi import Input
from typing_extensions import NotRequired, TypedDict

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model import domain_name, email_address
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.program.resource import BlockProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.email_server_findings import EMAIL_SERVER_FINDINGS, consequence

EmailProvider = Literal["SENDGRID", "POSTMARK", "OTHER"] | enums.EmailServerProvider

_COLLECTION = "/email/servers"
_ITEM = _COLLECTION + "/{id}"


def _host(text: str) -> str | None:
    return None if domain_name.is_ip(text) else domain_name.refused(text)


class SmtpSettings(TypedDict):
    """How to send mail with the server, and as whom."""

    host: Annotated[Input[str], prop("Name of the server, `smtp.sendgrid.net`.", length=(1, 255), rule=_host)]
    port: Annotated[Input[int], prop("Its port: 587 as a rule, or 465.", between=(1, 65535))]
    username: Annotated[Input[str], prop("Name to sign in with, 1 to 255 characters.", length=(1, 255))]
    password: NotRequired[
        Annotated[
            Input[str],
            prop(
                "Password to sign in with, 1 to 255 characters; a new server needs it. The API does not return it: a change in "
                "the program is detected, a change made elsewhere is not, and the declared one is sent with every change of "
                "the settings.",
                length=(1, 255),
                secret=True,
                write_only=True,
            ),
        ]
    ]
    from_email: Annotated[
        Input[str],
        prop("Address that the mail comes from, at most 255 characters.", length=(1, 255), rule=email_address.refused),
    ]
    from_name: Annotated[Input[str], prop("Name that the mail comes from, 1 to 255 characters.", length=(1, 255))]


def _whole(values: Values) -> list[tuple[str, str]]:
    settings = values.get("smtp_settings")
    if isinstance(settings, dict) and "password" not in settings:
        return [("smtp_settings.password", "password is required for a new mail server")]
    return []


def _to_wire(body: Body) -> Body:
    """A create takes the settings under another key than an answer has, an update takes nothing else."""
    if "provider" in body:
        return {"provider": body["provider"], "settings": body["smtp_settings"]}
    settings: Body = body["smtp_settings"]
    return settings


class EmailServer(Resource, rule_of_new=_whole, findings=EMAIL_SERVER_FINDINGS, consequence=consequence):
    """A mail server of yours, with which Scalekit sends its mail to users: codes, sign-in links, invitations.

    Of several, one at most is enabled: enabling one switches the other off. While none is, Scalekit sends with its own server,
    and without your templates (`EmailTemplate`). Deleting one that is enabled switches it off first, where Scalekit refuses
    otherwise.

    It uses endpoints that Scalekit has not published (`/api/v1/email/servers`, `…/{server_id}`, `…:enable` and `…:disable`).
    """

    provider: Prop[EmailProvider] = prop("Who runs the server: `SENDGRID`, `POSTMARK` or `OTHER`.")
    smtp_settings: BlockProp[SmtpSettings, outputs.SmtpSettings] = prop(
        "How to send mail with the server, and as whom."
    )
    enabled: OptionalProp[bool] = prop(
        "Whether Scalekit sends with it. If it is not declared, it stays as Scalekit makes it.", default=None
    )
    updated_at: Prop[str] = prop("When it was changed last, RFC 3339.", init=False)

    api = Api(
        item=_ITEM,
        envelope="server",
        create=Endpoint("POST", _COLLECTION, owns=("provider", "smtp_settings"), unpublished=True),
        update=(
            # Whether it keeps a password that is left out is not known.
            Endpoint("PUT", _ITEM, owns=("smtp_settings",), left_out="reset", unpublished=True),
            Endpoint("PATCH", _ITEM, owns=("enabled",), action={True: ":enable", False: ":disable"}, unpublished=True),
        ),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        before_delete=Endpoint("PATCH", _ITEM + ":disable", owns=("enabled",), unpublished=True),
        listing=Listing(_COLLECTION, "servers", paged="no", whole=True),
        identity=("provider",),
        needs="Mail servers of your own are a feature of the environment: ask Scalekit to enable it",
        to_wire=_to_wire,
        read_unpublished=True,
    )
