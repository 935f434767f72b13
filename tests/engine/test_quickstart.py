"""The main job with the real engine: up, nothing to do, drift at the exact property, repair, destroy."""

import json
from pathlib import Path

import pytest

from tests.support.workspace import printed

pytestmark = [pytest.mark.engine, pytest.mark.fresh]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DRIFT = 7


@pytest.fixture(params=["dynamic", "plugin"])
def stack(request, workspace, emulator):
    project = workspace(EXAMPLES / "quickstart", name="quickstart", environment=emulator.environment)
    project.config("quickstart:acmeOktaSecret", "s3cret-canary", secret=True)
    if request.param == "plugin":
        project.config("scalekit:plugin", "true")
    return project


def test_the_quickstart(stack, emulator):
    preview = stack.pulumi("preview", "--diff").stdout
    assert len(emulator.ledger) == 0
    stack.pulumi("up", "--yes", "--skip-preview")
    assert len(emulator.ledger.tokens) == 1
    assert len(emulator.store.organizations) == 3
    assert {(one["type"], one["enabled"], one["status"]) for one in emulator.store.connections.values()} == {
        ("OIDC", True, "COMPLETED"),
        ("SAML", True, "COMPLETED"),
    }
    assert stack.outputs()["acmeRedirectUri"].startswith(emulator.url)

    quiet = emulator.ledger.mark()
    stack.pulumi("preview", "--expect-no-changes")
    assert emulator.ledger.since(quiet) == []
    stack.pulumi("refresh", "--yes", "--expect-no-changes")

    oidc = next(one for one in emulator.store.connections.values() if one["type"] == "OIDC")
    oidc["oidc_config"]["client_id"] = "0oa-changed"
    del emulator.store.organizations[
        next(id_ for id_, one in emulator.store.organizations.items() if one["external_id"] == "initech")
    ]
    drift = stack.pulumi("refresh", "--preview-only", "--diff", "--expect-no-changes", exits=None)
    assert drift.returncode != 0
    assert '~ clientId: "0oa1acme" => "0oa-changed"' in drift.stdout
    assert "issuer" not in drift.stdout.replace("issuer      : ", "")
    assert "initech" in drift.stdout

    stack.pulumi("up", "--yes", "--refresh", "--skip-preview")
    assert oidc["oidc_config"]["client_id"] == "0oa1acme"
    assert len(emulator.store.organizations) == 3
    stack.pulumi("refresh", "--preview-only", "--expect-no-changes")

    everything = preview + drift.stdout + json.dumps(stack.state())
    assert "s3cret-canary" not in everything
    stack.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations
    assert not emulator.store.connections
    assert stack.running() == []


def test_bad_input_is_told_at_its_property_before_any_request(stack, emulator):
    program = stack.folder / "__main__.py"
    text = (
        program.read_text().replace('"tier": "trial"', '"t": "trial"').replace('"openid", "email"', '"openid", "mail"')
    )
    program.write_text(text.replace('display_name="Initech"', 'display_name=""'))
    refused = stack.pulumi("preview", exits=None)
    assert refused.returncode != 0
    told = printed(refused)
    assert "display_name must not be empty" in told
    assert "a key must have at least 3 characters, and this one has 1" in told
    assert len(emulator.ledger) == 0
    assert "Traceback" not in told


def test_an_error_of_the_api_is_one_line(stack, emulator):
    emulator.store.organizations.clear()
    emulator.switches = type(emulator.switches)()
    program = stack.folder / "__main__.py"
    program.write_text(program.read_text().replace('external_id="globex"', 'external_id="acme"'))
    failed = stack.pulumi("up", "--yes", "--skip-preview", exits=None)
    told = printed(failed)
    assert failed.returncode != 0
    assert "external_id 'acme' already belongs to org_" in told
    assert "declare it once" in told
    assert "scalekit:adopt" not in told
    assert "Traceback" not in told
