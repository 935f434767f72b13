"""`pulumi-scalekit portal-link`: the link alone on stdout, what it opens and until when on stderr."""

import json

import pytest
from click.testing import CliRunner

from pulumi_scalekit.cli import main
from tests.support.stack_on_paper import StackOnPaper


@pytest.fixture
def acme(api):
    """An organization with a connection; single sign-on is on, and directory sync too."""
    return api.organization(display_name="Acme\x1b[2J", external_id="cust/1")


@pytest.fixture
def variables(emulator, monkeypatch, tmp_path):
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)


def portal_link(*words):
    ended = CliRunner().invoke(main, ["portal-link", *words], catch_exceptions=False)
    return ended.exit_code, ended.stdout, ended.stderr


def requests(emulator):
    return [
        f"{entry.method} {entry.path.removeprefix('/api/v1')}?{entry.query}".rstrip("?") for entry in emulator.ledger
    ]


def test_the_link_alone_can_be_piped(variables, acme, emulator):
    emulator.ledger.clear()
    code, shown, said = portal_link(acme)

    assert code == 0
    assert shown.startswith(f"{emulator.url}/magicLink/")
    assert shown.count("\n") == 1
    assert "It can be opened until" in said
    assert "s from now" in said
    assert f"Whoever has this link may change single sign-on and directory sync of Acme [2J ({acme})" in said
    assert shown.strip() not in said
    assert requests(emulator)[-1] == f"PUT /organizations/{acme}/portal_links"


def test_an_organization_by_the_users_own_key(variables, acme, emulator):
    code, _, said = portal_link("external:cust/1", "--feature", "dir_sync")

    assert code == 0
    assert f"directory sync of Acme [2J ({acme})" in said
    assert requests(emulator)[-1] == f"PUT /organizations/{acme}/portal_links?features=dir_sync"


def test_a_connection_is_looked_up_first(variables, acme, api, emulator):
    connection = api.connection(acme)
    code, _, said = portal_link(acme, "--connection", connection)

    assert code == 0
    assert f"single sign-on of Acme [2J ({acme}), whose connection {connection} (OKTA, OIDC) is not enabled yet" in said
    assert requests(emulator)[-1] == f"PUT /organizations/{acme}/portal_links?features=sso"


def test_a_connection_of_another_organization(variables, acme, api, emulator):
    connection = api.connection(api.organization())
    code, shown, said = portal_link(acme, "--connection", connection)

    assert (code, shown) == (1, "")
    assert f"{acme} has none with this id" in said
    assert not [entry for entry in emulator.ledger if entry.path.endswith("portal_links")]


def test_json_holds_both(variables, acme, emulator):
    code, shown, said = portal_link(acme, "--json", "--feature", "sso")
    answer = json.loads(shown)

    assert (code, said) == (0, "")
    assert answer.pop("location").startswith(f"{emulator.url}/magicLink/")
    assert answer.pop("expireTime").endswith("Z")
    assert "keep it out of tickets" in answer.pop("warning")
    assert answer == {"organizationId": acme, "organization": "Acme [2J", "features": ["sso"]}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("acme", "give org_…, or external:acme if it is your own key of it"),
        ("org_404", "there is none in http"),
        ("external:nobody", "there is none in http"),
    ],
)
def test_an_organization_that_is_not_there(variables, emulator, given, words):
    code, shown, said = portal_link(given)

    assert (code, shown) == (1, "")
    assert words in said
    assert not [entry for entry in emulator.ledger if entry.method != "GET"]


def test_a_feature_that_is_off(variables, api):
    organization = api.bare_organization().rpartition("/")[2]
    code, shown, said = portal_link(organization, "--feature", "dir_sync")

    assert (code, shown) == (1, "")
    assert "feature dir_sync is not enabled" in said


def test_the_credentials_of_the_selected_stack_come_first(tmp_path, monkeypatch, acme, emulator):
    project = StackOnPaper(tmp_path, monkeypatch)
    project.config(environmentUrl=emulator.url, clientId=emulator.client_id, clientSecret=emulator.client_secret)
    monkeypatch.setenv("SCALEKIT_ENVIRONMENT_URL", "https://elsewhere.scalekit.com")
    code, _, said = portal_link(acme, "--cwd", str(project.folder))

    assert code == 0, said


def test_a_stack_that_is_not_there_is_not_replaced_by_the_variables(tmp_path, monkeypatch, variables, acme, emulator):
    project = StackOnPaper(tmp_path, monkeypatch)
    project.stack("")

    code, _, said = portal_link(acme, "--cwd", str(project.folder), "--stack", "prod")
    assert code == 1
    assert "There is no stack prod" in said
    code, _, said = portal_link(acme, "--cwd", str(tmp_path), "--stack", "prod")
    assert code == 1
    assert "Name the project's folder with --cwd" in said
    assert portal_link(acme, "--cwd", str(project.folder))[0] == 0, "no stack is selected: the variables are used"


def test_a_secret_is_in_no_error(variables, monkeypatch, acme):
    monkeypatch.setenv("SCALEKIT_CLIENT_SECRET", "canary-secret-9f3e")
    code, shown, said = portal_link(acme)

    assert (code, shown) == (1, "")
    assert "canary" not in said
    assert "Check scalekit:clientId and scalekit:clientSecret" in said
