"""The project and its stack."""

from click.testing import CliRunner

from pulumi_scalekit.cli import main
from tests.support.doctor_report import Report


def test_from_a_folder_below_the_project(project, examine, monkeypatch):
    below = project.folder / "tenants"
    below.mkdir()
    monkeypatch.chdir(below)
    ended = CliRunner().invoke(main, ["doctor", "--json"], catch_exceptions=False)

    assert Report(ended).one("ok", f"Project customers in {project.folder}")


def test_outside_of_a_project_the_rest_is_still_looked_at(project, tmp_path, emulator, monkeypatch):
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    empty = tmp_path / "empty"
    empty.mkdir()
    ended = CliRunner().invoke(main, ["doctor", "--cwd", str(empty), "--json"], catch_exceptions=False)
    report = Report(ended)

    assert report.code == 0
    report.one("note", "There is no Pulumi.yaml")
    report.one("ok", "from the variable SCALEKIT_CLIENT_SECRET")
    report.one("ok", "gets an access token")


def test_no_stack_is_selected(project, examine):
    project.stack("")
    _, remedy = examine().one("note", "No stack is selected")

    assert "`pulumi stack select`" in remedy


def test_a_stack_that_is_not_there(project, examine):
    project.stack("")
    report = examine("--stack", "prod")

    report.one("error", "There is no stack prod")
    assert report.code == 1


def test_a_project_file_that_is_no_yaml(project, examine):
    (project.folder / "Pulumi.yaml").write_text("name: customers\nruntime: [python\n")

    examine().one("error", "cannot be read as YAML (line 3)")
