"""Secrets with the real engine: what is secret as a whole, what may have been written, what an import cannot read."""

import json

import pytest

from pulumi_scalekit.emulator import Fault
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

BOTH = pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])

WHOLE = """
import pulumi
import pulumi_scalekit as scalekit

config = pulumi.Config()
canary = config.require_secret("canary")
acme = scalekit.Organization("acme",
    display_name=canary.apply(lambda text: f"Acme {text}"),
    external_id=pulumi.Output.secret("acme"),
    metadata=config.require_secret_object("metadata"),
    features=pulumi.Output.secret({"sso": True}))
scalekit.Connection("from-outputs", organization_id=acme.id, provider="OKTA", type="OIDC",
    oidc=pulumi.Output.all(acme.id, canary).apply(lambda known: {
        "issuer": "https://acme.okta.com", "client_id": known[0], "client_secret": known[1], "scopes": ["openid", "email"]}))
scalekit.Connection("from-config", organization_id=acme.id, provider="CUSTOM", type="OIDC",
    attribute_mapping=pulumi.Output.secret({"email": "mail"}),
    oidc=config.require_secret_object("oidc"), enabled=True)
scalekit.Connection("one-key", organization_id=acme.id, provider="AUTH0", type="OIDC", oidc={
    "issuer": pulumi.Output.secret("https://acme.auth0.com"), "client_id": "1", "client_secret": canary,
    "scopes": pulumi.Output.secret(["openid"])})
scalekit.Application("app", name="Portal", client_type="WEB_APP",
    post_login_uris=pulumi.Output.secret(["https://b.example", "https://a.example"]),
    ip_allowlist=pulumi.Output.secret({"opted_in": True, "cidrs": ["203.0.113.0/24", "198.51.100.0/24"]}),
    custom_claims=pulumi.Output.secret({"app": "portal"}))
scalekit.UserAttribute("cost", key="cost_center", label=pulumi.Output.secret("Cost center"), datatype="STRING",
    sso_addition_info=pulumi.Output.secret({"default_saml_mapping": "cost", "default_oidc_mapping": "cost"}))
"""
OIDC = {"issuer": "https://acme.okta.com", "client_id": "0oa1", "client_secret": "s3cret-canary", "scopes": ["openid"]}


