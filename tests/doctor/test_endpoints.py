"""Endpoints that Scalekit has not published."""

import pytest

from pulumi_scalekit.emulator import Switches
from tests.support.stack_on_paper import resource


class TestUnpublishedEndpoints:
    @pytest.fixture(params=["missing", "refused"])
    def switches(self, request):
        return Switches(unpublished_endpoints=request.param)

    def test_that_no_resource_needs_do_no_harm(self, project, examine, api):
        api.organization()
        report = examine()

        assert report.code == 0
        text, _ = report.one("note", "GET /clients, an endpoint that Scalekit has not published")
        assert text.startswith(
            "No Application, DefaultApplication or RedirectUri can be managed in this environment, and this stack has none"
        )
        report.one("note", "GET /organizations/{organization_id}/settings/usermanagement")

    def test_that_a_resource_of_another_environment_needs_do_no_harm(self, project, examine, emulator):
        project.state(resource("Application", "web", "https://eu.scalekit.com", provider="eu"))

        assert examine().code == 0

    def test_that_a_resource_needs_are_an_error(self, project, examine, emulator):
        project.state(resource("Application", "web", emulator.url))
        report = examine()
        text, remedy = report.one("error", "GET /clients, an endpoint that Scalekit has not published")

        assert "The stack's resources of the type Application cannot be managed" in text
        assert "Ask Scalekit's support" in remedy
        assert report.code == 1


def test_unpublished_endpoints_that_answer(project, examine, emulator):
    project.state(resource("Connection", "sso", emulator.url))
    report = examine()

    report.one("ok", "GET /clients (Application, DefaultApplication, RedirectUri)")
    report.one("note", "Not tried, because there is no organization yet")
    report.one("note", "Connection is written with endpoints that Scalekit has not published")
