"""The switch between the dynamic provider and the plugin, and a program for it, an explicit provider included."""

import json

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


def states(project):
    found = {}
    for name, resource in project.resources().items():
        inputs = {k: v for k, v in resource["inputs"].items() if k != "__provider"}
        outputs = {k: v for k, v in resource["outputs"].items() if k != "__provider"}
        found[name] = (resource["id"], inputs, outputs)
    return json.loads(json.dumps(found), object_hook=lambda one: "secret" if "ciphertext" in one else one)


def there_and_back(project, emulator):
    """Switch to the plugin and back to the dynamic provider: nothing is sent, nothing but the switch changes.

    Returns what Pulumi printed on the way back.
    """
    first, quiet = states(project), emulator.ledger.mark()
    project.config("scalekit:plugin", "true")
    there = project.pulumi("up", "--yes", "--skip-preview").stdout
    assert "updated" not in there
    assert "replaced" not in there
    assert states(project) == first

    project.config("scalekit:plugin", "false")
    back = project.pulumi("up", "--yes", "--skip-preview").stdout
    assert "replaced" not in back
    assert emulator.ledger.since(quiet) == []
    assert states(project) == first
    return back
