"""`make pictures`: the pictures in docs/pictures, from real output, in light and in dark.

Wanted on the machine: Chromium and its driver (`apt install chromium-driver fonts-noto-color-emoji`).
"""

from __future__ import annotations

import argparse
import base64
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from selenium import webdriver

from tools.engine import obtain
from tools.pictures.story import Outputs, outputs

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SCHEMES = ("light", "dark")
WIDTH = 880
"""Of the page, in CSS pixels: what a page of GitHub has room for."""

_LINES = {
    "title": re.compile(r"\d+\. "),
    "command": re.compile(r" +\$ "),
    "added": re.compile(r" +\+ "),
    "changed": re.compile(r" +~ | +[\w.]+: .* => "),
    "removed": re.compile(r" +- "),
}
"""What a line of the demo is, by how it begins."""


def main() -> None:
    """Write all pictures anew."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation from real output.")
    parser.add_argument("--out", type=Path, default=PICTURES, help="the folder to write to")
    folder = parser.parse_args().out
    engine = obtain.find()
    if not engine:
        sys.exit("There is no Pulumi engine yet: run `make engine`.")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        sys.exit("There is no Chromium: `apt install chromium-driver fonts-noto-color-emoji`.")
    with tempfile.TemporaryDirectory() as scratch:
        take(pages(outputs(Path(scratch) / "story", engine.folder)), folder, Path(scratch))


def pages(told: Outputs) -> dict[str, str]:
    """The page of each picture, by the picture's name."""
    return {
        "demo": terminal("make demo", told.demo),
        "review": comment("Sign-in of Globex: a new certificate", told.review),
        "drift-issue": comment("Scalekit is not as declared", told.issue, label="drift"),
        "report": told.report,
        "portal": told.portal,
        "dashboard": told.dashboard,
    }


def terminal(command: str, printed: str) -> str:
    """What a command printed, as a terminal shows it."""
    lines = [
        (next((name for name, line in _LINES.items() if line.match(text)), ""), text) for text in printed.splitlines()
    ]
    return _template("terminal.html.j2").render(command=command, lines=lines)


def comment(title: str, markdown: str, label: str = "") -> str:
    """Markdown as a comment of a bot, with a page around it that looks like a pull request or an issue."""
    body = MarkdownIt("commonmark").enable("table").render(markdown)
    return _template("page.html.j2").render(title=title, label=label, body=body)


def _template(name: str) -> Template:
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True)
    return templates.get_template(name)


def take(pages: Mapping[str, str], folder: Path, scratch: Path) -> None:
    """Take a picture of each page in each colour scheme: `<folder>/<name>-<scheme>.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options, webdriver.ChromeService(str(shutil.which("chromedriver"))))
    try:
        browser.set_window_size(WIDTH, 1000)
        for name, page in pages.items():
            file = scratch / f"{name}.html"
            file.write_text(page, encoding="utf-8")
            for scheme in SCHEMES:
                features = [{"name": "prefers-color-scheme", "value": scheme}]
                browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
                browser.get(file.as_uri())
                picture = browser.execute_cdp_cmd(
                    "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": _all(browser)}
                )
                (folder / f"{name}-{scheme}.png").write_bytes(base64.b64decode(picture["data"]))
    finally:
        browser.quit()


def _all(browser: webdriver.Chrome) -> dict[str, float]:
    """The whole page, with the part of it that the window does not show."""
    height = browser.execute_script("return document.documentElement.getBoundingClientRect().height")
    return {"x": 0, "y": 0, "width": WIDTH, "height": float(height), "scale": 1}


if __name__ == "__main__":
    main()
