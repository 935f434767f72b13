"""What a run learns of an environment lasts as long as the run, in whatever process the engine keeps its provider."""

from dataclasses import replace

import pytest

pytestmark = pytest.mark.engine

PROGRAM = """\
import pulumi_scalekit as scalekit

for name in ("acme", "globex", "initech"):
    organization = scalekit.Organization(name, display_name=name)
    scalekit.Connection(
        name,
        organization_id=organization.id,
        provider="OKTA",
        type="OIDC",
        oidc={"issuer": f"https://{name}.okta.com", "client_id": "1", "client_secret": "s3cret", "scopes": ["openid"]},
        enabled=True,
    )
"""


def test_one_refused_delete_is_enough_for_a_destroy(deployed, emulator):
    project = deployed(PROGRAM)
    emulator.switches = replace(emulator.switches, delete_enabled_connection="refused")
    mark = emulator.ledger.mark()
    project.pulumi("destroy", "--yes", "--skip-preview", "--parallel", "1")
    sent = [
        ":disable" if entry.path.endswith(":disable") else entry.method
        for entry in emulator.ledger.since(mark)
        if "/connections/" in entry.path
    ]
    assert sent == ["DELETE", ":disable", "DELETE", ":disable", "DELETE", ":disable", "DELETE"]
