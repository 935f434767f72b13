"""What Pulumi's Registry asks of a package: two pages, a logo, and where the plugin is downloaded."""

import re
import struct
from pathlib import Path

import pytest
import yaml

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.model.setting import SETTINGS
from pulumi_scalekit.publish import registry, schema
from pulumi_scalekit.publish.example import LANGUAGES
from pulumi_scalekit.resources import RESOURCES

ROOT = Path(__file__).resolve().parents[1]
KINDS = [resource.kind for resource in RESOURCES]
PAGES = {"package": registry.index(KINDS, FUNCTIONS), "installation": registry.installation()}
CATEGORIES = {"cloud", "infrastructure", "network", "database", "monitoring", "utility"}


@pytest.mark.parametrize("layout", PAGES)
def test_a_page_begins_with_what_the_registry_reads(layout):
    _, front, text = PAGES[layout].split("---\n", 2)
    matter = yaml.safe_load(front)

    assert matter.keys() == {"title", "meta_desc", "layout"}
    assert matter["layout"] == layout
    assert len(matter["meta_desc"]) <= 160
    assert not re.search(r"^# ", text, re.MULTILINE), "the title is the heading"
    assert re.findall(r"\]\((?!https://)", text) == [], "it is shown elsewhere"


def test_the_overview_has_an_example_in_every_language():
    page = PAGES["package"]

    assert re.findall(r"^\{\{% choosable language (\w+) %\}\}$", page, re.MULTILINE) == list(LANGUAGES)
    assert page.count("{{% /choosable %}}") == len(LANGUAGES)
    assert f'{{{{< chooser language "{",".join(LANGUAGES)}" >}}}}' in page
    for one in (*KINDS, *FUNCTIONS):
        assert f"- [{one.name}](" in page


def test_the_installation_has_every_package_and_the_settings_that_are_needed():
    page = PAGES["installation"]

    needed = [(one.key, one.variable) for one in SETTINGS if one.variable]
    assert re.findall(r"^\| `scalekit:(\w+)` \| `(\w+)` \|", page, re.MULTILINE) == needed
    assert re.findall(r"^export (\w+)=", page, re.MULTILINE) == [variable for _, variable in needed]
    assert "/docs/configuration.md)" in page
    assert f"pulumi plugin install resource scalekit --server {schema.PLUGINS}" in page
    for address in ("pypi.org/project/", "www.npmjs.com/package/", "pkg.go.dev/"):
        assert f"](https://{address}" in page


def test_the_schema_says_whose_it_is_and_where_it_comes_from():
    package = schema.package(KINDS, FUNCTIONS)
    (homepage,) = re.findall(r'^Homepage = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    slug = homepage.removeprefix("https://github.com/")

    assert package["repository"] == homepage
    assert package["pluginDownloadURL"] == f"github://api.github.com/{slug}"
    assert all(package[name] for name in ("displayName", "description", "publisher", "license"))
    assert [word for word in package["keywords"] if word.removeprefix("category/") in CATEGORIES]
    assert "kind/native" in package["keywords"]


def test_the_logo_is_a_png_of_a_hundred_pixels():
    package = schema.package(KINDS, FUNCTIONS)
    head = "https://raw.githubusercontent.com/pulumi-scalekit/pulumi-scalekit/main/"
    data = (ROOT / package["logoUrl"].removeprefix(head)).read_bytes()

    assert data.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", data[16:24]) == (100, 100)
