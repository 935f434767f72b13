"""Programs in TypeScript and Go: SDKs generated and compiled, a tenant provisioned through the plugin, and nothing left.

Also the examples of the reference in these languages, which are compiled.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pulumi_scalekit.publish import example
from tools import sdk
from tools.engine.progress import StepError, run

pytestmark = pytest.mark.engine

HERE = Path(__file__).resolve().parent
EXAMPLES = sdk.ROOT / "examples"
SECRET = "s3cret-canary"
OLDEST_NODE = 20
CUSTOMER = {"typescript": ("Dunder Mifflin", "dunder"), "go": ("Bluth Company", "bluth")}


def typescript():
    """The command that runs the compiled example, and where."""
    folder = EXAMPLES / "typescript"
    made, lock = sdk.nodejs(), (folder / "package-lock.json").read_text()
    npm = ["npm", "ci", "--no-audit", "--no-fund"]
    once(npm, folder, folder / "node_modules", made, lock, describe="installing the example's packages")
    sources = [(folder / name).read_text() for name in ("index.ts", "tsconfig.json")]
    # What others declare is theirs to check, and the SDK's declarations were written by the compiler.
    tsc = ["npx", "--no-install", "tsc", "--skipLibCheck"]
    once(tsc, folder, folder / "bin", made, lock, *sources, describe="compiling the example")
    return ["node", HERE / "run.js"], folder


def once(command, folder, result, *made_from, describe):
    """Run a command, unless the folder it makes says that it came to its end with the same things to make it from."""
    stamp, wanted = result / ".made-from", hashlib.sha256("".join(made_from).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        stamp.unlink(missing_ok=True)
        run(command, cwd=folder, describe=lambda _: describe)
        stamp.write_text(wanted)


def node():
    """The major version of Node.js."""
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.removeprefix("v").split(".")[0])


def go():
    """The command that runs the example's program, and where; the example's own command and all of the SDK compile."""
    sdk.go()
    module = (sdk.GO / "go.mod").read_text().split()[1]
    built = sdk.SDK / "go-runner"
    environment = {"CGO_ENABLED": "0", "GOWORK": "off"}
    for folder, what in ((EXAMPLES / "go", ["./...", f"{module}/..."]), (HERE / "go", ["-o", built, "."])):
        build = ["go", "build", "-v", "-mod=readonly", "-buildvcs=false", *what]
        run(build, cwd=folder, environment=environment, describe=sdk.obtain.compiled)
    return [built], HERE


@pytest.fixture(params=[(typescript, ("go", "node", "npm")), (go, ("go",))], ids=["typescript", "go"])
def language(request, engine_folder):
    make, commands = request.param
    if absent := [command for command in commands if not shutil.which(command)]:
        pytest.skip(f"{make.__name__} is not tested: there is no {' and no '.join(absent)} on this machine")
    if "node" in commands and (version := node()) < OLDEST_NODE:
        pytest.skip(f"{make.__name__} is not tested: Node.js is {version}, and Pulumi's SDK wants {OLDEST_NODE}")
    # The first time this takes minutes: whoever watches sees how far it is.
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled(), sdk.locked("examples"):
        try:
            command, folder = make()
        except StepError as failed:
            pytest.fail(str(failed), pytrace=False)
    return make.__name__, command, folder


def test_a_tenant_is_provisioned(language, workspace, emulator):
    name, command, folder = language
    project = workspace(
        {"Pulumi.yaml": (EXAMPLES / name / "Pulumi.yaml").read_text()}, name=name, environment=emulator.environment
    )
    project.config(f"{name}:oktaSecret", SECRET, secret=True)

    def program(verb):
        done = subprocess.run(
            [*command, project.folder, verb],
            cwd=folder,
            env=project.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert SECRET not in done.stdout + done.stderr
        return json.loads(done.stdout)

    made = program("up")
    assert made["changes"] == {"create": 3}  # the stack itself is one of them
    assert f"first `up` sends {len(emulator.ledger)} requests" in (EXAMPLES / name / "README.md").read_text()
    (organization,) = emulator.store.organizations.values()
    (connection,) = emulator.store.connections.values()
    key = CUSTOMER[name][1]
    assert (organization["display_name"], organization["external_id"]) == CUSTOMER[name]
    assert organization["metadata"] == {"tier": "gold"}
    assert (connection["provider"], connection["enabled"]) == ("OKTA", True)
    assert connection["oidc_config"]["issuer"] == f"https://{key}.okta.com"
    assert connection["oidc_config"]["client_secret"] == SECRET
    assert sorted(connection["oidc_config"]["scopes"]) == ["email", "openid"]
    assert made["outputs"]["redirectUri"] == f"{emulator.url}/sso/v1/oidc/{connection['id']}/callback"
    assert f"connection_id={connection['id']}" in made["outputs"]["signIn"]

    state = project.state()
    assert SECRET not in json.dumps(state)
    assert "ciphertext" in project.resources()[f"{key}-sso"]["inputs"]["oidc"]["clientSecret"]
    (provider,) = [one for one in state["resources"] if one["type"] == "pulumi:providers:scalekit"]
    assert emulator.client_secret not in json.dumps(provider)

    quiet = emulator.ledger.mark()
    assert program("preview")["changes"] == {"same": 3}
    assert emulator.ledger.since(quiet) == []
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations
    assert not emulator.store.connections
    assert project.running() == []


def test_the_sdks_are_made_once(language):
    """While nothing changed, nothing is generated or compiled again."""
    name, _, _ = language
    make, folder = (sdk.nodejs, sdk.NODEJS) if name == "typescript" else (sdk.go, sdk.GO)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if "node_modules" not in path.parts}
    make()
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert before


def test_every_example_of_the_reference_compiles(language, tmp_path):
    name, _, _ = language
    files = {
        f"{path.stem}-{at}": one.programs[name]
        for path in sorted(example.FOLDER.glob("*.md"))
        for at, one in enumerate(example.examples(path.stem).programs)
    }
    assert len(files) > 30
    command = (typescript_of if name == "typescript" else go_of)(files, tmp_path)
    checked = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "CGO_ENABLED": "0", "GOWORK": "off"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert (checked.stdout, checked.stderr, checked.returncode) == ("", "", 0)


def test_an_sdk_shows_the_examples_of_its_language_alone(language):
    name, _, _ = language
    folder = sdk.NODEJS if name == "typescript" else sdk.GO / "scalekit"
    ending = "d.ts" if name == "typescript" else "go"
    for file, opening in (("connection", "pulumi import scalekit:index:Connection"), ("getRole", "Example Usage")):
        text = (folder / f"{file}.{ending}").read_text()
        shown = set(re.findall(r"^(?: \*|//) ```(\w+)$", text, re.MULTILINE))
        assert opening in text
        assert shown - {"sh"} == {name}


def typescript_of(files, folder):
    """Write a project of many programs; the command that checks its types."""
    for name, text in files.items():
        (folder / f"{name}.ts").write_text(text)
    (folder / "node_modules").symlink_to(EXAMPLES / "typescript" / "node_modules")
    settings = json.loads((EXAMPLES / "typescript" / "tsconfig.json").read_text())
    settings["files"] = [f"{name}.ts" for name in files]
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    return ["node", "node_modules/typescript/bin/tsc", "--noEmit", "--skipLibCheck"]


def go_of(files, folder):
    """Write a module of many programs; the command that checks its types, and what else the compiler refuses."""
    for name, text in files.items():
        (folder / name).mkdir()
        (folder / name / "main.go").write_text(text)
    for name in ("go.mod", "go.sum"):
        text = (EXAMPLES / "go" / name).read_text()
        (folder / name).write_text(text.replace("../../sdk/go", str(sdk.GO)))
    return ["go", "vet", "-mod=readonly", "./..."]


@pytest.mark.parametrize("language", [(typescript, ("go", "node", "npm"))], ids=["typescript"], indirect=True)
def test_a_program_anywhere_has_one_copy_of_pulumis_sdk(language, tmp_path):
    """With two, each would know of its own resources only, and the program would wait for ever."""
    package = sdk.packed(tmp_path)
    program = tmp_path / "program"
    program.mkdir()
    (program / "package.json").write_text('{"private": true}')
    run(["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", package], cwd=program)

    where = "const {createRequire} = require('node:module'); const own = createRequire(process.cwd() + '/');"
    show = "console.log(JSON.stringify([own, createRequire(own.resolve('pulumi-scalekit'))]"
    show += ".map(each => each.resolve('@pulumi/pulumi')))); own('pulumi-scalekit').Organization.name"
    (told,) = run(["node", "-e", where + show], cwd=program)

    assert len(set(json.loads(told))) == 1
    assert Path(json.loads(told)[0]).is_relative_to(program)


@pytest.mark.parametrize("language", [(typescript, ("go", "node", "npm"))], ids=["typescript"], indirect=True)
def test_the_package_is_complete_and_brings_no_copy_of_its_own(language):
    package = json.loads((sdk.NODEJS / "package.json").read_text())

    assert "dependencies" not in package
    assert list(package["peerDependencies"]) == ["@pulumi/pulumi"]
    assert package["version"] == package["pulumi"]["version"] == sdk.version("pulumi-scalekit")
    assert package["pulumi"]["server"] == "github://api.github.com/pulumi-scalekit/pulumi-scalekit"
    assert package["repository"]["url"] == f"git+{sdk.REPOSITORY}.git"
    assert (sdk.NODEJS / package["main"]).exists()
    assert (sdk.NODEJS / package["types"]).exists()
    # A program may link to the folder: Node.js looks beside the package, and in every folder above it.
    assert [folder for folder in sdk.NODEJS.parents if (folder / "node_modules" / "@pulumi").exists()] == []
    assert not (sdk.NODEJS / "node_modules").exists()
