"""`pulumi-scalekit doctor`: each fault is caused on purpose, and has to be found with its remedy."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from pulumi_scalekit.cli import main
from pulumi_scalekit.doctor.engine import OLDEST
from pulumi_scalekit.emulator import Emulator, Switches
from pulumi_scalekit.emulator.serving.fault_injection import Fault
from tests.support.stack_on_paper import StackOnPaper, resource
from tools.engine.found import OLDEST as OLDEST_OF_THE_TOOLS

CANARY = "canary-secret-9f3e"
ELSEWHERE = "https://acme.scalekit.com"


@pytest.fixture
def ahead():
    """By how many seconds the emulator's clock is ahead of this machine's: a list of one."""
    return [0.0]


@pytest.fixture
def emulator(switches, one_ssl_context, ahead):
    with Emulator(switches, client_secret=CANARY, clock=lambda: time.time() + ahead[0]) as running:
        yield running


@pytest.fixture
def project(tmp_path, monkeypatch, emulator):
    """A project whose stack leads to the emulator."""
    for variable in ("ENVIRONMENT_URL", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.delenv(f"SCALEKIT_{variable}", raising=False)
    made = StackOnPaper(tmp_path, monkeypatch)
    made.good = {"environmentUrl": emulator.url, "clientId": emulator.client_id, "clientSecret": CANARY}
    made.config(**made.good)
    return made


class Report:
    """What the command printed."""

    def __init__(self, ended):
        self.code = ended.exit_code
        self.json = json.loads(ended.stdout)
        self.diagnoses = self.json["findings"]

    def one(self, level, words):
        """The text and the remedy of the only diagnosis of a level that has these words."""
        found = [each for each in self.diagnoses if each["level"] == level and words in each["text"]]
        assert len(found) == 1, json.dumps(self.diagnoses, indent=1)
        return found[0]["text"], found[0]["remedy"]

    def levels(self, part):
        return [each["level"] for each in self.diagnoses if each["part"] == part]

    def bad(self):
        return [each for each in self.diagnoses if each["level"] in ("error", "warning")]


@pytest.fixture
def examine(project):
    """Runs the command in the project, checks that no secret is printed, and returns the report."""

    def run(*words):
        ended = CliRunner().invoke(
            main, ["doctor", "--cwd", str(project.folder), "--json", *words], catch_exceptions=False
        )
        assert CANARY not in ended.output
        return Report(ended)

    return run


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
    assert len(emulator.ledger) <= 7
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
        assert diagnosis["remedy"].strip() in flat
    assert "1 error, 0 warnings" in flat
    assert report.json["totals"]["error"] == 1


def test_from_a_folder_below_the_project(project, examine, monkeypatch):
    below = project.folder / "tenants"
    below.mkdir()
    monkeypatch.chdir(below)
    ended = CliRunner().invoke(main, ["doctor", "--json"], catch_exceptions=False)

    assert Report(ended).one("ok", f"Project customers in {project.folder}")


# The engine


def test_the_oldest_engine_is_that_of_the_tests_and_the_documents():
    assert OLDEST_OF_THE_TOOLS[:2] == OLDEST


@pytest.mark.parametrize(
    ("version", "level", "words"),
    [
        ("v3.138.0", "error", "is too old"),
        ("v3.200.1", "ok", "`adopt --import` alone needs 3.254"),
        ("", "note", "does not tell its version"),
    ],
)
def test_the_version_of_the_engine(project, examine, version, level, words):
    project.version(version)
    report = examine()

    report.one(level, words)
    assert report.code == (level == "error")


def test_no_engine(project, examine):
    (project.bin / "pulumi").unlink()
    report = examine()

    _, remedy = report.one("error", "There is no `pulumi` on PATH")
    assert "https://www.pulumi.com/docs/install/" in remedy
    assert report.code == 1


def test_an_engine_without_its_language_host(project, examine):
    (project.bin / "pulumi-language-python").unlink()
    text, remedy = examine().one("error", "neither beside")

    assert "pulumi-language-python, with which Pulumi runs programs in python, is" in text
    assert "Install it with Pulumi's own installer" in remedy


def test_a_virtual_environment_that_is_not_there(project, examine):
    project.head(runtime={"name": "python", "options": {"virtualenv": "venv"}})
    _, remedy = examine().one("error", "the virtual environment venv, which is not there")

    assert remedy.startswith("`pulumi install`")


def test_a_program_whose_python_has_no_pulumi_scalekit(project, examine):
    python = project.folder / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    project.head(runtime={"name": "python", "options": {"virtualenv": "venv"}})
    _, remedy = examine().one("error", "has no pulumi-scalekit")

    assert f"`{python} -m pip install pulumi-scalekit`" in remedy


# The plugin


def test_a_plugin_that_is_in_the_virtual_environment_but_not_on_path(project, examine):
    project.config(**project.good, plugin="true")
    _, remedy = examine().one("error", "finds no pulumi-resource-scalekit")

    assert "source .venv/bin/activate" in remedy
    project.head(plugins={"providers": [{"name": "scalekit", "path": f"{project.interpreter}/bin"}]})
    examine().one("ok", "starts")


def test_a_plugin_that_does_not_start(project, examine):
    project.command("pulumi-resource-scalekit", "#!/bin/sh\necho 'ModuleNotFoundError' >&2\nexit 1\n")
    project.config(**project.good, plugin="true")
    _, remedy = examine().one("error", "does not start")

    assert f"Run `{project.bin}/pulumi-resource-scalekit` to see why" in remedy


# The project and its stack


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


# The configuration


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


# The credentials, the clock, the endpoints


def test_a_wrong_secret(project, examine, monkeypatch):
    project.config(**{key: value for key, value in project.good.items() if key != "clientSecret"})
    monkeypatch.setenv("SCALEKIT_CLIENT_SECRET", "canary-that-is-wrong")
    report = examine()
    text, remedy = report.one("error", "do not belong together")

    assert "answered 401" in text
    assert "scalekit:clientSecret is from the variable SCALEKIT_CLIENT_SECRET" in text
    assert "`pulumi config set --secret scalekit:clientSecret`" in remedy
    assert "canary-that-is-wrong" not in json.dumps(report.json)
    assert report.levels("unpublished endpoints") == [], "nothing more is asked"


def test_a_token_that_the_api_does_not_take(project, examine, emulator):
    emulator.faults.add(Fault("status", path="/api/v1/organizations", status=401, times=None))
    _, remedy = examine().one("error", "Listing the organizations failed")

    assert "they belong to another environment" in remedy


def test_a_host_that_is_not_there(project, examine):
    project.config(**{**project.good, "environmentUrl": "http://127.0.0.1:1"})
    _, remedy = examine().one("error", "refused the connection")

    assert "HTTPS_PROXY" in remedy


def test_a_website_in_place_of_the_api(project, examine, website):
    project.config(**{**project.good, "environmentUrl": website({"/oauth/token": (200, b"<html></html>")})})
    _, remedy = examine().one("error", "a web page instead of")

    assert "Check scalekit:environmentUrl" in remedy


@pytest.mark.parametrize(("hours", "words"), [(3, "behind"), (-3, "ahead of")])
def test_a_clock_that_is_wrong(project, examine, ahead, hours, words):
    ahead[0] = hours * 3600.0
    text, remedy = examine().one("warning", "This machine's clock")

    assert words in text
    assert "timedatectl" in remedy


class TestUnpublishedEndpoints:
    @pytest.fixture(params=["missing", "refused"])
    def switches(self, request):
        return Switches(unpublished_endpoints=request.param)

    def test_that_no_resource_needs_do_no_harm(self, project, examine, api):
        api.organization()
        report = examine()

        assert report.code == 0
        text, _ = report.one("note", "GET /clients, an endpoint that Scalekit has not published")
        assert text.startswith(
            "No Application or RedirectUri can be managed in this environment, and this stack has none"
        )
        report.one("note", "GET /organizations/{organization_id}/settings/usermanagement")

    def test_that_a_resource_of_another_environment_needs_do_no_harm(self, project, examine, emulator):
        project.state(resource("Application", "web", "https://eu.scalekit.com", provider="eu"))

        assert examine().code == 0

    def test_that_a_resource_needs_are_an_error(self, project, examine, emulator):
        project.state(resource("Application", "web", emulator.url))
        report = examine()
        text, remedy = report.one("error", "GET /clients, an endpoint that Scalekit has not published")

        assert "The stack's resources of the type Application cannot be managed" in text
        assert "Ask Scalekit's support" in remedy
        assert report.code == 1


def test_unpublished_endpoints_that_answer(project, examine, emulator):
    project.state(resource("Connection", "sso", emulator.url))
    report = examine()

    report.one("ok", "GET /clients (Application, RedirectUri)")
    report.one("note", "Not tried, because there is no organization yet")
    report.one("note", "Connection is written with endpoints that Scalekit has not published")


# The state


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


# Online


@pytest.fixture
def website():
    """Makes a website of paths and their answers, (status, body) or with headers, and returns its address."""
    servers = []

    def make(answers):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.seen.append((self.path, dict(self.headers)))
                status, body, *headers = answers.get(self.path, (404, b""))
                self.send_response(status)
                for name, value in (headers[0] if headers else {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the standard library's name

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.seen = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        make.seen = server.seen
        return f"http://127.0.0.1:{server.server_port}"

    yield make
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


METADATA = b"""<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example">
<md:IDPSSODescriptor/></md:EntityDescriptor>"""
DISCOVERY = "/.well-known/openid-configuration"


def connection(emulator, name="acme-sso", **blocks):
    return resource("Connection", name, emulator.url, **blocks)


def test_nothing_is_fetched_without_being_asked_for(project, examine, emulator, website):
    url = website({})
    project.state(connection(emulator, oidc={"issuer": url}))
    examine()

    assert website.seen == []


def test_documents_that_fit(project, examine, emulator, website):
    answers = {"/md": (200, METADATA), "/keys": (200, b'{"keys": [{"kty": "RSA"}]}')}
    url = website(answers)
    answers[f"/a{DISCOVERY}"] = (302, b"", {"Location": "/b"})
    answers["/b"] = (200, json.dumps({"issuer": f"{url}/a"}).encode())
    saml = {"idpMetadataUrl": f"{url}/md", "idpEntityId": "https://idp.example"}
    project.state(
        connection(emulator, oidc={"issuer": f"{url}/a/", "jwksUri": f"{url}/keys"}),
        connection(emulator, "b", oidc={"issuer": f"{url}/a"}),
        connection(emulator, "c", saml=saml),
    )
    report = examine("--online")

    report.one("ok", "4 of 4 documents")
    assert sorted(path for path, _ in website.seen) == sorted([f"/a{DISCOVERY}", "/b", "/keys", "/md"]), "each once"
    assert not any({"authorization", "cookie"} & {name.lower() for name in headers} for _, headers in website.seen)


@pytest.mark.parametrize(
    ("oidc", "answer", "words", "remedy"),
    [
        ({"issuer": "{url}"}, (200, b'{"issuer": "https://other.example"}'), "its issuer is https://other.example", "Declare"),
        ({"issuer": "{url}"}, (200, b"<html>"), "no OpenID discovery document", "Ask the customer"),
        ({"issuer": "{url}"}, (200, b"[]"), "no OpenID discovery document", "Ask the customer"),
        ({"issuer": "{url}"}, (404, b""), "was answered 404", "correct oidc.issuer"),
        ({"issuer": "{url}"}, (200, b"x" * 2_000_001), "larger than 2,000,000 bytes", "Open the address"),
        ({"issuer": "{url}"}, (302, b"", {"Location": DISCOVERY}), "redirects more than 3 times", "Open the address"),
        ({"issuer": "{url}"}, (302, b"", {"Location": "http://idp.example/"}), "http://idp.example/ is not https", "https"),
        ({"discoveryEndpoint": "{url}" + DISCOVERY, "issuer": "https://declared.example"}, (200, b'{"issuer": "https://other.example"}'), "the declared one is https://declared.example", "Declare"),
        ({"jwksUri": "{url}" + DISCOVERY}, (200, b'{"keys": []}'), "no set of keys", "jwks_uri"),
    ],
)  # fmt: skip
def test_a_discovery_document_that_does_not_fit(project, examine, emulator, website, oidc, answer, words, remedy):
    url = website({DISCOVERY: answer})
    project.state(connection(emulator, oidc={key: value.format(url=url) for key, value in oidc.items()}))
    report = examine("--online")
    text, advice = report.one("error", words)

    assert text.startswith("acme-sso, oidc.")
    assert remedy in advice
    assert report.code == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html>", "no SAML metadata"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "has a document type"),
        (b"<a/>", "is XML, but no SAML metadata"),
        (METADATA.replace(b"IDPSSO", b"SPSSO"), "describes no identity provider"),
        (METADATA.replace(b"idp.example", b"other.example"), "the metadata is of https://other.example"),
    ],
)
def test_metadata_that_does_not_fit(project, examine, emulator, website, body, words):
    url = website({"/md": (200, body)})
    project.state(connection(emulator, saml={"idpMetadataUrl": f"{url}/md", "idpEntityId": "https://idp.example"}))

    assert words in examine("--online").one("error", words)[0]


def test_what_an_address_may_not_be(project, examine, emulator):
    project.state(
        connection(emulator, "plain", oidc={"issuer": "http://idp.example"}),
        connection(emulator, "password", oidc={"issuer": f"https://me:{CANARY}@idp.example"}),
        connection(emulator, "query", saml={"idpMetadataUrl": f"http://idp.example/?key={CANARY}"}),
    )
    report = examine("--online")

    report.one(
        "error", f"plain, oidc.issuer: http://idp.example{DISCOVERY}: http://idp.example{DISCOVERY} is not https"
    )
    report.one("error", "user name or a password")
    report.one("error", "http://idp.example/?…")


def test_a_host_that_does_not_answer_is_no_error_of_the_stack(project, examine, emulator):
    project.state(connection(emulator, oidc={"issuer": "http://127.0.0.1:1"}))
    report = examine("--online")
    _, remedy = report.one("warning", "refused the connection")

    assert "Scalekit may reach it all the same" in remedy
    assert report.code == 0


def test_names_from_outside_do_not_steer_a_terminal(project, emulator, website):
    url = website({DISCOVERY: (200, b'{"issuer": "https://evil\\u001b[2J"}')})
    project.state(connection(emulator, oidc={"issuer": url}))
    ended = CliRunner().invoke(main, ["doctor", "--cwd", str(project.folder), "--online"], catch_exceptions=False)

    assert "https://evil" in ended.output
    assert "\x1b" not in ended.output
