"""The examples of the reference, as they are committed, with the real engine: those of one language in one program."""

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.publish import example
from pulumi_scalekit.resources import RESOURCES
from tools import examples
from tools.engine.progress import StepError

pytestmark = pytest.mark.engine

METADATA = Path(__file__).resolve().parents[2] / "examples" / "saml-metadata" / "hooli-idp.xml"
NAMES = [one.kind.file_name for one in RESOURCES] + [one.file_name for one in FUNCTIONS]
SECRETS = dict.fromkeys(
    ("oktaSecret", "entraSecret", "mailPassword", "hookKey", "githubSecret", "hubspotSecret", "datadogKey"),
    "s3cret-canary",
)


@pytest.fixture
def existing(api):
    """What the examples ask for by id, and `acme`, which they look up."""
    acme = api.organization(display_name="Acme Inc", external_id="acme")
    api.domain(acme, "existing.example")
    api.permission("existing:read")
    return {
        "connectionId": api.connection(acme),
        "directoryId": api.directory(acme),
        "clientId": api.client(acme),
        "environmentId": api.store.environment_id,
    }


def programs(language):
    """Each program, by a name that is unlike every other and may begin another name."""
    return {
        f"{name.replace('-', '_')}_{at}_": one.programs[language]
        for name in NAMES
        for at, one in enumerate(example.examples(name).programs)
    }


def deployed(project, existing):
    for key, value in existing.items():
        project.config(f"{project.folder.name}:{key}", value)
    for key, value in SECRETS.items():
        project.config(f"{project.folder.name}:{key}", value, secret=True)
    project.pulumi("up", "--yes", "--skip-preview")
    return project


def made_everything(emulator, project):
    """As many objects as the examples declare, and what one of the functions found."""
    found = {one["type"].split(":")[-1] for one in project.resources().values()}
    assert found >= {one.kind.name for one in RESOURCES}
    (okta,) = (one for one in emulator.store.connections.values() if one["provider"] == "OKTA" and one["enabled"])
    assert okta["oidc_config"]["client_secret"] == SECRETS["oktaSecret"]
    outputs = project.outputs()
    assert outputs["get_directory_0_endpoint"].startswith(emulator.url)
    assert outputs["get_role_0_displayName"] == "Admin"
    assert [one["domain"] for one in outputs["get_domains_0_domains"]] == ["existing.example"]


def test_all_in_yaml_are_deployed_and_an_import_takes_ids_of_the_form_that_is_shown(workspace, emulator, existing):
    merged = {"resources": {}, "variables": {}, "config": {}, "outputs": {}}
    for prefix, text in programs("yaml").items():
        given = yaml.safe_load(text)
        own = "|".join([*given.get("resources", {}), *given.get("variables", {})])
        renamed = yaml.safe_load(re.sub(rf"\$\{{({own})\b", rf"${{{prefix}\1", text))
        merged["config"] |= renamed.pop("config", {})
        for part, members in renamed.items():
            merged[part] |= {f"{prefix}{key}": value for key, value in members.items()}
    plugin = {"providers": [{"name": "scalekit", "path": f"{sys.prefix}/bin"}]}
    program = {"name": "shown", "runtime": "yaml", "plugins": plugin, **merged}
    files = {"Pulumi.yaml": yaml.safe_dump(program, sort_keys=False), METADATA.name: METADATA.read_text()}
    project = deployed(workspace(files, name="shown", environment=emulator.environment), existing)
    made_everything(emulator, project)

    resources = project.resources()
    for kind in (one.kind for one in RESOURCES):
        *_, token, name, shown = example.examples(kind.file_name).importing.split(" ")
        made = resources[f"{kind.file_name.replace('-', '_')}_0_{name}"]
        values = {field.name: made["outputs"].get(field.state) for field in kind.fields}
        assert token == kind.token
        assert form(shown) == form(kind.import_id(values, made["id"]))


def form(import_id):
    return re.sub(r"_\d{4,}", "_N", import_id)


def test_all_in_python_are_deployed(workspace, emulator, existing):
    modules = {
        f"{prefix}.py": re.sub(r'(?<=scalekit\.)([A-Z]\w+\(\s*")', rf"\1{prefix}", text)
        for prefix, text in programs("python").items()
    }
    modules = {name: text.replace('pulumi.export("', f'pulumi.export("{name[:-3]}') for name, text in modules.items()}
    main = "".join(f"import {name.removesuffix('.py')}\n" for name in modules)
    files = {**modules, "__main__.py": main, METADATA.name: METADATA.read_text()}
    made_everything(emulator, deployed(workspace(files, name="shown", environment=emulator.environment), existing))


def test_they_are_what_the_generators_write_today(request):
    if shutil.which("go") is None:
        pytest.skip(
            "what is committed is not compared: Pulumi's generators are built with Go, and there is none on PATH"
        )
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        try:
            wanted = dict(examples.wanted())
        except StepError as failed:
            pytest.fail(str(failed), pytrace=False)
    stale = [path.name for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `make examples`"
    assert wanted.keys() == set(example.FOLDER.glob("*.md"))
