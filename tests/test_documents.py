"""What the documents say is so: links, commands, settings and versions."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from markdown_it import MarkdownIt

from pulumi_scalekit.model.setting import SETTINGS, VARIABLES
from pulumi_scalekit.resources import RESOURCES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
    # `npm ci` in the TypeScript example brings the pages of others.
    *sorted(path for path in ROOT.glob("examples/**/*.md") if "node_modules" not in path.parts),
]
OURS = "https://github.com/pulumi-scalekit/pulumi-scalekit/blob/main/"
MARKDOWN = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    assert [link for link in links(page) if not leads_somewhere(page, link)] == []


@pytest.mark.parametrize(
    "link", ["absent.md", "#absent", "docs/rules.md#absent", f"{OURS}docs/absent.md", "README.md#l1"]
)
def test_a_dead_link_is_noticed(link):
    assert not leads_somewhere(ROOT / "README.md", link)


def test_links_of_every_form_are_followed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        '[a](a.md "title") <img src="b.png"> <source srcset="c.png"> [d]: x\n\n| [e](#e) |\n|---|\n\n`[no](no.md)`\n'
    )

    assert list(links(page)) == ["a.md", "b.png", "c.png", "#e"]


def test_links_in_messages_and_descriptions_lead_somewhere():
    texts = [path.read_text() for path in (ROOT / "pulumi_scalekit").rglob("*.py")]
    told = {link for text in texts for link in re.findall(rf"{re.escape(OURS)}[\w./#-]+\w", text)}

    assert told
    assert [link for link in sorted(told) if not leads_somewhere(ROOT / "README.md", link)] == []


def links(page):
    """What a page links to and shows, in Markdown and in HTML; code is no link."""
    for token in walked(MARKDOWN.parse(page.read_text())):
        yield from (token.attrs[name] for name in ("href", "src") if name in token.attrs)
        if token.type in {"html_inline", "html_block"}:
            yield from re.findall(r'\b(?:href|src|srcset)="([^"]+)"', token.content)


def walked(tokens):
    for token in tokens:
        yield token
        yield from walked(token.children or ())


def leads_somewhere(page, link):
    """Whether a link into the repository leads to a file, and to a heading in it; what others serve is theirs."""
    if link.startswith(OURS):
        page, link = ROOT / "README.md", link.removeprefix(OURS)
    if re.match(r"\w+:", link):
        return True
    path, _, anchor = unquote(link).partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@cache
def anchors(page):
    """The anchors that GitHub gives to the headings of a page."""
    known, found = Counter(), set()
    tokens = MARKDOWN.parse(page.read_text())
    for heading, text in pairwise(tokens):
        if heading.type == "heading_open":
            words = "".join(one.content for one in text.children if one.type in {"text", "code_inline"})
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            found.add(f"{slug}-{known[slug]}" if known[slug] else slug)
            known[slug] += 1
    return found


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


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.__name__)
def test_a_page_names_the_unpublished_endpoints_once(resource):
    """As the README promises."""
    api = resource.kind.api
    rests = api.unpublished or any(endpoint.unpublished for endpoint in api.endpoints)
    page = " ".join((ROOT / f"docs/reference/{resource.kind.file_name}.md").read_text().split())

    told = re.findall(r"uses? (?:an endpoint|endpoints) that Scalekit has not published[^`]*\(`", page)
    assert len(told) == page.count("has not published") == rests


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
    *_, mac_archive, windows = jobs["release"]["strategy"]["matrix"]["system"]
    assert rows["macOS"] == f"expected to work | the demo and a plugin archive, on {mac['os']}"
    assert rows["Windows"] == f"the plugin is expected to work | a plugin archive, on {windows}"
    assert mac_archive == mac["os"]
    assert {job["runs-on"] for job in jobs.values()} == {linux["os"], "${{ matrix.os }}", "${{ matrix.system }}"}
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
