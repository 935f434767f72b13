"""`SCALEKIT_LOG=debug`: each request is shown to the user, and nothing secret."""

import re

import pytest

from tests.support.workspace import printed

pytestmark = [pytest.mark.engine, pytest.mark.fresh]

PROGRAM = """
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme", display_name="Acme", external_id="acme")
scalekit.Connection("sso", organization_id=acme.id, provider="OKTA", type="OIDC",
    oidc={"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "s3cret-canary", "scopes": ["openid"]})
"""


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_each_request_is_shown_and_nothing_secret(workspace, emulator, plugin):
    project = workspace({"__main__.py": PROGRAM}, environment={**emulator.environment, "SCALEKIT_LOG": "debug"})
    project.config("scalekit:plugin", plugin)
    done = project.pulumi("up", "--yes", "--skip-preview")
    told = printed(done)
    for entry in emulator.ledger:
        assert f"{entry.method} {entry.path.removeprefix('/api/v1')}: {entry.status} in " in told
    assert re.search(r"scalekit \d\d:\d\d:\d\d\.\d+ POST /oauth/token: 200 in", told)
    assert "s3cret-canary" not in told
    assert emulator.client_secret not in told
