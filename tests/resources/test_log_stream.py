from dataclasses import replace

import pytest

from pulumi_scalekit import LogStream
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import CheckFailed, plain

DATADOG = {"site": "datadoghq.eu", "apiKey": "k3y-of-acme"}
PROGRAM = {"provider": "DATADOG", "displayName": "Alarms", "datadog": DATADOG}
CROWDSTRIKE = {"ingestUrl": "https://siem.acme.example", "ingestToken": "t0ken"}


@pytest.fixture
def stream(stack):
    return stack(LogStream)


def held(emulator, stream):
    return emulator.store.log_streams[stream.id]


@pytest.mark.parametrize("left_out", ["kept", "reset"])
def test_a_change_sends_the_rest_as_it_is_and_no_credential(stream, emulator, asked, left_out):
    """What somebody changed in the dashboard since, a renewed key too, is not undone by a change beside it."""
    emulator.switches = replace(emulator.switches, partial_log_stream=left_out)
    stream.up(PROGRAM)
    held(emulator, stream)["credentials"]["datadog"]["api_key"] = "renewed"
    held(emulator, stream)["event_types"] = ["user.deleted"]
    asked()

    stream.up({**PROGRAM, "displayName": "Audit"})

    assert asked() == [f"GET /logstreams/{stream.id}", f"PATCH /logstreams/{stream.id}"]
    kept = held(emulator, stream)
    assert (kept["display_name"], kept["event_types"]) == ("Audit", ["user.deleted"])
    assert kept["credentials"]["datadog"]["api_key"] == "renewed"
    assert kept["config"]["datadog"]["site"] == "datadoghq.eu"
    assert stream.refresh() == []


@pytest.mark.parametrize("left_out", ["kept", "reset"])
def test_a_changed_credential_is_sent_with_the_address_as_it_is(stream, emulator, left_out):
    emulator.switches = replace(emulator.switches, partial_log_stream=left_out)
    stream.up(PROGRAM)
    held(emulator, stream)["config"]["datadog"]["site"] = "us5.datadoghq.com"

    stream.up({**PROGRAM, "datadog": {**DATADOG, "apiKey": "n3xt"}})

    assert held(emulator, stream)["credentials"]["datadog"]["api_key"] == "n3xt"
    assert stream.outputs["credentialHint"].endswith("n3xt")
    assert stream.refresh() == ["datadog.site"]


def test_a_filter_that_is_no_longer_declared_lets_all_through(stream, emulator):
    stream.up({**PROGRAM, "eventTypes": ["user.deleted"]})
    stream.up(PROGRAM)
    assert held(emulator, stream)["event_types"] == []


def test_an_imported_one_needs_no_credential_to_be_changed(stream, stack, emulator):
    stream.up(PROGRAM)
    taken = stack(LogStream)
    taken.id, taken.inputs, taken.outputs = taken.provider.read(stream.id, {}, {})
    imported = plain(taken.inputs)
    assert imported["datadog"] == {"site": "datadoghq.eu"}
    assert taken.preview(imported) == "same"

    taken.up({**imported, "enabled": False})

    assert held(emulator, taken)["enabled"] is False
    assert held(emulator, taken)["credentials"]["datadog"]["api_key"] == "k3y-of-acme"


REFUSED = [
    ({"datadog": {"site": "datadoghq.eu"}}, "datadog.apiKey", "api_key is required for a new log stream"),
    ({"datadog": {**DATADOG, "apiKey": "****"}}, "datadog.apiKey", "a mask or a placeholder"),
    ({"datadog": None}, "datadog", "datadog is required for the provider DATADOG"),
    ({"crowdstrike": CROWDSTRIKE}, "crowdstrike", "does not belong to the provider DATADOG: declare datadog"),
    ({"provider": "SPLUNK"}, "provider", "must be one of DATADOG, CROWDSTRIKE, GOOGLE_SECOPS"),
    (
        {
            "provider": "CROWDSTRIKE",
            "datadog": None,
            "crowdstrike": {**CROWDSTRIKE, "ingestUrl": "http://siem.example"},
        },
        "crowdstrike.ingestUrl",
        "must begin with https://",
    ),
]


@pytest.mark.parametrize(("change", "path", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_what_cannot_work_is_refused_at_preview(stream, emulator, change, path, words):
    with pytest.raises(CheckFailed) as refused:
        stream.up({name: value for name, value in {**PROGRAM, **change}.items() if value is not None})

    assert words in refused.value.failures[path]
    assert emulator.store.log_streams == {}


def test_a_second_one_of_a_provider_is_an_error_with_the_id_of_the_first(stream, stack, emulator):
    stream.up(PROGRAM)
    with pytest.raises(ScalekitError, match=f"provider 'DATADOG' already belongs to {stream.id}"):
        stack(LogStream).up({**PROGRAM, "displayName": "Second"})

    emulator.switches = replace(emulator.switches, log_streams="several")
    stack(LogStream).up({**PROGRAM, "displayName": "Second"})
    assert len(emulator.store.log_streams) == 2


def test_where_it_is_off_for_the_workspace_the_error_says_whom_to_ask(stream, emulator):
    emulator.switches = replace(emulator.switches, log_streaming="forbidden")
    with pytest.raises(ScalekitError, match="Log streaming is a feature of the workspace: ask Scalekit to enable it"):
        stream.up(PROGRAM)


def test_where_the_endpoint_is_missing_nothing_counts_as_deleted(stream, emulator):
    stream.up(PROGRAM)
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")

    with pytest.raises(ScalekitError, match="does not mean that the log stream is gone"):
        stream.refresh()
    with pytest.raises(ScalekitError, match="does not mean that the log stream is gone"):
        stream.up(None)
