"""The examples show all there is, and do not get in each other's way. tests/engine runs them, but for those that need more than Scalekit."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.resources import RESOURCES
from tests.support.example_run import Run
from tests.support.other_providers import SIGNER, SSO_URL

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MOCKED_DNS = Path(__file__).parent / "support" / "mocked_dns.py"
USED = {
    call.func.attr
    for program in EXAMPLES.rglob("*.py")
    if "node_modules" not in program.parts
    for call in ast.walk(ast.parse(program.read_text()))
    if isinstance(call, ast.Call)
    and isinstance(call.func, ast.Attribute)
    and ast.unparse(call.func.value) == "scalekit"
}


# What a program in Python has a better way for.
USED_IN_YAML = {
    name
    for program in EXAMPLES.rglob("Pulumi.yaml")
    for name in re.findall(r"function: scalekit:(\w+)", program.read_text())
}


@pytest.mark.parametrize("resource", [resource.__name__ for resource in RESOURCES])
def test_every_resource_is_in_an_example(resource):
    assert resource in USED


@pytest.mark.parametrize("function", FUNCTIONS, ids=[function.name for function in FUNCTIONS])
def test_every_function_is_in_an_example(function):
    name = function.python_name
    assert {name, f"{name}_output"} & USED or function.name in USED_IN_YAML


def test_what_python_alone_calls_is_in_an_example():
    assert "saml_metadata" in USED


PROJECTS = sorted(path.parent.name for path in EXAMPLES.glob("*/Pulumi.yaml"))
WITH_DNS = ("domain-verification", "custom-domain")
IN_PYTHON = [name for name in PROJECTS if (EXAMPLES / name / "__main__.py").exists() and name not in WITH_DNS]
ELSEWHERE = ("Pulumi.yaml", "index.ts", "tenant/tenant.go")
UNIQUE = re.compile(r'^\s*(?:external_?id|domain):\s*(?:pulumi\.String\()?"?([\w.-]+)', re.MULTILINE | re.IGNORECASE)


@pytest.mark.slow
def test_all_are_up_at_once_on_one_emulator_and_cost_what_their_pages_say(emulator):
    """None takes what another one has."""
    # `lookup` finds the customer of `tenant`, and lists what there is: its page counts those two alone.
    first = ["tenant", "lookup"]
    runs = {name: Run(name, emulator) for name in first + [name for name in IN_PYTHON if name not in first]}

    said = {name: (EXAMPLES / name / "README.md").read_text().split("\n## What it costs\n\n")[1] for name in runs}
    assert {name: text.splitlines()[0] for name, text in said.items()} == {
        name: cost(run) for name, run in runs.items()
    }
    assert {name for name, run in runs.items() if run.preview} == {"lookup"}, (
        "a preview asks only for what is looked up"
    )

    store = emulator.store
    taken = {one["external_id"] for one in store.organizations.values()} | {
        one["domain"] for one in store.domains.values()
    }
    others = [
        value
        for name in PROJECTS
        if name not in (*IN_PYTHON, *WITH_DNS)
        for file in ELSEWHERE
        if (EXAMPLES / name / file).exists()
        for value in UNIQUE.findall((EXAMPLES / name / file).read_text())
    ]
    organization, domain, *_ = done_with_dns("domain-verification", "up")
    others += [organization["externalId"], domain["domain"]]
    assert {"vandelay", "vandelay.example", "bluth", "dunder"} <= set(others)
    assert sorted({*taken, *others}) == sorted([*taken, *others])


def cost(run):
    refresh, preview = f"a `refresh` one for each of {run.refresh} resources", f"a preview {run.preview or 'none'}"
    return f"The first `up` sends {run.up} requests to Scalekit, {refresh}, {preview}."


OKTA = {"okta:app/saml:Saml"}
ENTRA = {
    f"azuread:index/{name[0].lower()}{name[1:]}:{name}"
    for name in (
        "ApplicationFromTemplate",
        "ApplicationIdentifierUri",
        "ApplicationRedirectUris",
        "ServicePrincipal",
        "ServicePrincipalTokenSigningCertificate",
    )
}


@pytest.mark.parametrize(("name", "types"), [("okta", OKTA), ("entra", ENTRA)])
def test_a_connection_gets_its_settings_from_the_identity_providers_own_provider(name, types, emulator):
    run = Run(name, emulator)

    assert {one.removesuffix(" our-product") for one in run.registered if one.endswith(" our-product")} == types
    (connection,) = emulator.store.connections.values()
    saml = connection["saml_config"]
    assert connection["enabled"]
    assert saml["idp_sso_url"] == SSO_URL[name]
    assert [one["issuer"] for one in saml["idp_certificates"]] == [f"CN={SIGNER[name]}"]


def test_production_has_its_own_customers_and_they_are_protected(emulator):
    Run("dev-to-production", emulator, stack="production")

    assert sorted(one["external_id"] for one in emulator.store.organizations.values()) == ["sirius", "zorg"]
    assert sorted(emulator.store.roles) == ["admin", "analyst", "member"]


@pytest.mark.parametrize("name", [*PROJECTS, "policies"])
def test_each_has_a_page_that_the_index_leads_to(name):
    page, index = (EXAMPLES / name / "README.md").read_text(), (EXAMPLES / "README.md").read_text()

    assert f"]({name}) |" in index
    assert page.startswith("# ")
    assert "\n## What it costs\n" in page
    if name != "policies":
        assert "[Prepare a stack](../README.md#run-one)" in page or "[prepare a stack](../README.md#run-one)" in page


def done_with_dns(name, mode):
    """What an example that needs a DNS provider does, in order."""
    ended = run_with_dns(EXAMPLES / name / "__main__.py", mode)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def run_with_dns(program, mode):
    command = [sys.executable, str(MOCKED_DNS), str(program), mode]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_production_gets_no_address_that_cannot_be_taken_back_unless_somebody_means_it():
    ended = run_with_dns(EXAMPLES / "custom-domain" / "__main__.py", "production")

    assert ended.returncode != 0
    assert "Live is for production: `pulumi config set production true` if you mean it." in ended.stderr


def test_a_txt_record_is_made_before_scalekit_is_asked_for_it():
    organization, domain, record, asked = done_with_dns("domain-verification", "up")

    assert (organization["made"], domain["made"]) == ("aperture", "aperture-domain")
    assert record == {
        "made": "aperture-proof",
        "zone_id": "zone-1",
        "name": "_scalekit-challenge.aperture.example",
        "type": "TXT",
        "content": '"scalekit-verification=1"',
        "ttl": 60,
    }
    assert asked == {
        "called": "scalekit:index:verifyDomain",
        "organizationId": "aperture-id",
        "id": "aperture-domain-id",
        "wait": 600,
    }


def test_a_preview_does_not_ask_scalekit_for_a_txt_record():
    done = done_with_dns("domain-verification", "preview")
    assert [each.get("made") for each in done] == ["aperture", "aperture-domain", "aperture-proof"]


def test_the_records_of_an_address_are_made_before_the_address():
    looked, asked, record, address = done_with_dns("custom-domain", "up")

    assert looked == {"called": "scalekit:index:getEnvironment", "environmentId": "env_1"}
    assert asked == {
        "called": "scalekit:index:getCustomDomainRecords",
        "customDomain": "auth.weyland.example",
        "environmentId": "env_1",
    }
    assert record == {
        "made": "address-cname-0",
        "zone_id": "zone-1",
        "name": "auth.weyland.example",
        "type": "CNAME",
        "content": "our.scalekit.example",
        "ttl": 60,
    }
    assert address == {"made": "address", "environmentId": "env_1", "customDomain": "auth.weyland.example"}
