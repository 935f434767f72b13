"""What the documents say is so: links, commands, settings and versions."""

import re
from pathlib import Path

import pytest
import yaml

from pulumi_scalekit.model.setting import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert missing == []


def test_the_readme_is_short():
    """Without the generated table: a new resource must not need a shorter text."""
    written = re.sub(r"(?<=resources:begin -->\n).*(?=<!-- resources:end)", "", README, flags=re.DOTALL)

    assert README.count("[Organization](docs/reference/organization.md)") == 1
    assert "[Organization](docs/reference/organization.md)" not in written
    assert len(written.splitlines()) <= 120


def test_every_setting_is_in_the_table():
    rows = dict(re.findall(r"^\| `scalekit:(\w+)` \| (?:`(\w+)`)? ?\|", README, re.MULTILINE))

    assert rows == {key: variable for key, (variable, _) in VARIABLES.items()}


def test_the_oldest_versions_are_those_that_are_declared():
    project = (ROOT / "pyproject.toml").read_text()
    (sdk,) = re.findall(r'"pulumi>=([\d.]+),', project)
    (python,) = re.findall(r'requires-python = ">=([\d.]+)"', project)
    (cli,) = re.findall(r"^OLDEST = \((\d+), (\d+), 0\)", (ROOT / "tools/engine/found.py").read_text(), re.MULTILINE)

    assert f"Python {python}, Pulumi's Python SDK {sdk} and the Pulumi CLI {'.'.join(cli)}" in README


def test_the_commands_are_there():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        target for page in PAGES for target in re.findall(r"(?:`|^    )make ([a-z-]+)", page.read_text(), re.MULTILINE)
    }

    assert named >= {"demo", "test"}
    assert named <= targets | {"help"}


def test_ci_runs_the_same_command():
    words = (ROOT / ".ci" / "run").read_text()
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())
    job = workflow["jobs"]["test"]

    assert re.findall(r"\bmake\b.* (\w+)", words) == ["test"]
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    assert workflow["permissions"] == {"contents": "read"}
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert job["strategy"]["matrix"]["python"] == supported


def test_ci_uses_the_oldest_versions():
    job = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]["oldest"]
    *_, python, last = job["steps"]
    (oldest,) = re.findall(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())

    assert last == {"run": "make test-oldest"}
    assert python["with"]["python-version"] == oldest
