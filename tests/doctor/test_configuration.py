"""The settings, and where each comes from."""

import json

import pytest

from tests.support.doctor_report import CANARY, ELSEWHERE


def test_a_misspelt_key(project, examine, emulator):
    project.config(enviromentUrl=emulator.url, **{k: v for k, v in project.good.items() if k != "environmentUrl"})
    report = examine()
    text, remedy = report.one("error", "scalekit:enviromentUrl")

    assert "did you mean environmentUrl?" in text
    assert remedy == "`pulumi config set scalekit:environmentUrl …`, then `pulumi config rm scalekit:enviromentUrl`."
    assert "`pulumi config set scalekit:environmentUrl …`" in report.one("error", "Not set: scalekit:environmentUrl")[1]
    report.one("note", "Nothing is asked of Scalekit")
    assert len(emulator.ledger) == len(emulator.ledger.tokens) == 0


def test_a_misspelt_key_beside_the_right_one(project, examine):
    project.config(**project.good, clientld="skc_2")
    _, remedy = examine().one("error", "did you mean clientId?")

    assert remedy == "`pulumi config rm scalekit:clientld`."


def test_what_is_missing_is_said_once(project, examine):
    project.config(clientId="skc_1")
    text, remedy = examine().one("error", "Not set")

    assert "scalekit:environmentUrl (the Scalekit environment, https://…), scalekit:clientSecret" in text
    assert "`pulumi config set --secret scalekit:clientSecret`; or set SCALEKIT_ENVIRONMENT_URL, " in remedy


def test_neither_a_stack_nor_a_variable(project, examine):
    project.stack("")
    report = examine()

    assert "SCALEKIT_ENVIRONMENT_URL" in report.one("note", "No environment of Scalekit is named")[1]
    assert report.bad() == []
    assert report.code == 0


def test_a_key_without_its_namespace(project, examine):
    project.config(
        **{"clientId": "skc_1", "clientSecret": CANARY, "customers:environmentUrl": "https://a.scalekit.com"}
    )
    _, remedy = examine().one("warning", "customers:environmentUrl is a setting of the project")

    assert "`pulumi config set scalekit:environmentUrl …`" in remedy


def test_a_misspelt_variable(project, examine, monkeypatch):
    monkeypatch.setenv("SCALEKIT_CLIENTID", "skc_1")
    _, remedy = examine().one("warning", "did you mean SCALEKIT_CLIENT_ID?")

    assert "export SCALEKIT_CLIENT_ID=…" in remedy


def test_a_secret_in_plaintext(project, examine):
    project.config("clientSecret", **project.good)
    report = examine()
    _, remedy = report.one("error", "scalekit:clientSecret is stored in plaintext")

    assert "`pulumi config set --secret scalekit:clientSecret`" in remedy
    assert "make a new one" in remedy
    assert report.code == 1


def test_a_variable_that_the_stack_overrides(project, examine, monkeypatch, emulator):
    monkeypatch.setenv("SCALEKIT_CLIENT_SECRET", "canary-of-the-variable")
    monkeypatch.setenv("SCALEKIT_CLIENT_ID", emulator.client_id)
    report = examine()
    _, remedy = report.one("warning", "SCALEKIT_CLIENT_SECRET is set and not used")

    assert "`unset SCALEKIT_CLIENT_SECRET`" in remedy
    assert "`pulumi config rm scalekit:clientSecret`" in remedy
    assert "canary-of-the-variable" not in json.dumps(report.json)
    assert len(report.bad()) == 1, "one with the same value does no harm"
    assert report.code == 0, "a warning does not fail"


def test_a_variable_that_is_set_but_empty(project, examine, monkeypatch):
    monkeypatch.setenv("SCALEKIT_CLIENT_SECRET", " ")
    project.config(**{**project.good, "clientSecret": CANARY})
    _, remedy = examine().one("warning", "SCALEKIT_CLIENT_SECRET is set, but empty")

    assert "`unset SCALEKIT_CLIENT_SECRET`" in remedy


@pytest.mark.parametrize(
    ("values", "words", "remedy"),
    [
        ({"clientId": ""}, "scalekit:clientId is empty", "`pulumi config set scalekit:clientId …`"),
        (
            {"clientSecret": "${SECRET}"},
            "is a mask or a placeholder",
            "`pulumi config set --secret scalekit:clientSecret`",
        ),
        ({"environmentUrl": "acme.scalekit.com"}, "is not a URL", "https://<your environment>.scalekit.com"),
        ({"environmentUrl": "http://acme.scalekit.com"}, "acme.scalekit.com", "Use https://acme.scalekit.com"),
        (
            {"previousEnvironmentUrl": "acme"},
            "scalekit:previousEnvironmentUrl is",
            "https://<your environment>.scalekit.com",
        ),
        ({"plugin": "yes"}, "scalekit:plugin is 'yes'", "`pulumi config set scalekit:plugin true`"),
        ({"adopt": "maybe"}, "must be identical or no", "`pulumi config rm scalekit:adopt`"),
    ],
)
def test_a_value_that_cannot_be(project, examine, values, words, remedy):
    project.config(**{**project.good, **values})
    report = examine()
    text, advice = report.one("error", words)

    assert remedy in text + " " + advice
    assert report.code == 1


def test_a_password_in_the_url_is_not_shown(project, examine):
    project.config(**{**project.good, "environmentUrl": f"https://admin:{CANARY}@acme.scalekit.com"})

    examine().one("error", "must not hold a user name or password")


def test_settings_that_are_to_be_removed_again(project, examine):
    project.config(**project.good, adopt="identical", previousEnvironmentUrl=ELSEWHERE)
    report = examine()

    assert "`pulumi config rm scalekit:adopt`" in report.one("warning", "`pulumi destroy` then deletes it")[1]
    assert "`pulumi config rm scalekit:previousEnvironmentUrl`" in report.one("note", ELSEWHERE)[1]


def test_a_passphrase_that_is_not_the_stacks(project, examine, emulator):
    project.lock()
    report = examine()

    assert "PULUMI_CONFIG_PASSPHRASE" in report.one("error", "cannot be decrypted")[1]
    report.one("ok", f"scalekit:environmentUrl: {emulator.url}")
    assert not [each for each in report.diagnoses if "is empty" in each["text"]]
