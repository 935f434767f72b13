"""The pages in a real browser: they say what they should, filter, sort, and ask for nothing from a network."""

import pytest

from pulumi_scalekit.report.assembly import Assembly
from pulumi_scalekit.report.html import html
from pulumi_scalekit.report.managed import managed
from pulumi_scalekit.report.reading import read
from pulumi_scalekit.report.run import Run
from pulumi_scalekit.review.html import html as review_page
from pulumi_scalekit.review.preview import parse
from pulumi_scalekit.review.review import review
from tests.support.browser import contrasts, needs_browser, overflow, prefer, start
from tests.support.certificates import certificate
from tests.support.exported import Exported
from tests.support.preview import Previewed, tenant

pytestmark = [needs_browser, pytest.mark.slow]


@pytest.fixture
def browser():
    driver = start()
    yield driver
    driver.quit()


def shown(browser, selector):
    return [each.text for each in browser.find_elements("css selector", selector) if each.is_displayed()]


def titles(browser):
    return [each.split(" Inc")[0] for each in shown(browser, "details.tenant > summary b")]


def opened(browser, tmp_path, page):
    file = tmp_path / "page.html"
    file.write_text(page)
    browser.get(file.as_uri())
    return browser


@pytest.fixture
def report(config, emulator, tmp_path):
    stack = Exported(config)
    for name, days in (("acme", 400), ("globex", 9)):
        organization, _, _ = stack.tenant(name)
        block = {"idp_entity_id": f"https://{name}", "idp_sso_url": f"https://{name}/sso"}
        block["idp_certificate"] = certificate(name, -900, days)
        stack.add(
            "Connection", f"{name}-saml", organization_id=organization, provider="CUSTOM", type="SAML", saml=block
        )
        emulator.store.organizations[organization]["display_name"] = f"{name.title()} Inc <b>bold</b>"
    held = list(managed(stack.resources, "dev"))
    reading = read(stack.here, held, (), Run(tmp_path).progress)
    return Assembly(stack.here, reading, stack.here.policy, None).report(["dev"], {})


def test_the_report(browser, tmp_path, report):
    opened(browser, tmp_path, html(report))

    assert browser.title == "2 objects not as declared"
    assert titles(browser) == ["Globex", "Acme", "All tenants"]
    assert "Acme Inc <b>bold</b>" in shown(browser, "details.tenant > summary b")
    assert shown(browser, "summary b > b") == []

    browser.find_element("css selector", "input[type=search]").send_keys("glob")
    assert titles(browser) == ["Globex"]
    assert shown(browser, "#count")[0].endswith("shown")


def test_tables_sort_by_a_click(browser, tmp_path, report):
    opened(browser, tmp_path, html(report))

    def subjects():
        return [text for text in shown(browser, "h2 + .scroll tbody td:nth-child(4)") if text.startswith("CN=")]

    assert subjects() == ["CN=globex", "CN=acme"]
    (head,) = [each for each in browser.find_elements("css selector", "th button") if each.text.startswith("Subject")]
    browser.execute_script("arguments[0].click()", head)
    assert subjects() == ["CN=acme", "CN=globex"]
    browser.execute_script("arguments[0].click()", head)
    assert subjects() == ["CN=globex", "CN=acme"]
    assert head.find_element("xpath", "..").get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser, tmp_path, report, scheme):
    prefer(browser, scheme)
    opened(browser, tmp_path, html(report))

    assert min(contrasts(browser)) >= 4.5


def test_the_review_says_nothing_wrong_and_asks_for_nothing(browser, tmp_path):
    found = review(parse(Previewed().text(tenant("acme"), tenant("globex") | tenant("acme", enabled=False))))
    opened(browser, tmp_path, review_page(found))

    assert titles(browser) == ["Acme", "Globex"]
    assert browser.get_log("browser") == []
    requested = [
        entry["message"] for entry in browser.get_log("performance") if "Network.requestWillBeSent" in entry["message"]
    ]
    assert not any('"url":"http' in message for message in requested)


def test_nothing_is_wider_than_a_telephone(browser, tmp_path, report):
    browser.set_window_size(500, 900)
    opened(browser, tmp_path, html(report))

    assert overflow(browser) <= 0
