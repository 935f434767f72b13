import pytest
from click.testing import CliRunner

from pulumi_scalekit.cli import main


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "customers"


@pytest.fixture
def adopt(emulator, config, folder, monkeypatch):
    """Runs `pulumi-scalekit adopt` against the emulator, and returns its exit code and what it printed."""
    # `config` closes the client of this process: a later test may get the same port, with another environment behind it.
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)

    def run(*words):
        ended = CliRunner().invoke(main, ["adopt", "--out", str(folder), *words], catch_exceptions=False)
        return ended.exit_code, ended.output

    return run
