"""Brings an example up without an engine: its program runs under Pulumi's mocks, which ask the real provider.

`python example_run.py FOLDER CONFIGURATION` is the process that runs the program, because the SDK keeps event loops and a root
resource for the length of one. What belongs to other providers is answered by `other_providers.py`.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pulumi
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # where this file is run as a script
from pulumi_scalekit.emulator import Emulator  # noqa: E402
from pulumi_scalekit.model.registry import KINDS  # noqa: E402
from pulumi_scalekit.model.setting import VARIABLES  # noqa: E402
from pulumi_scalekit.program import invoke  # noqa: E402
from tests.support import other_providers  # noqa: E402
from tests.support.providers import Dynamic, Props, sent  # noqa: E402

EXAMPLES = ROOT / "examples"
MADE_UP = "made-up-s3cret"


class Run:
    """One example against an emulator.

    Attributes:
        preview: How many requests a preview sends before there is anything.
        up: How many the first `up` sends.
        refresh: How many it takes to read all resources, one after the other.
        registered: The type and the name of each resource.

    """

    def __init__(self, name: str, emulator: Emulator, stack: str = "dev") -> None:
        words = [sys.executable, __file__, str(EXAMPLES / name), json.dumps(configuration(name, stack))]
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "SCALEKIT_"))}
        counts, told = [], []
        with subprocess.Popen(
            words,
            env={**inherited, **emulator.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdin
            assert child.stdout
            assert child.stderr
            for phase in ("preview", "up", "refresh"):
                before = emulator.ledger.mark()
                print(phase, file=child.stdin, flush=True)
                line = child.stdout.readline()
                assert line, f"{phase} of examples/{name} failed:\n{child.stderr.read()}"
                told.append(json.loads(line))
                counts.append(len(emulator.ledger.since(before)))
        self.preview, self.up, self.refresh = counts
        self.registered = set(told[1])


def configuration(name: str, stack: str) -> dict[str, str]:
    """What the example's page says to configure, with made-up values where it has none, and the stack's file."""
    page, file = (EXAMPLES / name / "README.md").read_text(), EXAMPLES / name / f"Pulumi.{stack}.yaml"
    found = yaml.safe_load(file.read_text())["config"] if file.exists() else {}
    for line in re.findall(r"^    pulumi config set (.*)", page.split("and to renew:")[0], re.MULTILINE):
        key, *value = [word for word in shlex.split(line) if not word.startswith("--")]
        top, *inner = key.split(".")
        full, (given, *_) = top if ":" in top else f"{project(EXAMPLES / name)}:{top}", [*value, MADE_UP]
        if inner:
            found.setdefault(full, {})[inner[0]] = given
        else:
            found.setdefault(full, given)
    settings = {key: value for key, value in found.items() if not key.startswith("scalekit:")}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in settings.items()}


def project(folder: Path) -> str:
    name: str = yaml.safe_load((folder / "Pulumi.yaml").read_text(encoding="utf-8"))["name"]
    return name


class Provided(pulumi.runtime.Mocks):
    """Checks and creates what is Scalekit's with the real provider."""

    def __init__(self) -> None:
        self.preview = True
        self.registered: set[str] = set()
        self.made: list[tuple[Dynamic, str, Props, Props]] = []
        self.settings = {
            f"scalekit:{key}": os.environ[variable] for key, (variable, _) in VARIABLES.items() if variable
        }

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Props]:
        self.registered.add(f"{args.typ} {args.name}")
        kind = KINDS.get(args.typ.replace("pulumi-python:dynamic/scalekit:", "scalekit:index:"))
        if kind is None:
            return other_providers.new_resource(args, preview=self.preview)
        provider = Dynamic(kind, self.settings)
        inputs, failures = provider.check(
            {}, {key: one for key, one in args.inputs.items() if not key.startswith("__")}
        )
        if failures:
            raise ValueError(f"{args.name} is refused: {failures}")
        if self.preview:
            return None, sent(inputs)
        id_, outputs = provider.create(inputs)
        self.made.append((provider, id_, inputs, outputs))
        return id_, sent(outputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        return other_providers.call(args)

    def refresh(self) -> None:
        for provider, id_, inputs, outputs in self.made:
            if provider.read(id_, inputs, outputs) is None:
                raise ValueError(f"{id_} is gone")


def main(folder: str, config: dict[str, str]) -> None:
    """Go through the phases that the standard input names, and answer each with a line of JSON."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the program prints is no answer
    asyncio.set_event_loop(asyncio.new_event_loop())
    vars(invoke)["mocks"] = SimpleNamespace(current=lambda: None)  # functions read as where an engine runs the program
    mocks = Provided()
    for phase in map(str.strip, sys.stdin):
        mocks.preview = phase == "preview"
        if phase == "refresh":
            mocks.refresh()
        else:
            pulumi.runtime.set_all_config(config, [])
            pulumi.runtime.set_mocks(mocks, project=project(Path()), stack="dev", preview=mocks.preview)
            run: Any = pulumi.runtime.test
            run(lambda: runpy.run_path("__main__.py", run_name="__main__") and None)()
        print(json.dumps(sorted(mocks.registered)), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
