"""The examples of the resources and functions, as the reference and the schema show them.

`examples/NAME.yaml` is what a person writes: programs separated by `---`, the first line of each its title in a comment, and at
the end of a resource's file an id to import. `make examples` writes `examples/NAME.md` from it, the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = {"python": "Python", "typescript": "TypeScript", "go": "Go", "yaml": "YAML"}
"""By the name that a code block has, in the order in which they are shown."""

FOLDER = Path(__file__).with_name("examples")
_PROGRAM = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_IMPORT = "sh"


@dataclass(frozen=True)
class Example:
    """A program with a title, in every language."""

    title: str
    programs: Mapping[str, str]


@dataclass(frozen=True)
class Examples:
    """All there is to show of a resource or function; without a file, nothing.

    Attributes:
        programs: The examples.
        importing: The command that imports such an object; empty for a function.

    """

    programs: tuple[Example, ...] = ()
    importing: str = ""


@cache
def examples(name: str) -> Examples:
    """The examples of a resource or function, by the name of its file."""
    path = FOLDER / f"{name}.md"
    if not path.exists():
        return Examples()
    _, *sections = re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found, importing = list[Example](), ""
    for section in sections:
        title, _, text = section.partition("\n")
        blocks = dict(_PROGRAM.findall(text))
        importing = blocks.pop(_IMPORT, importing).strip()
        found.append(Example(title, blocks))
    return Examples(tuple(found), importing)


def in_schema(name: str) -> str:
    """The end of a description: the form that Pulumi's generators and its Registry take a single language out of."""
    shown = examples(name)
    if not shown.programs:
        return ""
    parts = ["\n\n{{% examples %}}", "## Example Usage"]
    for example in shown.programs:
        parts += ["{{% example %}}", f"### {example.title}", *_blocks(example), "{{% /example %}}"]
    parts.append("{{% /examples %}}")
    if shown.importing:
        parts += ["## Import", _block(_IMPORT, shown.importing)]
    return "\n\n".join(parts)


def in_page(name: str) -> str:
    """The section of a page: Python is open, and the others unfold. The site makes tabs of them."""
    parts = ["## Example"]
    for example in examples(name).programs:
        parts.append(f"### {example.title}")
        for language, program in example.programs.items():
            opened = " open" if language == "python" else ""
            summary = f"<details{opened}>\n<summary>{LANGUAGES[language]}</summary>"
            parts += [summary, _block(language, program), "</details>"]
    return "\n\n".join(parts) if len(parts) > 1 else ""


def _blocks(example: Example) -> list[str]:
    return [_block(language, program) for language, program in example.programs.items()]


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"
