"""The policy pack in examples/policies: what it lets pass and what it stops, with the real engine and either provider."""

import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from cryptography.hazmat.primitives.serialization import Encoding

from tests.support.github_workflow import Runner
from tests.support.identity_provider import certificate
from tests.support.workspace import printed

PACK = Path(__file__).resolve().parents[2] / "examples" / "policies"
GOOD = """
import pulumi
import pulumi_scalekit as scalekit

acme = scalekit.Organization("acme", display_name="Acme Inc", external_id="acme", deletion_protection=True)
domain = scalekit.Domain("acme", organization_id=acme.id, domain="acme.example")
scalekit.Connection("acme-sso", organization_id=acme.id, provider="OKTA", type="OIDC", domain_ids=[domain.id],
    oidc={"issuer": "https://acme.okta.com", "client_id": "0oa1acme",
          "client_secret": pulumi.Config().require("oktaSecret")})
scalekit.Connection("acme-saml", organization_id=acme.id, provider="CUSTOM", type="SAML",
    saml={"idp_entity_id": "https://idp.acme.example", "idp_sso_url": "https://idp.acme.example/sso",
          "idp_certificate": open("idp.pem").read(), "saml_signing_option": "SAML_RESPONSE_OR_ASSERTION_SIGNING"})
"""
BAD = (
    GOOD.replace(", deletion_protection=True", "")
    .replace('domain="acme.example"', 'domain="acme.example", domain_type="ALLOWED_EMAIL_DOMAIN"')
    .replace("SAML_RESPONSE_OR_ASSERTION_SIGNING", "NO_SIGNING")
    .replace('type="OIDC",', 'type="OIDC", debug_enabled=True,')
)
pytestmark = pytest.mark.engine


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The pack, installed as its page says."""
    folder = tmp_path_factory.mktemp("policies") / "policies"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns(".venv"))
    subprocess.run([sys.executable, "-m", "venv", folder / ".venv"], check=True)
    pip = [folder / ".venv" / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1"]
    ended = subprocess.run(
        [*pip, "--requirement", folder / "requirements.txt"], capture_output=True, text=True, check=False
    )
    if "(from versions: none)" in ended.stderr:
        pytest.skip("no package index is in reach, and pulumi-policy cannot share our environment: it wants protobuf 5")
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture
def customers(workspace, emulator, installed):
    """Makes projects that have the pack as a team has it: a folder of the project."""

    def make(program, *, days, stack="production", encrypted=True, plugin="false"):
        until = datetime.now(timezone.utc) + timedelta(days=days, hours=1)
        files = {
            "__main__.py": program,
            "idp.pem": certificate(until=until).public_bytes(Encoding.PEM).decode(),
        }
        project = workspace(files, stack=stack, environment=emulator.environment)
        project.config("scalekit:plugin", plugin)
        project.config("oktaSecret", "okta-s3cret", secret=encrypted)
        pack = project.folder / "policies"
        shutil.copytree(installed, pack, ignore=shutil.ignore_patterns(".venv"))
        (pack / ".venv").symlink_to(installed / ".venv")
        return project

    return make


def violated(project, *options):
    """The exit code of a preview with the pack, and the rules that were violated by their level."""
    preview = project.pulumi("preview", "--policy-pack", "policies", *options, exits=None)
    said = printed(preview)
    assert "scalekit@v0.1.0" in said, "the pack was not run"
    assert "s3cret" not in said
    return preview.returncode, set(re.findall(r"\[(\w+)\] +([\w-]+) ", said))


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_each_rule_stops_what_it_is_there_for(customers, plugin):
    project = customers(BAD, days=29, encrypted=False, plugin=plugin)

    code, rules = violated(project)

    assert code != 0
    assert rules == {
        ("mandatory", "tenant-protected"),
        ("mandatory", "assertions-signed"),
        ("mandatory", "https-only"),
        ("mandatory", "secret-encrypted"),
        ("mandatory", "domain-signs-in"),
        ("advisory", "certificate-lasting"),
    }


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_what_keeps_to_the_rules_passes_and_a_team_sets_its_own_days(customers, plugin):
    project = customers(GOOD, days=31, plugin=plugin)
    project.write({"policies.json": '{"certificate-lasting": {"enforcementLevel": "mandatory", "days": 60}}'})

    assert violated(project) == (0, set())
    code, rules = violated(project, "--policy-pack-config", "policies.json")
    assert code != 0
    assert rules == {("mandatory", "certificate-lasting")}


def test_a_stack_that_is_no_production_is_left_alone(customers):
    assert violated(customers(BAD, days=29, stack="staging", encrypted=False)) == (0, set())


def test_a_tenant_that_leaves_needs_no_protection(customers):
    project = customers(GOOD.replace(", deletion_protection=True", ""), days=31)
    assert violated(project)[1] == {("mandatory", "tenant-protected")}
    pack = project.folder / "policies" / "__main__.py"
    declared = "LEAVING: tuple[str, ...] = ()"
    assert declared in pack.read_text()

    pack.write_text(pack.read_text().replace(declared, 'LEAVING = ("acme",)'))

    assert violated(project) == (0, set())


def test_the_step_that_the_page_adds_to_the_preview_runs(customers, tmp_path):
    project = customers(GOOD.replace(", deletion_protection=True", ""), days=31)
    environment = project.folder / "policies" / ".venv"
    whole = environment.resolve()
    environment.unlink()
    shutil.copytree(whole, environment, symlinks=True)  # the step makes one, and does not take a link for it
    step = re.search(r"```yaml\n(.*?)```", (PACK / "README.md").read_text(), re.DOTALL)[1]
    workflow = {"jobs": {"preview": {"steps": yaml.safe_load(step)}}}
    project.write({".github/workflows/preview.yml": yaml.safe_dump(workflow)})

    run = Runner(project, tmp_path / "runner", {"secrets.PULUMI_ACCESS_TOKEN": "pul-unused"}).run("preview.yml")

    assert run.code != 0, "tee must not hide that a rule is violated"
    assert "[mandatory]  tenant-protected" in run.summary
