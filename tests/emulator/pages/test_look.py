"""The pages in a real browser: readable in light and dark, on a telephone, and with the keyboard."""

from __future__ import annotations

import pytest

from tests.support.browser import contrasts, needs_browser, overflow, prefer, start

pytestmark = [needs_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    driver = start()
    yield driver
    driver.quit()


@pytest.fixture
def addresses(api, oidc, saml):
    """Each page, after the browser has opened the links to the portals."""
    pages = [f"{api.emulator.dashboard}{topic}" for topic in ("", "/requests", "/switches", "/faults")]
    for organization, connection in (oidc, saml):
        home = f"{api.emulator.url}/portal/{organization}"
        pages += [home, f"{home}/connections/{connection}"]
    return [api.emulator.portal_link(organization) for organization, _ in (oidc, saml)], pages


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser, addresses, scheme):
    prefer(browser, scheme)
    grounds = set()
    for address in (*addresses[0], *addresses[1]):
        browser.get(address)
        assert min(contrasts(browser)) >= 4.5, address
        grounds.add(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
    assert grounds == {"rgb(255, 255, 255)" if scheme == "light" else "rgb(16, 20, 26)"}, "the style is there"


def test_nothing_is_wider_than_a_telephone(browser, addresses):
    browser.set_window_size(500, 900)
    for address in (*addresses[0], *addresses[1]):
        browser.get(address)
        assert overflow(browser) <= 0, address


def test_the_keyboard_reaches_every_entry_in_order(browser, addresses):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    links, pages = addresses
    browser.get(links[0])
    browser.get(pages[5])
    entries = browser.find_elements(
        By.CSS_SELECTOR, "main :is(input:not([type=hidden]), select, textarea, button, summary)"
    )
    wanted = [entry.id for entry in entries if entry.is_displayed()]
    reached = []
    for _ in range(len(wanted) + 2):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(browser.switch_to.active_element.id)

    assert [each for each in reached if each in wanted] == wanted
