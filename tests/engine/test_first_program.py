"""The lines to copy in docs/first-program.md are run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.workspace import printed

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "first-program.md").read_text()

pytestmark = [pytest.mark.engine, pytest.mark.fresh]


def test_the_lines_to_copy_work(tmp_path, engine_folder, emulator):
    """In a checkout with an engine as `make demo` leaves it, in the home of somebody new."""
    (lines,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    checkout, home = tmp_path / "checkout", tmp_path / "home"
    (checkout / ".engine").mkdir(parents=True)
    home.mkdir()
    (checkout / ".venv").symlink_to(sys.prefix)
    (checkout / ".engine" / "bin").symlink_to(engine_folder)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PULUMI_", "SCALEKIT_"))}
    environment = {
        **inherited,
        **emulator.environment,
        "HOME": str(home),
        "PULUMI_HOME": str(home / ".pulumi"),  # Pulumi takes the user's own, whatever HOME says
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }

    ran = subprocess.run(
        ["sh", "-eu"],
        input=lines,
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert ran.returncode == 0, printed(ran)
    (connection,) = emulator.store.connections.values()
    assert connection["enabled"]
    assert connection["oidc_config"]["client_secret"] == "okta-s3cret"
    assert connection["oidc_config"]["redirect_uri"] in ran.stdout
