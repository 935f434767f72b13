"""Both type checkers on programs that must pass or fail, see tests/typing. On the package itself `make lint` runs them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "tests" / "typing"
REFUSED = PROGRAMS / "refused.py"
# What each says of a comment that is not needed any more.
UNUSED = {"mypy": 'Unused "type: ignore', "basedpyright": 'Unnecessary "# type: ignore'}


def check(checker, *files):
    command = [Path(sys.executable).with_name(checker), *files]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("checker", UNUSED)
def test_the_programs_pass(checker):
    judged = check(checker, PROGRAMS)

    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("checker", UNUSED)
def test_a_program_that_is_no_longer_refused_is_noticed(checker, tmp_path):
    """Else a program that must fail could pass, and nobody would know."""
    program = tmp_path / "mended.py"
    program.write_text(REFUSED.read_text().replace("display_name=1)", 'display_name="1")'))

    judged = check(checker, program)

    assert judged.returncode != 0
    assert judged.stdout.count("mended.py:") == 1, judged.stdout
    assert UNUSED[checker] in judged.stdout
