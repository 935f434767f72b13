"""What the tests of a report share."""

import pytest
from click.testing import CliRunner

from pulumi_scalekit.cli import main


@pytest.fixture
def report(tmp_path, emulator, config, monkeypatch):
    """Runs the command on states, from a folder without a project: (exit code, output)."""
    monkeypatch.chdir(tmp_path)
    # `config` closes the client of this process: a later test may get the same port, with another environment behind it.
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)

    def run(*stacks, **options):
        files = [stack.write(tmp_path / f"stack{number}.json") for number, stack in enumerate(stacks)]
        arguments = [word for file in files for word in ("--state", file)]
        arguments += [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]
        ended = CliRunner().invoke(main, ["report", *arguments])
        assert not ended.exception or isinstance(ended.exception, SystemExit), ended.exception
        return ended.exit_code, ended.output

    return run
