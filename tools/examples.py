"""`make examples`: write the examples of the reference in every language, from YAML, with Pulumi's own generators.

Their sources and what is written from them stand in `pulumi_scalekit/publish/examples`. This needs Go; `make generated`, which
puts them into the reference and the schema, does not.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.publish import schema
from pulumi_scalekit.publish.example import FOLDER, LANGUAGES
from pulumi_scalekit.resources import RESOURCES
from tools.engine import obtain
from tools.engine.progress import StepError, say
from tools.sdk import NEEDED

_IMPORT = re.compile(r"^# Import: (\S+)\n", re.MULTILINE)


def sources() -> dict[str, list[str]]:
    """The programs of each file, without what is no program."""
    return {path.stem: _IMPORT.sub("", path.read_text()).split("---\n") for path in sorted(FOLDER.glob("*.yaml"))}


def titled(source: str) -> tuple[str, str]:
    """The title of a program, and the program."""
    title, _, program = source.partition("\n")
    return title.removeprefix("# "), program


def wanted() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should have."""
    given = sources()
    written = in_other_languages({f"{name}/{at}": text for name, all_ in given.items() for at, text in enumerate(all_)})
    for name, programs in given.items():
        parts = [f"<!-- Generated from {name}.yaml by `make examples`. Do not edit. -->"]
        for at, source in enumerate(programs):
            title, program = titled(source)
            parts.append(f"### {title}")
            others = written[f"{name}/{at}"]
            languages = {**others, "python": formatted(others["python"]), "yaml": program}
            parts += [block(language, languages[language]) for language in LANGUAGES]
        if command := importing(name):
            parts.append(block("sh", command))
        yield FOLDER / f"{name}.md", "\n\n".join(parts) + "\n"


def importing(name: str) -> str:
    """The command that imports the first resource of its kind in the file; empty where the file gives no id."""
    path = FOLDER / f"{name}.yaml"
    found = _IMPORT.search(path.read_text())
    if found is None:
        return ""
    (kind,) = (one.kind for one in RESOURCES if one.kind.file_name == name)
    resources: dict[str, Any] = yaml.safe_load(sources()[name][0])["resources"]
    declared = next(key for key, one in resources.items() if one["type"] == f"scalekit:{kind.name}")
    return f"pulumi import {kind.token} {declared} {found[1]}"


def in_other_languages(programs: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Each program by language. The generator is built with the engine's flags, and so from what its build left over."""
    go = shutil.which("go")
    if go is None:
        raise StepError(f"This needs {NEEDED['go']}.")
    obtain.FOLDER.mkdir(exist_ok=True)
    generator, given = obtain.FOLDER / "examples", obtain.FOLDER / "schema-of-examples.json"
    kinds = [resource.kind for resource in RESOURCES]
    given.write_text(schema.as_json(kinds, FUNCTIONS, version("pulumi-scalekit")))
    obtain.compile_tools(go, ["./examples"], generator)
    command = [generator, given]
    done = subprocess.run(command, input=json.dumps(programs), capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(done.stderr.strip())
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


def formatted(program: str) -> str:
    """A program in Python as `make lint` wants it, in Markdown too."""
    ruff = [sys.executable, "-m", "ruff", "format", "--config", str(obtain.HERE.parents[1] / "pyproject.toml"), "-"]
    done = subprocess.run(ruff, input=program, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(done.stderr.strip())
    return done.stdout


def block(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def main() -> int:
    try:
        files = dict(wanted())
    except StepError as failed:
        say(str(failed))
        return 1
    for path, text in files.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            say(f"wrote {path.name}")
    for path in set(FOLDER.glob("*.md")) - files.keys():
        path.unlink()
        say(f"removed {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
