"""What `make docs` does to the Markdown of `docs/`, which is written for GitHub and for Pulumi's Registry, to make a site of it.

mkdocs.yml names this file as a hook: mkdocs calls the functions whose names begin with `on_`.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.publish.example import LANGUAGES
from pulumi_scalekit.publish.schema import REPOSITORY
from pulumi_scalekit.resources import RESOURCES

OVERVIEW = "_index.md"
"""The Registry's name of the first page."""

_SOURCE = f"{REPOSITORY}/blob/main/"
_CHOOSER = re.compile(r"\{\{< /?chooser.*?>\}\}\n*")
_CHOOSABLE = re.compile(r"\{\{% choosable language (\w+) %\}\}\n\n(.*?)\n\n\{\{% /choosable %\}\}", re.DOTALL)
_DETAILS = re.compile(r"<details(?: open)?>\n<summary>(\w+)</summary>\n\n(```.*?\n```)\n\n</details>", re.DOTALL)
_FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_IN_A_LIST = re.compile(r"^ {7}(?=\S)", re.MULTILINE)
"""Code in a numbered list, as GitHub has it; mkdocs wants a column more."""
_LINK = re.compile(r"(?<=\]\()([^)#\s]+)(?=[)#])")


def on_config(config: MkDocsConfig) -> None:
    """Every page stands in the navigation: guides that mkdocs.yml does not name come last, and the reference is listed."""
    guides: list[Any] = next(part["Guides"] for part in config.nav or () if "Guides" in part)
    named = {OVERVIEW, *re.findall(r"[\w-]+\.md", str(config.nav))}
    guides += sorted(path.name for path in Path(config.docs_dir).glob("*.md") if path.name not in named)
    kinds = [resource.kind for resource in RESOURCES]
    for title, declared in (("Resources", kinds), ("Functions", FUNCTIONS)):
        listed = [{one.name: f"reference/{one.file_name}.md"} for one in declared]
        next(part["Reference"] for part in config.nav or () if "Reference" in part).append({title: listed})


def on_files(files: Files, config: MkDocsConfig) -> None:
    """The Registry's first page is the site's."""
    overview = files.get_file_from_path(OVERVIEW)
    if overview is None:
        raise FileNotFoundError(OVERVIEW)
    files.remove(overview)
    files.append(File.generated(config, "index.md", content=overview.content_string))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs passes them by name
    """Tabs for what unfolds elsewhere, and links that lead out of the site where they lead out of `docs/`."""
    pieces = _FENCED.split(_CHOOSER.sub("", markdown))
    text = "".join(piece if piece.startswith("```") else _IN_A_LIST.sub(" " * 8, piece) for piece in pieces)
    text = _CHOOSABLE.sub(lambda found: _tab(LANGUAGES[found[1]], found[2]), text)
    text = _DETAILS.sub(lambda found: _tab(found[1], found[2]), text)
    folder = posixpath.dirname(page.file.src_uri)
    return _LINK.sub(lambda found: _target(found[1], folder), text)


def _tab(title: str, text: str) -> str:
    body = "\n".join(f"    {line}" if line else "" for line in text.splitlines())
    return f'=== "{title}"\n\n{body}'


def _target(link: str, folder: str) -> str:
    """Where a link of a page in a folder of `docs/` leads on the site."""
    if link.startswith(f"{_SOURCE}docs/"):
        return posixpath.relpath(link.removeprefix(f"{_SOURCE}docs/"), folder or ".")
    if re.match(r"\w+:", link):
        return link
    path = posixpath.normpath(posixpath.join("docs", folder, link))
    return link if path.startswith("docs/") else _SOURCE + path