@BOTH
def test_what_is_secret_as_a_whole_is_no_drift(workspace, emulator, plugin):
    """And it stays hidden, every key of it."""
    project = workspace({"__main__.py": WHOLE}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    project.config("canary", "s3cret-canary", secret=True)
    project.config("oidc", json.dumps(OIDC), secret=True)
    project.config("metadata", json.dumps({"tier": "gold-canary"}), secret=True)
    shown = [project.pulumi("up", "--yes").stdout]
    for _ in range(2):
        shown.append(project.pulumi("refresh", "--preview-only", "--diff", "--expect-no-changes").stdout)
        shown.append(project.pulumi("refresh", "--yes", "--skip-preview", "--diff", "--expect-no-changes").stdout)
        shown.append(project.pulumi("preview", "--diff", "--expect-no-changes").stdout)
    # What drifts is found all the same, and repaired.
    first = next(one for one in emulator.store.connections.values() if one["provider_key"] == "OKTA")
    first["oidc_config"]["scopes"] = ["phone"]
    drift = project.pulumi("refresh", "--preview-only", "--diff", "--expect-no-changes", exits=None)
    assert drift.returncode != 0
    assert "from-outputs" in drift.stdout
    project.pulumi("up", "--yes", "--refresh", "--skip-preview")
    assert sorted(first["oidc_config"]["scopes"]) == ["email", "openid"]
    project.pulumi("refresh", "--yes", "--expect-no-changes", "--skip-preview")
    everything = "".join(shown) + json.dumps(project.state())
    for hidden in ("s3cret-canary", "gold-canary", "https://acme.okta.com", "198.51.100.0", "https://b.example"):
        assert hidden not in everything, hidden


SSO = """
import pulumi
import pulumi_scalekit as scalekit

acme = scalekit.Organization("acme", display_name="Acme", external_id="acme")
scalekit.Connection("sso", organization_id=acme.id, provider="OKTA", type="OIDC", enabled=True, attribute_mapping=MAPPING,
    oidc={"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "SECRET", "scopes": ["openid"]})
"""


@BOTH
@pytest.mark.parametrize("refreshed", [True, False], ids=["refreshed", "not refreshed"])
def test_a_secret_that_may_have_been_written_is_put_right(workspace, emulator, plugin, refreshed):
    """The old program, after an update of which nobody knows whether it took effect."""
    former = SSO.replace("SECRET", "former-canary").replace("MAPPING", "None")
    project = workspace({"__main__.py": former}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    project.pulumi("up", "--yes", "--skip-preview")
    (record,) = emulator.store.connections.values()
    project.write({"__main__.py": former.replace("former-canary", "other-canary")})
    emulator.faults.add(Fault("status", status=500, applied=True, method="PATCH", path=".*/connections/[^:]*$"))
    failed = project.pulumi("up", "--yes", "--skip-preview", exits=None)
    assert failed.returncode != 0
    assert "Traceback" not in printed(failed)
    assert record["oidc_config"]["client_secret"] == ("other-canary" if plugin == "true" else "former-canary")

    project.write({"__main__.py": former})
    if refreshed:
        project.pulumi("refresh", "--yes", "--skip-preview")
    up = project.pulumi("up", "--yes")
    assert record["oidc_config"]["client_secret"] == "former-canary"
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert "canary" not in "".join((failed.stdout, failed.stderr, up.stdout, json.dumps(project.state())))


@BOTH
def test_what_scalekit_keeps_is_said_once(workspace, emulator, plugin):
    mapped = SSO.replace("SECRET", "former-canary").replace("MAPPING", '{"email": "mail"}')
    project = workspace({"__main__.py": mapped}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    project.pulumi("up", "--yes", "--skip-preview")
    project.write({"__main__.py": mapped.replace('{"email": "mail"}', "None")})
    told = project.pulumi("up", "--yes", "--skip-preview")
    assert "Scalekit answered with success and keeps it" in printed(told)
    quiet = [
        project.pulumi("preview", "--diff", "--expect-no-changes"),
        project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"),
        project.pulumi("up", "--yes", "--expect-no-changes"),
    ]
    assert not any("keeps it" in printed(one) for one in quiet)
    assert not any("__notes" in one.stdout for one in (told, *quiet))


def test_an_import_option_brings_the_secret_and_nothing_else(workspace, api, emulator):
    """What is there already is not sent again; the secret is, for no read shows which one is there."""
    organization = api.organization()
    connection = api.connection(organization)
    item = f"/organizations/{organization}/connections/{connection}"
    oidc = {"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "former-canary", "scopes": ["openid"]}
    api.send("PATCH", item, {"provider": "OKTA", "type": "OIDC", "oidc_config": oidc})
    api.send("PATCH", f"{item}:enable")
    program = f"""
import pulumi
import pulumi_scalekit as scalekit
scalekit.Connection("sso", organization_id="{organization}", provider="OKTA", type="OIDC", enabled=True,
    oidc={{"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "declared-canary", "scopes": ["openid"]}},
    opts=pulumi.ResourceOptions(import_="{organization}/{connection}"))
"""
    project = workspace({"__main__.py": program}, environment=emulator.environment)
    project.config("scalekit:plugin", "true")
    shown = project.pulumi("preview", "--diff").stdout
    assert "+ clientSecret: [secret]" in shown
    assert 'issuer  : "https://acme.okta.com"' in shown
    mark = emulator.ledger.mark()
    project.pulumi("up", "--yes", "--skip-preview")
    (sent,) = [entry.body for entry in emulator.ledger.since(mark) if entry.method == "PATCH"]
    assert sent["oidc_config"] == {"client_secret": "[secret]"}
    assert emulator.store.connections[connection]["oidc_config"]["client_secret"] == "declared-canary"
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
