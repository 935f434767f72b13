"""The credentials, and the clock."""

import json

import pytest

from pulumi_scalekit.emulator.serving.fault_injection import Fault


def test_a_wrong_secret(project, examine, monkeypatch):
    project.config(**{key: value for key, value in project.good.items() if key != "clientSecret"})
    monkeypatch.setenv("SCALEKIT_CLIENT_SECRET", "canary-that-is-wrong")
    report = examine()
    text, remedy = report.one("error", "do not belong together")

    assert "answered 401" in text
    assert "scalekit:clientSecret is from the variable SCALEKIT_CLIENT_SECRET" in text
    assert "`pulumi config set --secret scalekit:clientSecret`" in remedy
    assert "canary-that-is-wrong" not in json.dumps(report.json)
    assert report.levels("unpublished endpoints") == [], "nothing more is asked"


def test_a_token_that_the_api_does_not_take(project, examine, emulator):
    emulator.faults.add(Fault("status", path="/api/v1/organizations", status=401, times=None))
    _, remedy = examine().one("error", "Listing the organizations failed")

    assert "they belong to another environment" in remedy


def test_a_host_that_is_not_there(project, examine):
    project.config(**{**project.good, "environmentUrl": "http://127.0.0.1:1"})
    _, remedy = examine().one("error", "refused the connection")

    assert "HTTPS_PROXY" in remedy


def test_a_website_in_place_of_the_api(project, examine, website):
    project.config(**{**project.good, "environmentUrl": website({"/oauth/token": (200, b"<html></html>")})})
    _, remedy = examine().one("error", "a web page instead of")

    assert "Check scalekit:environmentUrl" in remedy


@pytest.mark.parametrize(("hours", "words"), [(3, "behind"), (-3, "ahead of")])
def test_a_clock_that_is_wrong(project, examine, ahead, hours, words):
    ahead[0] = hours * 3600.0
    text, remedy = examine().one("warning", "This machine's clock")

    assert words in text
    assert "timedatectl" in remedy
