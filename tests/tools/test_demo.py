"""`make demo` where something fails: it shows all that the command printed. tools/pictures runs it to its end."""

import subprocess
import sys
from pathlib import Path

from tests.support.machine import COMPANIONS

ROOT = Path(__file__).resolve().parents[2]
PULUMI = """\
#!/bin/sh
case "$1" in
version) echo v3.259.0 ;;
up) echo " +  pulumi-python:dynamic/scalekit:Organization acme created (0.4s)"
    echo "error: the disk is full" >&2
    exit 3 ;;
esac
"""


def run(tmp_path, *words):
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("pulumi", *COMPANIONS):
        (folder / name).write_text(PULUMI)
        (folder / name).chmod(0o755)
    return subprocess.run(
        [sys.executable, "-m", "tools.demo", "--scratch", tmp_path / "demo", *words],
        cwd=ROOT,
        env={"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_failure_shows_what_the_command_printed_and_how_it_ended(tmp_path):
    failed = run(tmp_path)

    assert failed.returncode == 1
    assert "acme created (0.4s)\nerror: the disk is full\n" in failed.stderr
    assert "`pulumi up --yes --skip-preview` ended with exit code 3, not 0." in failed.stderr
    assert "2. " not in failed.stdout
    assert not (tmp_path / "demo").exists()


def test_so_it_does_where_everything_is_shown_as_it_comes(tmp_path):
    failed = run(tmp_path, "--verbose")

    assert failed.returncode == 1
    assert "acme created (0.4s)" in failed.stdout
    assert "error: the disk is full" in failed.stderr
    assert "ended with exit code 3, not 0." in failed.stderr
