"""httpx comes without its command line, which takes longer to import than all the rest of it."""

import importlib.util
import subprocess
import sys

import pytest


def loaded(program):
    script = f"{program}\nimport sys\nprint(*sorted(sys.modules))"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(
    not importlib.util.find_spec("rich"), reason="httpx has no command line here: rich is not installed"
)
def test_what_only_the_command_line_of_httpx_needs_is_not_imported():
    assert {"httpx._main", "rich"} <= set(loaded("import httpx"))
    assert not {"httpx._main", "rich", "pygments"} & set(loaded("import pulumi_scalekit.api.client"))


@pytest.mark.parametrize("before", [True, False])
def test_it_is_the_httpx_that_the_program_has(before):
    ours, theirs = "from pulumi_scalekit.api.http import httpx as ours", "import httpx as theirs"
    program = "\n".join([theirs, ours] if before else [ours, theirs])

    assert "httpx" in loaded(f"{program}\nassert ours is theirs\nassert callable(theirs.main)")
