"""The environment of the resources in the state."""

from tests.support.doctor_report import ELSEWHERE
from tests.support.stack_on_paper import resource


def test_a_state_of_another_environment(project, examine, emulator):
    project.state(
        resource("Organization", "acme", ELSEWHERE),
        resource("Domain", "acme-com", ELSEWHERE),
        resource("Organization", "globex", emulator.url),
        resource("Organization", "europe", "https://eu.scalekit.com", provider="eu"),
    )
    report = examine()
    text, remedy = report.one("error", "2 resources live in")

    assert ELSEWHERE in text
    assert emulator.url in text
    assert f"`pulumi config set scalekit:previousEnvironmentUrl {ELSEWHERE}`" in remedy
    assert "`pulumi stack select`" in remedy
    report.one("ok", f"1 resource lives in {emulator.url}")
    report.one("ok", "1 resource lives in https://eu.scalekit.com, through an explicit scalekit.Provider")


def test_a_state_that_is_about_to_move(project, examine):
    project.state(resource("Organization", "acme", ELSEWHERE))
    project.config(**project.good, previousEnvironmentUrl=f"{ELSEWHERE}/")
    report = examine()

    assert "`pulumi up` moves them" in report.one("note", f"1 resource lives in {ELSEWHERE}")[1]
    assert report.code == 0
