"""The site of the documents: built with every link checked, and read without a network."""

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from pulumi_scalekit.publish.example import LANGUAGES
from tests.support.browser import BROWSER, DRIVER, needs_browser

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("site"))


def built(settings, folder, fails=False):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", settings, "--site-dir", folder]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert bool(done.returncode) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr if fails else folder


def text_of(site, page):
    return (site / page).read_text()


def test_each_document_is_a_page_and_can_be_reached(site):
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in ROOT.glob("docs/**/*.md")}
    pages = (pages - {"_index.html", "reference/README.html"}) | {"index.html", "reference/index.html"}
    listed = re.findall(r'href="([^"#:]+\.html)" class="md-nav__link', text_of(site, "index.html"))

    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"} == pages
    assert pages <= set(listed)


def test_nothing_is_fetched_from_elsewhere(site):
    """A link may lead out; what a page consists of is its own."""
    for path in site.rglob("*.html"):
        parts = re.findall(
            r'<(?:script|img|link|source|iframe)\b[^>]*?(?:src|href|srcset)="?(https?:[^" >]+)', path.read_text()
        )
        assert parts == [], path
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?https?:|@import", path.read_text()), path


def test_what_unfolds_on_github_is_a_tab_for_each_language(site):
    for page in ("index.html", "reference/connection.html", "reference/get-role.html"):
        html = text_of(site, page)

        assert re.findall(r"<label for=\"__tabbed_1_\d\">(\w+)</label>", html) == list(LANGUAGES.values())
        assert not re.search(r"<details|choosable|chooser", html)


def test_links_out_of_the_documents_lead_to_the_repository_and_links_into_them_stay(site):
    repository = "https://github.com/pulumi-scalekit/pulumi-scalekit/blob/main/"

    assert f'href="{repository}examples/gitops"' in text_of(site, "gitops.html")
    assert 'href="reference/connection.html"' in text_of(site, "index.html")
    assert f"{repository}docs/" not in text_of(site, "index.html")


def test_code_in_a_list_is_code(site):
    assert re.search(r"<code>(?:<[^>]+>)*pulumi stack init production\n", text_of(site, "gitops.html"))


def test_a_dead_link_fails_the_build(tmp_path):
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(), yaml.UnsafeLoader)
    (tmp_path / "docs").mkdir()
    for path in ("_index.md", "one.md"):
        (tmp_path / "docs" / path).write_text("# A page\n\n[dead](absent.md) [here](#absent)\n")
    own = {"hooks": [], "docs_dir": str(tmp_path / "docs"), "nav": ["one.md", "_index.md"], "extra_css": []}
    (tmp_path / "mkdocs.yml").write_text(yaml.dump({**settings, **own, "theme": "mkdocs", "plugins": []}))

    said = built(tmp_path / "mkdocs.yml", tmp_path / "site", fails=True)
    assert "absent.md" in said
    assert "#absent" in said


@needs_browser
def test_a_search_finds_a_property_and_the_page_asks_no_other_server(site):
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"):
        options.add_argument(word)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        try:
            browser.get(f"{url}index.html")
            browser.execute_script("document.querySelector('[data-md-toggle=search]').click()")
            browser.find_element(By.CSS_SELECTOR, "input.md-search__input").send_keys("rotation")
            found = WebDriverWait(browser, 60).until(
                lambda page: [one.text for one in page.find_elements(By.CSS_SELECTOR, ".md-search-result__item h1")]
            )
            fetched = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
        finally:
            browser.quit()
            server.shutdown()
    assert "DirectorySecret" in found
    assert fetched
    assert [one for one in fetched if not one.startswith(url)] == []


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
