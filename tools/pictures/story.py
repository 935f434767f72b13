"""What happens before the pictures are taken: customers are provisioned, a change is proposed, and some is made by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from pulumi_scalekit.emulator import Emulator
from tests.support.api import Api
from tests.support.certificates import certificate
from tests.support.visitor import Page, Visitor
from tests.support.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("program.py")
DRIFT = 7
"""Exit code of `report`."""


@dataclass(frozen=True)
class Outputs:
    """What the commands printed.

    Attributes:
        demo: What `make demo` tells.
        review: The review of a pull request, Markdown.
        issue: The report that becomes the drift issue, Markdown.
        report: The same as a page.
        portal: A customer's connection in the emulator's portal, as its administrator has just saved it.
        dashboard: The emulator's dashboard at the end.

    """

    demo: str
    review: str
    issue: str
    report: str
    portal: str
    dashboard: str


def outputs(scratch: Path, engine: Path) -> Outputs:
    """Run the commands of the example workflows on four customers, one of whom nobody declared."""
    files = {"__main__.py": PROGRAM.read_text(encoding="utf-8"), "globex.pem": certificate("Globex 2025", -365, 400)}
    with Emulator() as emulator:
        project = Workspace(scratch, files, engine=engine, home=scratch / "home", name="customers", stack="production")
        project.environment |= emulator.environment
        project.config("acmeOktaSecret", "okta-s3cret", secret=True)
        project.pulumi("up", "--yes", "--skip-preview")
        review = _review(project)
        portal = _changes_by_hand(emulator)
        page = scratch / "report.html"
        command = ["pulumi-scalekit", "report", "--stack", "production", "--format", "markdown", "--out", str(page)]
        ended = subprocess.run(
            command, cwd=project.folder, env=project.environment, capture_output=True, text=True, check=False
        )
        if ended.returncode != DRIFT:
            raise RuntimeError(f"report ended with {ended.returncode}, not {DRIFT}:\n{ended.stdout}{ended.stderr}")
        with Visitor() as developer:
            dashboard = _standing_alone(developer, developer.open(emulator.dashboard))
        return Outputs(
            _demo(scratch, engine), review, ended.stdout, page.read_text(encoding="utf-8"), portal, dashboard
        )


def _demo(scratch: Path, engine: Path) -> str:
    """The demo in a folder of its own: one in the checkout may be running."""
    command = [sys.executable, "-m", "tools.demo", "--scratch", str(scratch / "demo")]
    path = os.pathsep.join([str(engine), os.environ.get("PATH", os.defpath)])
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE, text=True, check=True
    )
    return ended.stdout


def _review(project: Workspace) -> str:
    """The review of a change that nobody should merge without a second look; the program is put back."""
    program = project.folder / "__main__.py"
    before = program.read_text(encoding="utf-8"), (project.folder / "globex.pem").read_text(encoding="utf-8")
    proposed = before[0].replace(
        '"want_request_signed": True,\n    },\n    enabled=True',
        '"want_request_signed": True,\n    },\n    enabled=False',
    )
    proposed = proposed.replace('"Sign in with Acme"', '"Continue with Okta"').replace('"trial"', '"gold"')
    project.write({"__main__.py": proposed, "globex.pem": certificate("Globex 2026", -1, 12)})
    project.config("acmeOktaSecret", "another-s3cret", secret=True)
    preview = project.pulumi("preview", "--json", "--show-sames").stdout
    command = ["pulumi-scalekit", "review", "--format", "markdown"]
    review = subprocess.run(
        command, input=preview, cwd=project.folder, env=project.environment, capture_output=True, text=True, check=True
    ).stdout
    project.write({"__main__.py": before[0], "globex.pem": before[1]})
    project.config("acmeOktaSecret", "okta-s3cret", secret=True)
    return review


def _changes_by_hand(emulator: Emulator) -> str:
    """In the portal, in the dashboard, and by a colleague in a hurry; the page of the portal."""
    api, store = Api(emulator), emulator.store
    acme, globex, initech = (
        next(one for one in store.organizations.values() if one["external_id"] == name)
        for name in ("acme", "globex", "initech")
    )
    sign_on = {one["organization_id"]: one for one in store.connections.values()}
    with Visitor() as administrator:
        home = administrator.open(emulator.portal_link(acme["id"]))
        form = administrator.open(f"{home.address}/connections/{sign_on[acme['id']]['id']}")
        saved = administrator.send(form, "/settings", {"ui_button_title": "Log in", "scopes": ["openid", "email"]})
        portal = _standing_alone(administrator, saved)
    api.patch(f"/organizations/{globex['id']}/connections/{sign_on[globex['id']]['id']}:disable")
    initech["metadata"] = {"tier": "gold"}
    umbrella = api.organization(display_name="Umbrella Corporation", external_id="umbrella")
    api.connection(umbrella)
    api.close()
    return portal


def _standing_alone(visitor: Visitor, page: Page) -> str:
    """A page of the emulator with its stylesheet in it, to be looked at when the emulator is gone."""
    (link,) = page.document.findall(".//link")
    style = visitor.open(urljoin(page.address, str(link.get("href")))).text
    return page.text.replace(f'<link rel="stylesheet" href="{link.get("href")}">', f"<style>{style}</style>")
