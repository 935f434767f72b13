"""What the plugin answers beside the lifecycle: configuration, schema, deadlines, cancellation, warnings."""

import json
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit.emulator import Fault
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.provider.plugin import Plugin
from tests.support.providers import SECRET_KEY, Aborted, Context, Refused, Served, from_struct, to_struct

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "scalekit:index:Organization"


@pytest.fixture
def served(config):
    return Served(KINDS[TOKEN], config)


class Listening(Context):
    """Keeps the details of a refusal."""

    details = b""

    def abort_with_status(self, status):
        self.details = dict(status.trailing_metadata)["grpc-status-details-bin"]
        super().abort_with_status(status)


def configure(given):
    """Configure a plugin that must refuse: (status code, message, details)."""
    context = Listening()
    with pytest.raises(Aborted):
        Plugin().Configure(proto.ConfigureRequest(args=to_struct(given)), context)
    return context.refusal.status_code, str(context.refusal), context.details


def test_missing_settings_are_named_for_the_cli(monkeypatch):
    for name in ("SCALEKIT_ENVIRONMENT_URL", "SCALEKIT_CLIENT_ID", "SCALEKIT_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    code, _, details = configure({"environmentUrl": "https://acme.scalekit.com"})
    assert code == grpc.StatusCode.INVALID_ARGUMENT
    assert b"scalekit:clientId" in details
    assert b"scalekit:clientSecret" in details
    assert b"scalekit:environmentUrl" not in details


def test_a_secret_in_clear_and_a_wrong_setting_are_refused():
    given = {"environmentUrl": "https://a.example", "clientId": "skc_1"}
    assert "pulumi config set --secret scalekit:clientSecret" in configure({**given, "clientSecret": "in-clear"})[1]
    secret = {SECRET_KEY: "1b47061264138c4ac30d75fd1eb44270", "value": "s3cret"}
    assert "must be `identical` or `no`" in configure({**given, "clientSecret": secret, "adopt": "yes"})[1]


def test_a_replacement_that_meets_its_own_object_is_not_taken_for_another_resource(config):
    """After a refresh the state is known to have the object: under the same resource, whatever a create is handed."""
    role = Served(KINDS["scalekit:index:Role"], config)
    given = {"urn": "urn:pulumi:dev::acme::scalekit:index:Role::clerk", "type": "scalekit:index:Role"}
    program = to_struct({"name": "clerk", "displayName": "Clerk"})
    made = role.call("Create", proto.CreateRequest(**given, properties=program))
    role.call("Read", proto.ReadRequest(**given, id=made.id, inputs=program, properties=made.properties))
    role.call("Check", proto.CheckRequest(**given, olds=program, news=program))
    with pytest.raises(Refused, match="That is the object that this resource replaces"):
        role.call("Create", proto.CreateRequest(**given, properties=program))


def test_a_providers_own_properties_are_judged():
    answer = Plugin().CheckConfig(
        proto.CheckRequest(news=to_struct({"enviromentUrl": "x", "adopt": "yes", "version": "0.1.0"})), Context()
    )
    # Of a property that is named beside the reason the engine prints the value: a secret under a misspelt name.
    # In any order: a protobuf map has none.
    assert {(one.property, one.reason) for one in answer.failures} == {
        ("", "there is no setting enviromentUrl; did you mean environmentUrl?"),
        ("", "adopt must be identical or no"),
    }


@pytest.mark.parametrize(("key", "refused"), [("enviromentUrl", True), ("region", False)])
def test_a_project_that_is_called_like_us_has_keys_of_its_own(key, refused):
    """They stand in the same namespace; what is nearly one of ours is refused all the same."""
    urn = "urn:pulumi:dev::scalekit::pulumi:providers:scalekit::default"
    given = to_struct({key: "x"})
    assert bool(Plugin().CheckConfig(proto.CheckRequest(urn=urn, news=given), Context()).failures) is refused
    elsewhere = urn.replace("::scalekit::", "::acme::")
    assert Plugin().CheckConfig(proto.CheckRequest(urn=elsewhere, news=given), Context()).failures


def test_a_changed_configuration_is_never_a_replacement():
    old = {"scalekit:environmentUrl": "https://a.example", "scalekit:clientId": "1"}
    same = Plugin().DiffConfig(
        proto.DiffRequest(
            olds=to_struct(old), news=to_struct({"environmentUrl": "https://a.example", "clientId": "1"})
        ),
        Context(),
    )
    assert same.changes == proto.DiffResponse.DIFF_NONE
    other = Plugin().DiffConfig(
        proto.DiffRequest(
            olds=to_struct(old), news=to_struct({"environmentUrl": "https://b.example", "clientId": "1"})
        ),
        Context(),
    )
    assert (other.changes, list(other.diffs), list(other.replaces)) == (
        proto.DiffResponse.DIFF_SOME,
        ["environmentUrl"],
        [],
    )


def test_the_served_schema_is_json_with_a_version():
    served = json.loads(Plugin().GetSchema(proto.GetSchemaRequest(), Context()).schema)
    assert set(served["resources"]) == set(KINDS)
    assert served["version"]


def test_custom_timeouts_are_honoured(served, emulator):
    """A wait of an hour does not fit into the timeout of a second, so it is told at once."""
    emulator.faults.add(Fault("status", status=429, retry_after=3600, times=None))
    request = proto.CreateRequest(type=TOKEN, properties=to_struct({"displayName": "Acme"}), timeout=1)
    with pytest.raises(Refused, match="429") as refused:
        served.call("Create", request)
    assert refused.value.status_code == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_after_cancel_nothing_is_sent(served, emulator):
    served.call("Cancel", proto.CreateRequest())
    before = emulator.ledger.mark()
    with pytest.raises(Refused) as refused:
        served.call("Create", proto.CreateRequest(type=TOKEN, properties=to_struct({"displayName": "Acme"})))
    assert refused.value.status_code == grpc.StatusCode.CANCELLED
    assert emulator.ledger.since(before) == []


SENT_NOTHING = """
import sys
from tests.support.providers import Served, to_struct
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi_scalekit.model.registry import KINDS

served = Served(KINDS["scalekit:index:Organization"], {
    "scalekit:environmentUrl": "https://acme.scalekit.com",
    "scalekit:clientId": "skc_1",
    "scalekit:clientSecret": "secret",
})
organization = {"type": "scalekit:index:Organization", "properties": to_struct({"displayName": "Acme"})}
served.call("Create", proto.CreateRequest(**organization, timeout=10, preview=True))
served.call("Cancel", proto.CreateRequest())
print("httpx" in sys.modules)
"""


def test_a_preview_with_a_timeout_and_a_cancel_bring_nothing_that_sends():
    ran = subprocess.run([sys.executable, "-c", SENT_NOTHING], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_what_is_handed_back_is_said(config):
    said = []
    served = Served(KINDS[TOKEN], config)
    served.plugin._warn = lambda urn, text: said.append((urn, text))
    old = {"displayName": "Acme", "features": {"sso": True, "dir_sync": True}, "slug": "acme"}
    request = proto.DiffRequest(type=TOKEN, urn="urn:acme", olds=to_struct(old), old_inputs=to_struct(old))
    request.news.CopyFrom(to_struct({"displayName": "Acme", "features": {"sso": True}, "slug": ""}))
    answer = served.call("Diff", request)
    assert said == [("urn:acme", "features.dir_sync is no longer declared: Scalekit keeps it as it is.")]
    assert set(answer.detailedDiff) == {"features.dir_sync", "slug"}


def test_ignored_changes_are_no_difference(served):
    old = {"displayName": "Acme", "metadata": {"tier": "gold"}}
    request = proto.DiffRequest(type=TOKEN, olds=to_struct(old), old_inputs=to_struct(old), ignoreChanges=["metadata"])
    request.news.CopyFrom(to_struct({"displayName": "Acme", "metadata": {"tier": "silver"}}))
    assert served.call("Diff", request).changes == proto.DiffResponse.DIFF_NONE


def test_an_unknown_type_or_function_is_named(served):
    with pytest.raises(Refused, match="there is no resource type scalekit:index:Nothing"):
        served.call("Check", proto.CheckRequest(type="scalekit:index:Nothing"))
    with pytest.raises(Refused, match="there is no function scalekit:index:getNothing"):
        served.call("Invoke", proto.InvokeRequest(tok="scalekit:index:getNothing"))


def test_a_preview_knows_inputs_and_stable_outputs(served):
    request = proto.CreateRequest(type=TOKEN, properties=to_struct({"displayName": "Acme"}), preview=True)
    predicted = from_struct(served.call("Create", request).properties)
    assert predicted["displayName"] == "Acme"
    assert predicted["createTime"] == "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    assert predicted["environmentUrl"].startswith("http://127.0.0.1")
