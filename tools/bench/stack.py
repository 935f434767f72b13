"""The stacks that are measured: organizations with a connection each, of both providers and of their floors."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pulumi_scalekit.emulator import Emulator
from tests.support.workspace import Workspace

FLOOR_FOLDER = Path(__file__).resolve().parents[1] / "floor"
OURS = """
import os
import pulumi_scalekit as scalekit
title = os.environ.get("TITLE", "Sign in")
for n in range({first}, {first} + {count}):
    organization = scalekit.Organization(f"org-{{n}}", display_name=f"Organization {{n}}", external_id=f"ext-{{n}}")
    if not {connections}:
        continue
    scalekit.Connection(
        f"sso-{{n}}",
        organization_id=organization.id,
        provider="OKTA",
        type="OIDC",
        ui_button_title=title if n == {first} else "Sign in",
        oidc={{"issuer": f"https://t{{n}}.okta.com", "client_id": f"0oa{{n}}", "client_secret": "s3cret"}},
        enabled=True,
    )
"""
FLOOR = """
import os, sys
sys.path.insert(0, {folder!r})
from bare import Connection, Organization
title = os.environ.get("TITLE", "Sign in")
for n in range({first}, {first} + {count}):
    organization = Organization(f"org-{{n}}", {plugin}, displayName=f"Organization {{n}}", externalId=f"ext-{{n}}")
    if not {connections}:
        continue
    Connection(
        f"sso-{{n}}", {plugin}, organizationId=organization.id, provider="OKTA", type="OIDC",
        uiButtonTitle=title if n == {first} else "Sign in",
        oidc={{"issuer": f"https://t{{n}}.okta.com", "client_id": f"0oa{{n}}", "client_secret": "s3cret"}}, enabled=True,
    )
"""
VARIANTS = ("floor dynamic", "dynamic", "floor plugin", "plugin")
FEWER_CHECKPOINTS = {"PULUMI_SKIP_CHECKPOINTS": "true", "PULUMI_EXPERIMENTAL": "true"}
"""What docs/a-thousand-tenants.md recommends: else most of the time is the engine's, which writes its state."""
RECOMMENDED = {**FEWER_CHECKPOINTS, "PULUMI_PARALLEL_DIFF": "true"}
"""All that it recommends."""


def stack(
    scratch: Path,
    engine: Path,
    emulator: Emulator,
    variant: str,
    count: int,
    *,
    connections: bool = True,
    first: int = 0,
) -> Workspace:
    """A project with `count` organizations of one variant.

    Args:
        scratch: A folder that is not there yet.
        engine: The folder of the `pulumi` command.
        emulator: The environment.
        variant: Of `VARIANTS`.
        count: Organizations.
        connections: Whether each has a connection.
        first: The number of the first organization: those of other stacks of the environment have others.

    """
    plugin = "plugin" in variant
    template = FLOOR if "floor" in variant else OURS
    numbers = {"count": count, "first": first}
    text = template.format(folder=str(FLOOR_FOLDER), plugin=plugin, connections=connections, **numbers)
    environment = {**emulator.environment, "PYTHONPATH": str(FLOOR_FOLDER), **FEWER_CHECKPOINTS}
    made = Workspace(
        scratch, {"__main__.py": text}, engine=engine, home=scratch.parent / "home", environment=environment
    )
    if variant == "plugin":
        made.config("scalekit:plugin", "true")
    if variant == "floor plugin":
        script = scratch / "bin" / "pulumi-resource-bare"
        script.parent.mkdir()
        script.write_text(f"#!/bin/sh\nexec {sys.executable} {FLOOR_FOLDER / 'bare.py'}\n")
        script.chmod(0o755)
        made.environment["PATH"] = f"{script.parent}{os.pathsep}{made.environment['PATH']}"
    return made
