"""How messages call things: by the names of the language that the user's program is written in.

Messages are written with the names of Python. The plugin serves every language, and all others have the names of the state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pulumi_scalekit.model import paths
from pulumi_scalekit.model.check_failures import Failure
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.registry import FUNCTIONS, KINDS
from pulumi_scalekit.model.walk import every_field

_CODE = re.compile(r"`(\w+)=(True|False|None|\d+|\"[^\"`]*\"|{[^`(]*}|\[[^`(]*\])`")
_WORD = re.compile(r"(?<![\w/{\"'])[a-z]+(?:_[a-z0-9]+)+(?![\w/}\"'])")
_LITERALS = {"True": "true", "False": "false", "None": "null"}


def refusal(kind: Kind, failure: Failure, *, python: bool) -> str:
    """A broken rule of a resource in one sentence, the property's path first.

    The path stands in the sentence and not beside it: of a property that the engine is given by name it prints the whole value,
    what the user marked as a secret included.
    """
    if not failure.path:
        return failure.reason
    in_python = paths.in_python(kind, failure.path)
    path = in_python if python else failure.path
    name = in_python.rpartition(".")[2]
    if failure.reason.startswith(f"{name} "):
        return path + failure.reason.removeprefix(name)
    return f"{path}: {failure.reason}"


@cache
def _names() -> Mapping[str, str]:
    """The names of all properties and keys of blocks that differ between Python and the state."""
    # Late: it imports all that there is, and most runs have nothing to say.
    kinds = [*KINDS.values(), *(function.arguments for function in FUNCTIONS.values())]
    fields = (field for kind in kinds for field in every_field(kind.shape))
    return {field.name: field.state for field in fields if field.name != field.state}


def in_state_names(text: str) -> str:
    """A message of ours with the names of the state, and with values as YAML and TypeScript write them."""
    names = _names()

    def code(found: re.Match[str]) -> str:
        value = re.sub(r"\b(True|False|None)\b", lambda word: _LITERALS[word[0]], found[2])
        return f"`{names.get(found[1], found[1])}: {value}`"

    return _WORD.sub(lambda word: names.get(word[0], word[0]), _CODE.sub(code, text))


@cache
def of_python() -> bool:
    """Whether the program whose engine started this process is written in Python: it runs in the project's folder."""
    # Late: it takes longer than all else at the start of the plugin, and most runs have nothing to say.
    import yaml

    here = Path.cwd()
    for folder in (here, *here.parents):
        for project in (folder / "Pulumi.yaml", folder / "Pulumi.yml"):
            if project.is_file():
                try:
                    read = yaml.safe_load(project.read_text(encoding="utf-8"))
                except (OSError, UnicodeError, yaml.YAMLError):
                    # What is wrong with it the engine says better.
                    return False
                runtime = read.get("runtime") if isinstance(read, dict) else None
                return (runtime.get("name") if isinstance(runtime, dict) else runtime) == "python"
    return False
