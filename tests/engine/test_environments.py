"""Which environment a run works in, with the real engine: another one is refused at preview, a new URL is moved to."""

import dataclasses

import pytest

from pulumi_scalekit.emulator import Emulator
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

ACME = """
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme", display_name="Acme", external_id="acme")
scalekit.Domain("domain", organization_id=acme.id, domain="acme.example")
"""
# Registered when the other resources have long been compared: nothing can stop a create that comes before all of them.
NEW = """
import asyncio, pulumi
async def later():
    await asyncio.sleep(5)
    return "Globex"
scalekit.Organization("globex", display_name=pulumi.Output.from_input(later()), external_id="globex")
"""


@pytest.fixture
def project(deployed):
    return deployed(ACME)


@pytest.fixture
def other():
    with Emulator() as running:
        yield running


def homes(project):
    return {one["outputs"]["environmentUrl"] for one in project.resources().values()}


@pytest.mark.parametrize("source", ["variable", "configuration"])
def test_another_environment_is_refused_at_preview_and_creates_nothing(project, emulator, other, source):
    if source == "variable":
        project.environment.update(other.environment)
    else:
        project.config("scalekit:environmentUrl", other.url)
    preview = printed(project.pulumi("preview", exits=None))
    assert f"it lives in {emulator.url}, and the configured environment is {other.url}" in preview
    assert "Traceback" not in preview
    project.write({"__main__.py": ACME + NEW})
    failed = printed(project.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", exits=None))
    assert "Scalekit cannot move objects from one environment to another" in failed
    assert not other.store.organizations
    assert len(emulator.store.organizations) == 1


def moved_url(emulator):
    return emulator.url.replace("127.0.0.1", "localhost")


def test_one_up_moves_to_the_new_url(project, emulator):
    project.environment["SCALEKIT_ENVIRONMENT_URL"] = moved_url(emulator)
    failed = printed(project.pulumi("up", "--yes", "--skip-preview", exits=None))
    assert f"`pulumi config set scalekit:previousEnvironmentUrl {emulator.url}`, then `pulumi up`" in failed
    project.config("scalekit:previousEnvironmentUrl", emulator.url)
    shown = printed(project.pulumi("preview"))
    assert "2 to update" in shown
    assert "to create" not in shown
    before = emulator.ledger.mark()
    project.pulumi("up", "--yes", "--skip-preview")
    assert {entry.method for entry in emulator.ledger.since(before) if "oauth" not in entry.path} == {"GET"}
    assert homes(project) == {moved_url(emulator)}
    project.pulumi("config", "rm", "scalekit:previousEnvironmentUrl")
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_a_refresh_moves_to_the_new_url_with_the_settings_of_today(project, emulator):
    project.config("scalekit:environmentUrl", moved_url(emulator))
    project.config("scalekit:previousEnvironmentUrl", emulator.url)
    project.pulumi("refresh", "--yes", "--skip-preview", "--run-program")
    assert homes(project) == {moved_url(emulator)}


def test_a_rotated_secret_says_whose_settings_a_refresh_uses(project, emulator):
    for name, key in (
        ("SCALEKIT_ENVIRONMENT_URL", "environmentUrl"),
        ("SCALEKIT_CLIENT_ID", "clientId"),
    ):
        project.config(f"scalekit:{key}", project.environment.pop(name))
    project.config("scalekit:clientSecret", project.environment.pop("SCALEKIT_CLIENT_SECRET"), secret=True)
    project.pulumi("up", "--yes", "--skip-preview")
    emulator.credentials = dataclasses.replace(emulator.credentials, client_secret="test_rotated-secret")
    project.config("scalekit:clientSecret", "test_rotated-secret", secret=True)
    failed = printed(project.pulumi("refresh", "--yes", "--skip-preview", exits=None))
    assert "`pulumi refresh` and `pulumi destroy` use the credentials of the last `pulumi up`" in failed
    assert "`--run-program`" in failed
    project.pulumi("refresh", "--yes", "--skip-preview", "--run-program", "--expect-no-changes")
