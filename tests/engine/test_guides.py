"""The guides in docs/ are followed as they stand."""

import re
import subprocess
from pathlib import Path

import pytest

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.serving.seed import plant

DOCS = Path(__file__).resolve().parents[2] / "docs"

pytestmark = pytest.mark.engine


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)


def follow(project, lines, folder=None, **variables):
    """Run lines of a guide in the project's folder."""
    ran = subprocess.run(
        ["sh", "-eu"],
        input=lines,
        cwd=folder or project.folder,
        env={**project.environment, **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_existing_environment(workspace, emulator):
    (lines,) = blocks("existing-environment.md", "sh")
    plant(emulator, {"organizations": [{"display_name": "Acme", "domains": [{"domain": "acme.example"}]}]})
    project = workspace({"__main__.py": ""}, environment=emulator.environment)
    before = emulator.store.snapshot()
    shown = follow(project, lines, folder=project.scratch)
    assert "The drift check finds none." in shown
    assert emulator.store.snapshot() == before
    (listed,) = re.findall(r"```\ncustomers/\n(.*?)```", (DOCS / "existing-environment.md").read_text(), re.DOTALL)
    written = {
        path.relative_to(project.scratch / "customers").as_posix()
        for path in (project.scratch / "customers").rglob("*")
    }
    assert set(re.findall(r"^  (\S+)", listed, re.MULTILINE)) - {"SECRETS.md"} <= written


def test_environments(workspace, emulator):
    # The second program is of two environments: tests/engine/test_elsewhere.py has each form of it.
    (program, _), (lines,) = blocks("environments.md", "python"), blocks("environments.md", "sh")
    project = workspace({"__main__.py": program}, stack="unused")
    with Emulator() as production:
        lines = lines.replace("https://acme-dev.scalekit.com", emulator.url).replace("skc_1", emulator.client_id)
        lines = lines.replace("https://acme.scalekit.com", production.url).replace("skc_2", production.client_id)
        follow(project, lines, DEV_SECRET=emulator.client_secret, PRODUCTION_SECRET=production.client_secret)
        assert [each["external_id"] for each in emulator.store.organizations.values()] == ["playground"]
        assert [each["external_id"] for each in production.store.organizations.values()] == ["acme"]


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_a_tenant_to_its_own_stack(workspace, emulator, plugin):
    (program,), (moving, checking) = (blocks("a-tenant-to-its-own-stack.md", each) for each in ("python", "sh"))
    project = workspace({"__main__.py": program}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    for number, name in enumerate(("acme", "globex")):
        project.pulumi("config", "set", "--path", f"tenants[{number}]", name)
    project.pulumi("up", "--yes", "--skip-preview")
    before, mark = emulator.store.snapshot(), emulator.ledger.mark()
    follow(project, moving.replace("init acme", f"init acme\npulumi config set --stack acme scalekit:plugin {plugin}"))
    assert set(project.resources()) == {"globex", "globex-domain"}
    follow(project, checking)
    assert emulator.ledger.since(mark) == []
    follow(project, "pulumi destroy --yes --skip-preview --stack acme")
    assert [each["external_id"] for each in emulator.store.organizations.values()] == ["globex"]
    assert len(before["organizations"]) == 2
