"""The program in the README is run as it stands."""

import re
from pathlib import Path

import pytest

README = (Path(__file__).resolve().parents[2] / "README.md").read_text()
PROGRAM = re.search(r"```python\n(import pulumi\n.*?)```", README, re.DOTALL)[1]

pytestmark = [pytest.mark.engine, pytest.mark.fresh]


def test_the_readmes_program_works(workspace, emulator):
    project = workspace({"__main__.py": PROGRAM}, environment=emulator.environment)
    project.config("oktaSecret", "okta-s3cret", secret=True)

    project.pulumi("up", "--yes", "--skip-preview")

    (organization,) = emulator.store.organizations.values()
    (connection,) = emulator.store.connections.values()
    assert organization["external_id"] == "acme"
    assert connection["enabled"]
    assert connection["oidc_config"]["issuer"] == "https://acme.okta.com"
    assert project.outputs() == {"redirectUri": connection["oidc_config"]["redirect_uri"]}
    project.pulumi("preview", "--expect-no-changes")
    assert len([line for line in PROGRAM.splitlines() if line.strip()]) <= 15
