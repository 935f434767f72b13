"""`pulumi-scalekit report` and `pulumi refresh` find the same drift, and `review` reads what the real preview writes."""

import json
import re
import subprocess

import pytest

pytestmark = pytest.mark.engine

PROGRAM = """\
import pulumi
import pulumi_scalekit as scalekit

for name in ("acme", "globex", "initech", "umbrella", "hooli"):
    tenant = scalekit.Organization(
        name, display_name=f"{name.title()} Inc", external_id=name, metadata={"tier": "gold"},
        features={"sso": True, "session_policy": True},
    )
    domain = scalekit.Domain(f"{name}-domain", organization_id=tenant.id, domain=f"{name}.com")
    scalekit.Connection(
        f"{name}-sso", organization_id=tenant.id, provider="OKTA", type="OIDC", domain_ids=[domain.id], enabled=True,
        oidc={"issuer": f"https://{name}.okta.com", "client_id": "0oa1", "client_secret": pulumi.Output.secret("s3cret"),
              "scopes": ["openid", "email"]},
    )
    scalekit.SessionPolicy(
        f"{name}-policy", organization_id=tenant.id, policy_source="CUSTOM", absolute_session_timeout=60
    )
read = scalekit.Permission("read", name="invoices:read", description="Read invoices")
scalekit.Role("billing", name="billing", display_name="Billing", permissions=[read.name])
"""
ENGINE = re.compile(
    r"^\s*[~+-] .*?\n\s+\[id=.*?\]\n\s+\[urn=urn:.*?::([\w-]+)\]\n((?:(?!\s+\[id=).*\n)*)", re.MULTILINE
)


def cli(project, *arguments, stdin=None):
    return subprocess.run(
        ["pulumi-scalekit", *arguments],
        cwd=project.folder,
        env=project.environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def change_by_hand(api, ids):
    """What colleagues and customers do in the dashboard."""
    acme, globex, initech, umbrella, hooli = (ids[name] for name in ("acme", "globex", "initech", "umbrella", "hooli"))
    sso = {name: ids[f"{name}-sso"] for name in ("acme", "globex", "umbrella", "hooli")}
    api.patch(f"/organizations/{acme}", {"display_name": "Acme Corp", "metadata": {"tier": "silver", "other": "x"}})
    api.patch(f"/organizations/{acme}/connections/{sso['acme']}:disable")
    connection = f"/organizations/{globex}/connections/{sso['globex']}"
    api.patch(
        connection,
        {
            "provider": "OKTA",
            "type": "OIDC",
            "oidc_config": {"scopes": ["openid", "email", "profile"], "client_id": "0oa2"},
            "ui_button_title": "Log in",
        },
    )
    api.delete(f"/organizations/{initech}")
    api.delete(f"/organizations/{umbrella}/domains/{ids['umbrella-domain']}")
    api.patch(
        f"/organizations/{hooli}/session-policy",
        {"absolute_session_timeout": 90, "absolute_session_timeout_unit": "MINUTES"},
    )
    api.patch(f"/organizations/{hooli}/connections/{sso['hooli']}:disable")
    api.delete(f"/organizations/{hooli}/connections/{sso['hooli']}")
    api.put("/roles/billing", {"display_name": "Billing team"})
    api.organization(display_name="Stray")


def test_the_report_finds_what_a_refresh_finds(deployed, api, emulator):
    project = deployed(PROGRAM)
    ids = {name: resource["id"] for name, resource in project.resources().items()}
    change_by_hand(api, ids)

    ended = cli(project, "report", "--format", "json")
    refreshed = project.pulumi("refresh", "--preview-only", "--json", exits=None).stdout

    assert ended.returncode == 7, ended.stderr
    found = json.loads(ended.stdout)
    drift = {each["name"]: each for tenant in found["tenants"] for each in tenant["drift"]}
    steps = {step["urn"].rpartition("::")[2]: step for step in json.loads(refreshed)["steps"]}
    gone = {name for name, step in steps.items() if step["op"] == "delete"}
    # What went with its tenant, and the domain that its connection lacks too, are told once.
    assert {name for name, each in drift.items() if each["gone"]} == {
        name for name in gone if name == "initech" or not name.startswith("initech-")
    }
    changed = {
        name
        for name, step in steps.items()
        if step["op"] in ("update", "refresh") and step.get("oldState") and differs(step)
    }
    assert {name for name, each in drift.items() if not each["gone"]} == changed - {"umbrella-sso"}
    assert "umbrella-sso" in changed
    for name, each in drift.items():
        if not each["gone"]:
            tops = {path["path"].split(".")[0].split("[")[0] for path in each["properties"]}
            assert tops == differs(steps[name])
    assert {each["path"] for each in drift["globex-sso"]["properties"]} == {"oidc.scopes", "oidc.clientId"}
    assert any(each["label"] == 'organization "Stray"' for tenant in found["tenants"] for each in tenant["unmanaged"])
    assert "s3cret" not in ended.stdout


def differs(step):
    """The declared properties whose values a refresh changes."""
    old, new = step["oldState"].get("inputs", {}), step["newState"].get("inputs", {})
    return {key for key in {*old, *new} if old.get(key) != new.get(key)}


def test_a_review_of_the_real_preview(deployed):
    project = deployed(PROGRAM)
    edited = (
        PROGRAM.replace('"openid", "email"', '"email"')
        .replace(', "hooli")', ")")
        .replace("enabled=True", 'enabled=name != "globex"')
    )
    project.write({"__main__.py": edited.replace('"s3cret"', '"other-s3cret"')})

    previewed = project.pulumi("preview", "--json", "--show-sames").stdout
    ended = cli(project, "review", "--format", "json", stdin=previewed)

    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["tenants"][0]["title"] == "Hooli Inc"
    assert found["totals"] == {"same": 12, "update": 4, "delete": 4} | {"same": found["totals"]["same"]}
    assert {
        path
        for tenant in found["tenants"]
        if tenant["title"] == "Globex Inc"
        for each in tenant["resources"]
        for path in (one["path"] for one in each["properties"])
    } == {"oidc.scopes", "oidc.clientSecret", "enabled"}
    assert "s3cret" not in ended.stdout

    project.write({"__main__.py": edited + '\nscalekit.Domain("bad", organization_id="org_1", domain="no dot")\n'})
    failed = cli(
        project, "review", "--format", "markdown", stdin=project.pulumi("preview", "--json", exits=None).stdout
    )
    assert failed.returncode == 1
    assert "⛔ Scalekit: The preview failed" in failed.stdout
    assert "has a blank in it" in failed.stdout
