"""LogStream: a system of yours that gets what happens in the environment."""

from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input
from typing_extensions import NotRequired

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model import address
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.program.resource import OptionalBlockProp, OptionalListProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.log_stream_findings import CREDENTIALS, LOG_STREAM_FINDINGS, consequence

LogStreamProvider = Literal["DATADOG", "CROWDSTRIKE", "GOOGLE_SECOPS"] | enums.LogStreamProvider

_COLLECTION = "/logstreams"
_ITEM = _COLLECTION + "/{id}"
_BLOCKS = {"DATADOG": "datadog", "CROWDSTRIKE": "crowdstrike", "GOOGLE_SECOPS": "google_secops"}
_SETTINGS = ("display_name", "enabled", *_BLOCKS.values(), "event_types")
_SECRET: dict[str, Any] = {"secret": True, "write_only": True, "length": (1, None)}
_UNSEEN = (
    "A new stream needs it; Scalekit tries it before it saves anything. No answer shows it: a change in the program is detected, "
    "a change made elsewhere is not, but for its `credential_hint`."
)
_NAME: dict[str, Any] = {"length": (1, None)}


def _https(text: str) -> str | None:
    """An address that gets the log, and a token."""
    return address.web(text) or (None if text.lower().startswith("https:") else "must begin with https://")


class LogStreamDatadog(TypedDict):
    """Where Datadog takes the log, and with which key."""

    site: Annotated[Input[str], prop("Datadog's site, such as `datadoghq.eu`.", **_NAME)]
    api_key: NotRequired[Annotated[Input[str], prop(f"An API key of Datadog. {_UNSEEN}", **_SECRET)]]


class LogStreamCrowdstrike(TypedDict):
    """Where CrowdStrike takes the log, and with which token."""

    ingest_url: Annotated[Input[str], prop("Address that takes the log, `https://…`.", length=(1, None), rule=_https)]
    ingest_token: NotRequired[Annotated[Input[str], prop(f"The token for it. {_UNSEEN}", **_SECRET)]]


class LogStreamGoogleSecops(TypedDict):
    """Where Google SecOps takes the log. It needs no credential, but a grant in Google Cloud."""

    gcp_project_id: Annotated[Input[str], prop("Project of Google Cloud.", **_NAME)]
    location: Annotated[Input[str], prop("Location of the instance, such as `us`.", **_NAME)]
    instance_id: Annotated[Input[str], prop("The instance of Google SecOps.", **_NAME)]
    log_type: Annotated[Input[str], prop("The log type as which it takes the log.", **_NAME)]


def _to_wire(body: Body) -> Body:
    """The address and the credential of a provider stand in two objects."""
    sent = {name: value for name, value in body.items() if name not in _BLOCKS.values()}
    for name in _BLOCKS.values():
        if block := body.get(name):
            secret = CREDENTIALS.get(name)
            sent["config"] = {name: {key: value for key, value in block.items() if key != secret}}
            if secret in block:
                sent["credentials"] = {name: {secret: block[secret]}}
    return sent


def _from_wire(found: Body, _declared: Values) -> Body:
    known = found.get("config") or {}
    return {**found, **{name: known.get(name) for name in _BLOCKS.values()}}


def _fits(values: Values) -> list[tuple[str, str]]:
    wanted = _BLOCKS.get(values.get("provider", ""))
    if wanted is None:
        return []
    problems = [
        (name, f"{name} does not belong to the provider {values['provider']}: declare {wanted}")
        for name in _BLOCKS.values()
        if name != wanted and values.get(name) is not None
    ]
    if values.get(wanted) is None:
        problems.append((wanted, f"{wanted} is required for the provider {values['provider']}"))
    return problems


def _whole(values: Values) -> list[tuple[str, str]]:
    return [
        (f"{name}.{secret}", f"{secret} is required for a new log stream")
        for name, secret in CREDENTIALS.items()
        if isinstance(block := values.get(name), dict) and secret not in block
    ]


class LogStream(Resource, rule=_fits, rule_of_new=_whole, findings=LOG_STREAM_FINDINGS, consequence=consequence):
    """A system of yours that Scalekit sends its log to: what happens in the environment, such as sign-ins and changes.

    Most environments may have one of each provider, and a second one is refused. For Google SecOps, allow the service account
    that Scalekit names beside its log streams to write to your instance first.

    Scalekit keeps a credential that a change leaves out, so one is sent only where the program changes it. Deleting a stream
    destroys its credential. `event_types` that are not declared stay as they are; removed from the program, all types are sent.

    It uses endpoints that Scalekit has not published (`/api/v1/logstreams` and `…/{id}`).
    """

    provider: Prop[LogStreamProvider] = prop("Whose system it is: `DATADOG`, `CROWDSTRIKE` or `GOOGLE_SECOPS`.")
    display_name: Prop[str] = prop("Name that people see, 1 to 255 characters.", length=(1, 255))
    datadog: OptionalBlockProp[LogStreamDatadog, outputs.LogStreamDatadog] = prop(
        "Where Datadog takes the log. For the provider `DATADOG`.", default=None
    )
    crowdstrike: OptionalBlockProp[LogStreamCrowdstrike, outputs.LogStreamCrowdstrike] = prop(
        "Where CrowdStrike takes the log. For the provider `CROWDSTRIKE`.", default=None
    )
    google_secops: OptionalBlockProp[LogStreamGoogleSecops, outputs.LogStreamGoogleSecops] = prop(
        "Where Google SecOps takes the log. For the provider `GOOGLE_SECOPS`.", default=None
    )
    event_types: OptionalListProp[str] = prop(
        "Types of the events that are sent, a set, such as `organization.created`. None: all.",
        default=None,
        unordered=True,
        length=(1, None),
        clear=[],
    )
    enabled: OptionalProp[bool] = prop(
        "Whether it is sent. If it is not declared, it stays as Scalekit makes it.", default=None
    )
    credential_hint: Prop[str] = prop("What Scalekit shows of the credential, mostly masked.", init=False)
    status: Prop[str] = prop("`PENDING`, `ACTIVE`, `ERROR` or `DISABLED`.", init=False)
    update_time: Prop[str] = prop("When it was changed last, RFC 3339.", init=False)

    api = Api(
        item=_ITEM,
        envelope="log_stream",
        create=Endpoint("POST", _COLLECTION, owns=("provider", *_SETTINGS), unpublished=True),
        # The filter is applied exactly as sent, and what a call makes of a name or an address that it leaves out is not known.
        update=(Endpoint("PATCH", _ITEM, owns=_SETTINGS, left_out="reset", secrets_stay=True, unpublished=True),),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        listing=Listing(_COLLECTION, "log_streams", paged="no", whole=True),
        identity=("provider",),
        delete_before_replace=True,
        needs="Log streaming is a feature of the workspace: ask Scalekit to enable it, or leave the resource out",
        to_wire=_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
