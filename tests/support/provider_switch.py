"""The switch between the dynamic provider and the plugin, and a program for it, an explicit provider included."""

import json
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tests.support.workspace import Workspace

PROGRAM = """
import pulumi
import pulumi_scalekit as scalekit

acme = scalekit.Organization("acme", display_name="Acme", external_id="acme", metadata={"tier": "gold"})
sso = scalekit.Connection("sso", organization_id=acme.id, provider="OKTA", type="OIDC",
    oidc={"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "s3cret-canary", "scopes": ["openid"]})
eu = scalekit.Provider("eu", environment_url=pulumi.Config().require("url"), client_id="skc_12345678901234567",
    client_secret="test_emulator")
other = scalekit.Organization("other", display_name="Other", external_id="other", opts=pulumi.ResourceOptions(provider=eu))
"""


def states(project: Workspace) -> Any:
    found = {}
    for name, resource in project.resources().items():
        inputs = {k: v for k, v in resource["inputs"].items() if k != "__provider"}
        outputs = {k: v for k, v in resource["outputs"].items() if k != "__provider"}
        found[name] = (resource["id"], inputs, outputs)
    return json.loads(json.dumps(found), object_hook=lambda one: "secret" if "ciphertext" in one else one)


def there_and_back(project: Workspace, emulator: Emulator) -> None:
    """Switch to the plugin and back to the dynamic provider: nothing is sent, nothing changes."""
    first, quiet = states(project), emulator.ledger.mark()
    for plugin in ("true", "false"):
        project.config("scalekit:plugin", plugin)
        project.pulumi("preview", "--expect-no-changes", "--diff")
        project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
        assert states(project) == first
    assert emulator.ledger.since(quiet) == []
