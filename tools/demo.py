"""`make demo`: provision three tenants with the real `pulumi up`, watch a change behind our back, and repair it.

Everything happens in `.demo/`, against an emulator on loopback: no account, and nothing of yours is touched. It tells a story
in fifty lines at most, made of what the commands print; `make demo VERBOSE=1` prints all of that.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tests.support.visitor import Values, Visitor
from tools.engine import obtain

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "examples" / "quickstart"
DRIFT = 7
"""Exit code of `report` when something is not as declared."""
STEP = re.compile(r"^ ([+~-])  \S+/scalekit:(\w+) (\S+) (?:created|updated|deleted) \([^)]*\)(?: \[diff: ~?(\S+)\])?")
"""The line that Pulumi prints when it is done with a resource."""
UNMANAGED = re.compile(r"^All tenants\n(?:  .*\n)+\n", re.MULTILINE)
"""The part of the report about what Scalekit has made itself."""


class Stack:
    """The quickstart project, a stack of its own, and the emulator as its environment."""

    def __init__(self, emulator: Emulator, scratch: Path, *, verbose: bool) -> None:
        engine = obtain.find()
        if not engine:
            sys.exit("There is no Pulumi engine yet: run `make engine`.")
        self.verbose = verbose
        self.folder = scratch / "projects" / "quickstart"
        # What an interrupted run left behind is a state of an emulator that is gone.
        shutil.rmtree(scratch, ignore_errors=True)
        (scratch / "state").mkdir(parents=True)
        (scratch / ".venv").symlink_to(sys.prefix)  # where the project looks for it, as it does in a checkout
        shutil.copytree(PROJECT, self.folder, ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
        self.environment = {
            **os.environ,
            **emulator.environment,
            "PATH": os.pathsep.join([f"{sys.prefix}/bin", str(engine.folder), os.environ.get("PATH", "")]),
            "PULUMI_HOME": str(scratch / "home"),
            "PULUMI_BACKEND_URL": (scratch / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "demo",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }

    def pulumi(self, *words: str, shown: bool = True) -> None:
        """Run `pulumi`, and tell what it did to each resource."""
        color = "always" if self.verbose and sys.stdout.isatty() else "never"
        printed = self._run("pulumi", *words, quietly=("--non-interactive", "--color", color), shown=shown)
        if shown and not self.verbose:
            _say(*_changes(printed))

    def report(self) -> None:
        """Run `pulumi-scalekit report`, and show what it says."""
        printed = self._run("pulumi-scalekit", "report", quietly=("--stack", "demo"), shown=True, expect=DRIFT)
        if not self.verbose:
            _say(*UNMANAGED.sub("… and what no stack manages\n", printed).rstrip().splitlines())

    def _run(self, *command: str, quietly: tuple[str, ...], shown: bool, expect: int = 0) -> str:
        """Run a command as a user would, and stop the demo, with all that it printed, where it does not end as expected."""
        if shown:
            _say(_bold(f"$ {' '.join(command)}"))
        seen = shown and self.verbose
        ended = subprocess.run(
            [*command, *quietly],
            cwd=self.folder,
            env=self.environment,
            check=False,
            stdout=None if seen else subprocess.PIPE,
            stderr=None if seen else subprocess.STDOUT,
            text=True,
        )
        if ended.returncode != expect:
            sys.exit(
                f"{ended.stdout or ''}`{' '.join(command)}` ended with exit code {ended.returncode}, not {expect}."
            )
        return ended.stdout or ""


def _changes(printed: str) -> Iterator[str]:
    """What Pulumi did, a line for each kind of resource and change."""
    names = defaultdict(list)
    for sign, kind, name, diff in (found.groups() for line in printed.splitlines() if (found := STEP.match(line))):
        names[sign, kind].append(f"{name} ({diff.replace(',', ', ')})" if diff else name)
    for (sign, kind), some in names.items():
        yield f"{sign} {kind} {', '.join(sorted(some))}"


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text


def _say(*lines: str) -> None:
    for line in lines:
        print(f"   {line}".rstrip(), flush=True)


def tell(number: int, title: str, *lines: str) -> None:
    print(f"\n{_bold(f'{number}. {title}')}", flush=True)
    _say(*lines)


def in_portal(emulator: Emulator, connection: Mapping[str, Any], values: Values) -> None:
    """Change a connection as its organization's administrator does, on the page behind a portal link."""
    with Visitor() as administrator:
        home = administrator.open(emulator.portal_link(connection["organization_id"]))
        page = administrator.open(f"{home.address}/connections/{connection['id']}")
        saved = administrator.send(page, "/settings", values)
    if not saved.says("Saved."):
        sys.exit(f"The portal did not save it: {saved.address} ended with {saved.status}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description="Tells what the provider does.")
    parser.add_argument("--verbose", action="store_true", help="print all that the commands print")
    parser.add_argument("--scratch", type=Path, default=ROOT / ".demo", help="a folder that is emptied (%(default)s)")
    chosen = parser.parse_args()
    try:
        story(chosen.scratch.absolute(), verbose=chosen.verbose)
    finally:
        shutil.rmtree(chosen.scratch, ignore_errors=True)


def story(scratch: Path, *, verbose: bool) -> None:
    began = time.monotonic()
    with Emulator() as emulator:
        stack = Stack(emulator, scratch, verbose=verbose)
        print(f"Scalekit is an emulator on {emulator.url}, the program examples/quickstart/__main__.py.")
        stack.pulumi("stack", "init", "demo", shown=False)
        stack.pulumi("config", "set", "--secret", "acmeOktaSecret", "okta-s3cret", shown=False)

        tell(1, "Three customers, two of them with single sign-on")
        stack.pulumi("up", "--yes", "--skip-preview")
        made = emulator.ledger.mark()
        _say(f"Created and configured by {made} requests.")

        tell(2, "The same program again")
        stack.pulumi("preview", "--expect-no-changes")
        _say(f"Nothing is planned, and Scalekit is not even asked: {len(emulator.ledger.since(made))} requests.")

        tell(
            3,
            "A customer changes something in the portal",
            "Each administrator opens a portal link, fills in the form and saves it, as a browser would:",
            "Globex's switches request signing off; Acme's renames the button and drops a scope.",
        )
        for connection in list(emulator.store.connections.values()):
            if connection["type"] == "SAML":
                in_portal(emulator, connection, {"want_request_signed": None})
            else:
                in_portal(emulator, connection, {"ui_button_title": "Log in", "scopes": ["openid", "email"]})

        tell(
            4,
            f"Drift, property by property: it only reads, and ends with exit code {DRIFT}, so that a check in CI fails",
        )
        stack.report()

        tell(5, "Repair: read, and write back what the program says")
        stack.pulumi("up", "--yes", "--refresh", "--skip-preview")
        stack.pulumi("refresh", "--preview-only", "--expect-no-changes", shown=False)

        tell(6, "Clean up")
        stack.pulumi("destroy", "--yes", "--skip-preview")
        left = len(emulator.store.organizations) + len(emulator.store.connections)
        if left:
            sys.exit(f"{left} objects are left behind")
        more = "" if verbose else " `make demo VERBOSE=1` shows all output."
        print(f"\n{len(emulator.ledger)} requests, {time.monotonic() - began:.0f} s.{more}")
        print("Next: a program of your own against such an emulator, see docs/first-program.md.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The next run starts afresh.")
