"""`make pictures`: each page becomes a picture for light and one for dark, and the documents show both."""

import re
import struct
from pathlib import Path

import pytest

from tests.support.browser import needs_browser
from tools.pictures.__main__ import PICTURES, SCHEMES, WIDTH, comment, pages, take, terminal
from tools.pictures.story import Outputs

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(pages(Outputs("", "", "", "", "", "")))
SHOWN_ON = ("README.md", "docs/gitops.md", "docs/emulator.md")
SHOWN = re.compile(
    r'<picture><source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)-dark\.png">'
    r'<img alt="[^"]{30,}" src="([^"]+)-light\.png" width="\d+"></picture>'
)


def size(picture):
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", content[16:24])


@pytest.mark.parametrize("page", SHOWN_ON)
def test_a_page_shows_its_pictures_in_light_and_in_dark(page):
    text = (ROOT / page).read_text()
    shown = SHOWN.findall(text)

    assert text.count("<picture>") == len(shown) >= 2
    assert [dark for dark, light in shown if dark != light] == []
    assert {(ROOT / page).parent / dark for dark, _ in shown} <= {PICTURES / name for name in NAMES}


def test_every_picture_is_there_and_shown():
    shown = "".join((ROOT / page).read_text() for page in SHOWN_ON)

    assert sorted(path.name for path in PICTURES.glob("*.png")) == sorted(
        f"{n}-{s}.png" for n in NAMES for s in SCHEMES
    )
    assert [name for name in NAMES if f"pictures/{name}-dark.png" not in shown] == []
    assert {size(path)[0] for path in PICTURES.glob("*.png")} == {WIDTH}


@needs_browser
def test_a_page_that_is_longer_than_the_window_is_in_the_picture(tmp_path):
    take({"long": comment("Title", "- line\n" * 200)}, tmp_path / "pictures", tmp_path)

    light, dark = (tmp_path / "pictures" / f"long-{scheme}.png" for scheme in ("light", "dark"))
    assert size(light) == size(dark)
    assert size(light)[0] == WIDTH
    assert size(light)[1] > 3000
    assert light.read_bytes() != dark.read_bytes()


def test_a_terminal_shows_every_line_and_what_kind_it_is():
    page = terminal(
        "make demo", "1. Drift <here>\n   $ pulumi up\n   + Organization acme\n     a.b: 1 => 2\n   - gone\n\n   else\n"
    )

    for name, text in (
        ("title", "1. Drift &lt;here&gt;"),
        ("command", "   $ pulumi up"),
        ("added", "   + Organization acme"),
        ("changed", "     a.b: 1 =&gt; 2"),
        ("removed", "   - gone"),
        ("", "   else"),
    ):
        assert f'<span class="{name}">{text}</span>\n' in page
