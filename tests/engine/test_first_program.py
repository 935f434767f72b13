"""The lines to copy in docs/first-program.md and examples/README.md are run as they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.workspace import printed

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.engine, pytest.mark.fresh]


@pytest.fixture
def newcomer(tmp_path, engine_folder, emulator):
    """Runs lines in a checkout with an engine as `make demo` leaves it, in the home of somebody new."""
    checkout, home = tmp_path / "checkout", tmp_path / "home"
    (checkout / ".engine").mkdir(parents=True)
    home.mkdir()
    (checkout / ".venv").symlink_to(sys.prefix)
    (checkout / ".engine" / "bin").symlink_to(engine_folder)
    shutil.copytree(
        ROOT / "examples" / "quickstart", checkout / "examples" / "quickstart", ignore=lambda *_: ["Pulumi.dev.yaml"]
    )
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PULUMI_", "SCALEKIT_"))}
    environment = {
        **inherited,
        **emulator.environment,
        "HOME": str(home),
        "PULUMI_HOME": str(home / ".pulumi"),  # Pulumi takes the user's own, whatever HOME says
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }

    def run(lines):
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
        return ran.stdout

    return run


def lines_to_copy(page):
    (lines,) = re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    return lines


def test_the_lines_to_copy_work(newcomer, emulator):
    shown = newcomer(lines_to_copy("docs/first-program.md"))

    (connection,) = emulator.store.connections.values()
    assert connection["enabled"]
    assert connection["oidc_config"]["client_secret"] == "okta-s3cret"
    assert connection["oidc_config"]["redirect_uri"] in shown


def test_the_lines_for_an_example_and_those_on_its_page_work(newcomer, emulator):
    page = (ROOT / "examples" / "quickstart" / "README.md").read_text()
    own = re.findall(r"^    (pulumi .*)", page, re.MULTILINE)
    assert own[-1] == "pulumi up"

    newcomer("\n".join([lines_to_copy("examples/README.md"), *own[:-1], "pulumi up --yes --skip-preview"]))

    assert sorted(one["external_id"] for one in emulator.store.organizations.values()) == ["acme", "globex", "initech"]
