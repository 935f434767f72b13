"""A real browser, where there is one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="no chromium and chromedriver on PATH: `apt install chromium-driver`"
)
_CONTRASTS = r"""
const light = (colour) => {
  const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
};
const ground = light(getComputedStyle(document.body).backgroundColor);
return [...document.querySelectorAll("h1, h2, p, td, label, .quiet, .badge, .numbers li, b")].map((each) => {
  const text = light(getComputedStyle(each).color);
  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
});
"""


def start() -> Chrome:
    """A browser without a window, which keeps what it complains of and what it asks for."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))


def prefer(browser: Chrome, scheme: str) -> None:
    """Ask for light or dark pages."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def contrasts(browser: Chrome) -> list[float]:
    """Of the texts on a page with the page's ground."""
    found: Any = browser.execute_script(_CONTRASTS)
    return list(found)


def overflow(browser: Chrome) -> int:
    """By how many pixels a page is wider than the window."""
    return int(browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth"))
