from __future__ import annotations

from tests.support.cases.case import ABSENT, Case, Edit, at, collection, put, sorted_at

_PROGRAM = {"provider": "DATADOG", "displayName": "Alarms", "enabled": True}
_DATADOG = {"site": "datadoghq.eu", "apiKey": "k3y-of-acme"}
_PINS = {"log_streaming": "available"}

LOG_STREAM = Case(
    "log stream",
    "scalekit:index:LogStream",
    lambda _: {**_PROGRAM, "datadog": _DATADOG, "eventTypes": ["organization.created", "user.deleted"]},
    collection("log_streams"),
    edits={
        "displayName": Edit("Audit", at("display_name"), "Audit", reads=1),
        "datadog": Edit(
            {"site": "us5.datadoghq.com", "apiKey": "n3xt-of-acme"},
            lambda one: (one["config"], one["credentials"]),
            ({"datadog": {"site": "us5.datadoghq.com"}}, {"datadog": {"api_key": "n3xt-of-acme"}}),
            reads=1,
        ),
        "eventTypes": Edit(["user.deleted"], at("event_types"), ["user.deleted"], reads=1),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    removals={"eventTypes": Edit(ABSENT, sorted_at("event_types"), [], reads=1)},
    replacing={
        "provider": lambda _: {
            "provider": "CROWDSTRIKE",
            "datadog": None,
            "crowdstrike": {"ingestUrl": "https://siem.acme.example", "ingestToken": "t0ken-of-acme"},
        }
    },
    respelled={"eventTypes": ["user.deleted", "organization.created"]},
    drift={
        "displayName": put("Renamed", "display_name"),
        "datadog.site": put("evil.example", "config", "datadog", "site"),
        "eventTypes": put([], "event_types"),
        "enabled": put(False, "enabled"),
    },
    pins=_PINS,
    one_of_these=("datadog",),
    secret_inputs=frozenset({"datadog.apiKey"}),
    secret_outputs=frozenset({"datadog.apiKey"}),
    nothing="lgs_1",
)

_CROWDSTRIKE = {"ingestUrl": "https://siem.acme.example/ingest", "ingestToken": "t0ken-of-acme"}

CROWDSTRIKE_LOG_STREAM = Case(
    "log stream to CrowdStrike",
    "scalekit:index:LogStream",
    lambda _: {"provider": "CROWDSTRIKE", "displayName": "Falcon", "enabled": True, "crowdstrike": _CROWDSTRIKE},
    collection("log_streams"),
    edits={
        "crowdstrike": Edit(
            {**_CROWDSTRIKE, "ingestToken": "n3xt-of-acme"},
            at("credentials", "crowdstrike", "ingest_token"),
            "n3xt-of-acme",
            reads=1,
        ),
    },
    drift={"crowdstrike.ingestUrl": put("https://evil.example", "config", "crowdstrike", "ingest_url")},
    pins=_PINS,
    one_of_these=("crowdstrike",),
    secret_inputs=frozenset({"crowdstrike.ingestToken"}),
    secret_outputs=frozenset({"crowdstrike.ingestToken"}),
    nothing="lgs_1",
)

_SECOPS = {"gcpProjectId": "acme-logs", "location": "eu", "instanceId": "4f1c", "logType": "SCALEKIT"}

SECOPS_LOG_STREAM = Case(
    "log stream to Google SecOps",
    "scalekit:index:LogStream",
    lambda _: {"provider": "GOOGLE_SECOPS", "displayName": "Chronicle", "enabled": True, "googleSecops": _SECOPS},
    collection("log_streams"),
    edits={
        "googleSecops": Edit(
            {**_SECOPS, "logType": "SCALEKIT_AUDIT"},
            at("config", "google_secops"),
            {"gcp_project_id": "acme-logs", "location": "eu", "instance_id": "4f1c", "log_type": "SCALEKIT_AUDIT"},
            reads=1,
        ),
    },
    drift={
        "googleSecops.gcpProjectId": put("evil", "config", "google_secops", "gcp_project_id"),
        "googleSecops.location": put("us", "config", "google_secops", "location"),
        "googleSecops.instanceId": put("other", "config", "google_secops", "instance_id"),
        "googleSecops.logType": put("OTHER", "config", "google_secops", "log_type"),
    },
    pins=_PINS,
    one_of_these=("googleSecops",),
    nothing="lgs_1",
)
