"""What the documents say is so: links, commands, settings and versions."""

import re
from pathlib import Path

import pytest
import yaml

from pulumi_scalekit.model.setting import SETTINGS, VARIABLES
from pulumi_scalekit.resources import RESOURCES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/README.md"), *ROOT.glob("examples/*/README.md")]
)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert missing == []


def test_the_readme_is_short():
    """Without the generated table: a new resource must not need a shorter text."""
    written = re.sub(r"(?<=resources:begin -->\n).*(?=<!-- resources:end)", "", README, flags=re.DOTALL)

    assert README.count("[Organization](docs/reference/organization.md)") == 1
    assert "[Organization](docs/reference/organization.md)" not in written
    assert len(written.splitlines()) <= 120


def test_every_setting_is_in_the_table_and_those_that_are_needed_in_the_readme():
    page = (ROOT / "docs" / "configuration.md").read_text()
    rows = dict(re.findall(r"^\| `scalekit:(\w+)` \| (?:`(\w+)`)? ?\|", page, re.MULTILINE))
    needed = {setting.key for setting in SETTINGS if setting.variable}

    assert rows == {key: variable for key, (variable, _) in VARIABLES.items()}
    for text in (page, README):
        assert set(re.findall(r"^    pulumi config set (?:--secret )?scalekit:(\w+)", text, re.MULTILINE)) == needed


def test_the_readme_names_what_rests_on_unpublished_endpoints_before_its_table():
    (sentence,) = re.findall(r"^(.*) use endpoints that Scalekit has not published", README, re.MULTILINE)
    partly = {resource for resource in RESOURCES if any(one.unpublished for one in resource.kind.api.endpoints)}
    wholly = [resource for resource in RESOURCES if resource.kind.api.unpublished]

    assert re.findall(r"`(\w+)`", sentence) == [resource.__name__ for resource in wholly]
    assert README.index(sentence) < README.index("<!-- resources:begin -->")
    left = [
        one.path for resource in partly.difference(wholly) for one in resource.kind.api.endpoints if one.unpublished
    ]
    assert left
    assert all(path.endswith("/base") for path in left), "the README says: only to remove the base of a role"


def test_the_readme_says_what_is_supported_and_what_ci_runs():
    project, jobs = (ROOT / "pyproject.toml").read_text(), WORKFLOW["jobs"]
    (sdk,) = re.findall(r'"pulumi>=([\d.]+),', project)
    pythons = jobs["test"]["strategy"]["matrix"]["python"]
    (cli,) = re.findall(r"^OLDEST = \((\d+), (\d+), 0\)", (ROOT / "tools/engine/found.py").read_text(), re.MULTILINE)
    oldest_cli = ".".join(cli)
    linux, mac = jobs["demo"]["strategy"]["matrix"]["include"]
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+ \| [^|]+) \|$", README, re.MULTILINE))

    assert rows["Python"] == f"{pythons[0]} to {pythons[-1]} | {', '.join(pythons)}"
    assert rows["Pulumi's Python SDK"] == f"from {sdk}, below 4 | {sdk} and the newest"
    assert rows["Pulumi's CLI"] == f"from {oldest_cli} | the newest; {oldest_cli} by the demo"
    assert (linux["pulumi"], linux["os"]) == (f"{oldest_cli}.0", jobs["test"]["runs-on"])
    assert rows["Linux"] == f"yes | every test, on {jobs['test']['runs-on']}"
    assert rows["macOS"] == f"expected to work | the demo, on {mac['os']}"
    assert rows["Windows"] == "not known | nothing"
    assert {job["runs-on"] for job in jobs.values()} == {linux["os"], "${{ matrix.os }}"}
    assert jobs["demo"]["steps"][-1] == {"run": "make demo"}


def test_the_commands_are_there():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        target for page in PAGES for target in re.findall(r"(?:`|^    )make ([a-z-]+)", page.read_text(), re.MULTILINE)
    }

    assert named >= {"demo", "test"}
    assert named <= targets | {"help"}


def test_ci_runs_the_same_command():
    words = (ROOT / ".ci" / "run").read_text()
    job = WORKFLOW["jobs"]["test"]

    assert re.findall(r"\bmake\b.* (\w+)", words) == ["test"]
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    assert WORKFLOW["permissions"] == {"contents": "read"}
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert job["strategy"]["matrix"]["python"] == supported


def test_ci_uses_the_oldest_versions():
    *_, python, last = WORKFLOW["jobs"]["oldest"]["steps"]
    (oldest,) = re.findall(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())

    assert last == {"run": "make test-oldest"}
    assert python["with"]["python-version"] == oldest
