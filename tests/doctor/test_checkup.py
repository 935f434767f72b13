"""All parts together: what is printed, and that nothing but reads is sent."""

from click.testing import CliRunner

from pulumi_scalekit.cli import main
from tests.support.doctor_report import CANARY, DISCOVERY, connection
from tests.support.stack_on_paper import resource


def test_where_all_is_well_nothing_has_to_be_done(project, examine, emulator, api):
    api.organization()
    emulator.ledger.clear()
    project.state(resource("Organization", "acme", emulator.url))
    report = examine()

    assert report.code == 0
    assert report.bad() == []
    report.one("ok", "Stack dev")
    report.one("ok", "scalekit:clientSecret: a secret, from the stack's configuration")
    report.one("ok", "good for 23 h 59 min")
    report.one("ok", "clock agrees")
    report.one("ok", f"1 resource lives in {emulator.url}, the configured environment")
    assert {entry.method for entry in emulator.ledger} == {"GET"}, "it only reads"
    asked = [entry.path for entry in emulator.ledger]
    assert len(asked) == len(set(asked)), "it asks nothing twice"
    assert len(emulator.ledger.tokens) == 1


def test_the_lines_say_the_same_as_the_json(project, examine):
    project.config(**{**project.good, "enviromentUrl": "x"})
    report = examine()
    lines = CliRunner().invoke(main, ["doctor", "--cwd", str(project.folder)], catch_exceptions=False)

    assert lines.exit_code == report.code == 1
    assert CANARY not in lines.output
    flat = " ".join(lines.output.split())
    for diagnosis in report.diagnoses:
        assert " ".join(diagnosis["text"].split()) in flat
        # The id is that of the one request.
        assert diagnosis["remedy"].partition(" [request id ")[0].strip() in flat
    assert "1 error, 0 warnings" in flat
    assert report.json["totals"]["error"] == 1


def test_names_from_outside_do_not_steer_a_terminal(project, emulator, website):
    url = website({DISCOVERY: (200, b'{"issuer": "https://evil\\u001b[2J"}')})
    project.state(connection(emulator, oidc={"issuer": url}))
    ended = CliRunner().invoke(main, ["doctor", "--cwd", str(project.folder), "--online"], catch_exceptions=False)

    assert "https://evil" in ended.output
    assert "\x1b" not in ended.output
