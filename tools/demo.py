"""`make demo`: provision three tenants with the real `pulumi up`, watch a change behind our back, and repair it.

Everything happens in `.demo/`, against an emulator on loopback: no account, and nothing of yours is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tests.support.visitor import Values, Visitor
from tools.engine import obtain

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = ROOT / ".demo"
PROJECT = ROOT / "examples" / "quickstart"
DRIFT = 7
"""Exit code of `--expect-no-changes` when there are changes."""


class Stack:
    """The quickstart project, a stack of its own, and the emulator as its environment."""

    def __init__(self, emulator: Emulator) -> None:
        engine = obtain.find()
        if not engine:
            sys.exit("There is no Pulumi engine yet: run `make engine`.")
        # What an interrupted run left behind is a state of an emulator that is gone.
        shutil.rmtree(SCRATCH, ignore_errors=True)
        (SCRATCH / "state").mkdir(parents=True)
        shutil.copytree(PROJECT, SCRATCH / "quickstart", ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
        self.environment = {
            **os.environ,
            **emulator.environment,
            "PATH": os.pathsep.join([str(ROOT / ".venv" / "bin"), str(engine.folder), os.environ.get("PATH", "")]),
            "PULUMI_HOME": str(SCRATCH / "home"),
            "PULUMI_BACKEND_URL": (SCRATCH / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "demo",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }

    def pulumi(self, *words: str, shown: bool = True, expect: int = 0) -> None:
        """Run a command as a user would, and stop the demo where it does not end as expected."""
        if shown:
            print(f"\n{_bold('$ pulumi ' + ' '.join(words))}", flush=True)
        color = "always" if sys.stdout.isatty() else "never"
        command = [
            "pulumi",
            *words,
            "--cwd",
            str(SCRATCH / "quickstart"),
            "--non-interactive",
            "--color",
            color,
        ]
        ended = subprocess.run(command, env=self.environment, check=False, capture_output=not shown, text=True)
        if ended.returncode != expect:
            sys.exit(
                f"{ended.stdout or ''}{ended.stderr or ''}`pulumi {words[0]}` ended with {ended.returncode}, not {expect}"
            )


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text


def tell(number: int, title: str, *lines: str) -> None:
    print(f"\n{_bold(f'{number}. {title}')}", *lines, sep="\n   ", flush=True)


def in_portal(emulator: Emulator, connection: Mapping[str, Any], values: Values) -> None:
    """Change a connection as its organization's administrator does, on the page behind a portal link."""
    with Visitor() as administrator:
        home = administrator.open(emulator.portal_link(connection["organization_id"]))
        page = administrator.open(f"{home.address}/connections/{connection['id']}")
        saved = administrator.send(page, "/settings", values)
    if not saved.says("Saved."):
        sys.exit(f"The portal did not save it: {saved.address} ended with {saved.status}")


def main() -> None:
    began = time.monotonic()
    with Emulator() as emulator:
        stack = Stack(emulator)
        print(f"A Scalekit emulator answers on {emulator.url}; the program is examples/quickstart/__main__.py.")
        stack.pulumi("stack", "init", "demo", shown=False)
        stack.pulumi("config", "set", "--secret", "acmeOktaSecret", "okta-s3cret", shown=False)

        tell(
            1,
            "Three customers, two of them with single sign-on",
            "One command creates and configures all of it.",
        )
        stack.pulumi("up", "--yes", "--skip-preview")
        made = emulator.ledger.mark()

        tell(
            2,
            "The same program again",
            "Nothing changed, so nothing is planned, and Scalekit is not even asked.",
        )
        stack.pulumi("preview", "--expect-no-changes")
        print(f"   Requests to Scalekit: {len(emulator.ledger.since(made))}")

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

        tell(4, "Drift, property by property", "Read only; exit code 7 says that something is not as declared.")
        stack.pulumi("refresh", "--preview-only", "--diff", "--expect-no-changes", expect=DRIFT)
        print("   The error is the answer that was wanted: a drift check in CI fails on it.")

        tell(5, "Repair", "`up --refresh` reads, and writes back what the program says.")
        stack.pulumi("up", "--yes", "--refresh", "--skip-preview")
        stack.pulumi("refresh", "--preview-only", "--expect-no-changes", shown=False)

        tell(6, "Clean up")
        stack.pulumi("destroy", "--yes", "--skip-preview")
        left = len(emulator.store.organizations) + len(emulator.store.connections)
        if left:
            sys.exit(f"{left} objects are left behind")
        counts = f"{len(emulator.ledger)} requests and {len(emulator.ledger.tokens)} for a token"
        print(f"\nNothing is left behind. {counts}, {time.monotonic() - began:.0f} s in all.")
        print("Next: a program of your own against such an emulator, see docs/first-program.md.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The next run starts afresh.")
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)
