"""Python that Pulumi's own generator writes from our schema runs: after an import of everything, and from other programs."""

import ast
import enum
import inspect
import json
import re
import sys

import pytest

import pulumi_scalekit as scalekit
from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.resources import RESOURCES
from tests.support.frozen import NAME, PROGRAM
from tests.support.import_file import import_file
from tests.support.saml_metadata import Provider
from tests.support.workspace import printed
from tools import sdk
from tools.engine import obtain
from tools.engine.progress import StepError

pytestmark = pytest.mark.engine

CANARY = "s3cret-canary"


@pytest.fixture(scope="session")
def generators(request, engine_folder):
    """The folder with Pulumi's generator of Python and its reader of YAML."""
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        try:
            folder = obtain.generators()
        except StepError as failed:
            pytest.fail(str(failed), pytrace=False)
    if folder is None:
        pytest.skip("generated Python is not tested: Pulumi's generator is built with Go, and there is none on PATH")
    return folder


def test_an_import_of_every_resource_writes_a_program_that_changes_nothing(workspace, emulator, generators, tmp_path):
    made = workspace(PROGRAM, name=NAME, environment=emulator.environment)
    made.config("scalekit:plugin", "true")
    made.pulumi("up", "--yes", "--skip-preview")
    file = import_file(made.resources(), tmp_path)

    other = workspace({"__main__.py": ""}, name="imported", environment=emulator.environment)
    other.config("scalekit:plugin", "true")
    arguments = ("--file", str(file), "--yes", "--skip-preview", "--protect=false", "--out", "__main__.py")
    shown = other.pulumi("import", *arguments)
    assert "error" not in printed(shown)
    text = (other.folder / "__main__.py").read_text()
    assert "Args(" not in text, "it writes dicts: the classes that a generated SDK has beside them are not needed"
    assert "provider=scalekit.ConnectionProvider.OKTA," in text
    assert "domain_type=scalekit.DomainDomainType.ORGANIZATION_DOMAIN," in text
    quiet = emulator.ledger.mark()
    other.pulumi("preview", "--expect-no-changes", "--diff")
    other.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
    assert emulator.ledger.since(quiet) == []
    other.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    other.config("scalekit:plugin", "false")
    other.pulumi("preview", "--expect-no-changes", "--diff")


# Every function in both of its forms where both are written, every block read and written, members in lists.
PCL = f"""
organizationId = "%s"
resource acme "scalekit:index:Organization" {{
    displayName = "Acme Inc"
    features = {{ sso = true, dir_sync = true }}
}}
resource domain "scalekit:index:Domain" {{
    organizationId = acme.id
    domain = "acme.example"
    domainType = "ORGANIZATION_DOMAIN"
}}
resource sso "scalekit:index:Connection" {{
    organizationId = acme.id
    provider = "MICROSOFT_AD"
    type = "OIDC"
    oidc = {{
        issuer = "https://acme.example"
        clientId = "1"
        clientSecret = secret("{CANARY}")
        scopes = ["openid", "email"]
        tokenAuthType = "URL_PARAMS"
    }}
    domainIds = [domain.id]
}}
resource saml "scalekit:index:Connection" {{
    organizationId = acme.id
    provider = "CUSTOM"
    type = "SAML"
    saml = {{
        idpEntityId = "https://idp.example"
        idpSsoUrl = "https://idp.example/sso"
        idpNameIdFormat = "PERSISTENT"
        idpSsoRequestBinding = "HTTP_POST"
        samlSigningOption = "SAML_ONLY_RESPONSE_SIGNING"
    }}
}}
resource directory "scalekit:index:Directory" {{
    organizationId = acme.id
    directoryType = "SCIM"
    directoryProvider = "PING_IDENTITY"
}}
resource client "scalekit:index:OrganizationClient" {{
    organizationId = acme.id
    name = "Importer"
}}
resource attribute "scalekit:index:UserAttribute" {{
    key = "cost_center"
    label = "Cost center"
    datatype = "STRING"
    ssoAdditionInfo = {{ defaultSamlMapping = "costCenter", defaultOidcMapping = "cost_center" }}
}}
resource application "scalekit:index:Application" {{
    name = "Portal"
    clientType = "WEB_APP"
    ipAllowlist = {{ optedIn = true, cidrs = ["203.0.113.0/24"] }}
}}

here = invoke("scalekit:index:getOrganization", {{ id = organizationId }})
organization = invoke("scalekit:index:getOrganization", {{ id = acme.id }}, {{ parent = acme }})
organizations = invoke("scalekit:index:getOrganizations", {{}})
existing = invoke("scalekit:index:getConnections", {{ organizationId = organizationId }})
connections = invoke("scalekit:index:getConnections", {{ organizationId = acme.id }}, {{ dependsOn = [sso, saml] }})
connection = invoke("scalekit:index:getConnection", {{ organizationId = acme.id, id = sso.id }})
domains = invoke("scalekit:index:getDomains", {{ organizationId = acme.id }}, {{ dependsOn = [domain] }})
directories = invoke("scalekit:index:getDirectories", {{ organizationId = acme.id }}, {{ dependsOn = [directory] }})
directoryNow = invoke("scalekit:index:getDirectory", {{ organizationId = acme.id, id = directory.id }})
clientNow = invoke("scalekit:index:getOrganizationClient", {{ organizationId = acme.id, clientId = client.id }})
role = invoke("scalekit:index:getRole", {{ name = "admin" }})
roles = invoke("scalekit:index:getRoles", {{}})
permissions = invoke("scalekit:index:getPermissions", {{}})
link = invoke("scalekit:index:createPortalLink", {{ organizationId = acme.id, features = ["sso", "dir_sync"] }})
address = invoke("scalekit:index:getAuthorizationUrl", {{
    redirectUri = "https://app.example/back"
    connectionId = sso.id
}})
applications = invoke("scalekit:index:getApplications", {{}})
features = invoke("scalekit:index:getFeatures", {{}})
inherited = invoke("scalekit:index:getApplicationSessionPolicy", {{ organizationId = acme.id }})
verified = invoke("scalekit:index:verifyDomain", {{ organizationId = acme.id, id = domain.id }})
groups = invoke("scalekit:index:getDirectoryGroups", {{ organizationId = acme.id, directoryId = directory.id }})
placeholders = invoke("scalekit:index:getEmailTemplatePlaceholders", {{ useCase = "USER_INVITE" }})
environment = invoke("scalekit:index:getEnvironment", {{ environmentId = domain.environmentId }})
records = invoke("scalekit:index:getCustomDomainRecords", {{
    customDomain = "auth.acme.example"
    environmentId = domain.environmentId
}})
metadata = invoke("scalekit:index:parseSamlMetadata", {{ xml = {json.dumps(Provider().text())} }})

output answers {{
    value = {{
        here = here.displayName
        organization = organization.features
        organizations = organizations.organizations[0].displayName
        existing = existing.connections
        connections = connections.connections[1].organizationId
        connection = connection.redirectUri
        domains = domains.domains[0].domain
        directories = directories.directories[0].directoryProvider
        directory = directoryNow.directoryType
        client = clientNow.name
        role = role.displayName
        roles = roles.roles[0].name
        permissions = permissions.permissions[0].name
        address = address.url
        issuer = sso.oidc.issuer
        format = saml.saml.idpNameIdFormat
        mapping = attribute.ssoAdditionInfo.defaultSamlMapping
        cidrs = application.ipAllowlist.cidrs[0]
        applications = applications.applications
        features = features.features[0].name
        inherited = inherited.accessTokenExpiry
        verified = verified.verified
        groups = groups.groups
        placeholders = placeholders.placeholders[0]
        environment = environment.type
        records = records.records[0].hostName
        metadata = metadata.saml.idpSsoUrl
    }}
}}
output link {{
    value = link.location
}}
"""


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_a_converted_program_asks_every_function_and_writes_every_block(workspace, emulator, api, generators, plugin):
    organization = api.organization(display_name="Existing")
    api.send("POST", "/permissions", {"name": "invoices:read", "description": "Read"})
    source = workspace({"main.pp": PCL % organization}, name="source", environment=emulator.environment)
    project = converted(workspace, source, generators, "--from", "pcl")
    text = (project.folder / "__main__.py").read_text()
    asked = {one.python_name for one in FUNCTIONS if f"scalekit.{one.python_name}" in text}
    assert asked == {one.python_name for one in FUNCTIONS}
    assert "scalekit.get_organization(id=organization_id)" in text
    assert "scalekit.get_organization_output(id=acme.id, " in text
    assert "scalekit.OidcScopes.OPENID" in text
    assert "Args(" not in text

    project.config("scalekit:plugin", plugin)
    shown = project.pulumi("up", "--yes").stdout
    assert CANARY not in shown
    answers = project.outputs()["answers"]
    (found,) = (one for one in emulator.store.connections.values() if one["type"] == "OIDC")
    assert found["oidc_config"]["client_secret"] == CANARY
    assert sorted(found["oidc_config"]["scopes"]) == ["email", "openid"]
    assert answers.pop("address").endswith(f"connection_id={found['id']}")
    assert answers.pop("connection").endswith(f"/sso/v1/oidc/{found['id']}/callback")
    assert answers.pop("organization")["sso"] is True
    assert emulator.store.organizations[answers.pop("connections")]["display_name"] == "Acme Inc"
    # The list waits for nothing, so it is read before or after the creation. (The generator cannot write a dependency without arguments.)
    assert "ENV" in [one["client_type"] for one in answers.pop("applications")]
    assert answers.pop("organizations") in {"Existing", "Acme Inc"}
    assert answers == {
        "here": "Existing",
        "existing": [],
        "domains": "acme.example",
        "directories": "PING_IDENTITY",
        "directory": "SCIM",
        "client": "Importer",
        "role": "Admin",
        "roles": "admin",
        "permissions": "invoices:read",
        "issuer": "https://acme.example",
        "format": "PERSISTENT",
        "mapping": "costCenter",
        "cidrs": "203.0.113.0/24",
        "features": "sso",
        "inherited": 5,
        "verified": True,
        "groups": [],
        "placeholders": "app_name",
        "environment": "DEV",
        "records": "auth.acme.example",
        "metadata": "https://idp.acme.example/sso",
    }
    assert json.loads(project.pulumi("stack", "output", "--json").stdout)["link"] == "[secret]"


def test_every_name_that_the_generator_would_use_is_there(generators, request):
    """What it calls everything stands in the package that it would generate itself."""
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sdk.python()
    written = {path.stem: ast.parse(path.read_text()) for path in (sdk.PYTHON / "pulumi_scalekit").glob("*.py")}
    members = {name: constants(body) for name, body in classes(written["_enums"]).items()}
    assert members == {name: {one.name: one.value for one in getattr(scalekit, name)} for name in members}
    assert set(members) == {one for one in scalekit.__all__ if is_enum(getattr(scalekit, one))}

    blocks = {name: annotated(body) for name, body in classes(written["_inputs"]).items() if name.endswith("ArgsDict")}
    assert blocks
    for name, keys in blocks.items():
        assert keys == getattr(scalekit, name.removesuffix("ArgsDict")).__annotations__.keys()

    read = {name: getters(body) for name, body in classes(written["outputs"]).items()}
    for name, block in vars(scalekit.outputs).items():
        if getattr(block, "__module__", "") == scalekit.outputs.__name__:
            assert read[name] == inspect.get_annotations(block).keys()

    for resource in RESOURCES:
        body = classes(written[resource.kind.file_name.replace("-", "_")])[resource.__name__]
        assert arguments(body, "_internal_init") == {field.name for field in resource.kind.inputs}
        assert getters(body) == {field.name for field in resource.kind.fields}
        assert_examples_of_python(ast.unparse(body))

    for function in FUNCTIONS:
        name = function.python_name
        module = written[name]
        for form in (name, f"{name}_output"):
            assert arguments(module, form) <= set(inspect.signature(getattr(scalekit, form)).parameters)
        result = inspect.signature(getattr(scalekit, f"{name}_output")).return_annotation.__args__[0]
        (body,) = (one for at, one in classes(module).items() if at.startswith(("Get", "Create", "Parse", "Verify")))
        assert getters(body) <= set(dir(result)) | set(inspect.get_annotations(result))


def assert_examples_of_python(text):
    shown = set(re.findall(r"```(\w+)", text))
    assert shown == {"python", "sh"}, "the generator takes those of the other languages out"


def classes(module):
    return {one.name: one for one in module.body if isinstance(one, ast.ClassDef)}


def constants(body):
    return {one.targets[0].id: one.value.value for one in body.body if isinstance(one, ast.Assign)}


def annotated(body):
    return {one.target.id for one in body.body if isinstance(one, ast.AnnAssign)}


def getters(body):
    there = (one for one in body.body if isinstance(one, ast.FunctionDef))
    return {one.name for one in there if any("getter" in ast.unparse(mark) for mark in one.decorator_list)}


def arguments(body, name):
    (function,) = (one for one in body.body if isinstance(one, ast.FunctionDef) and one.name == name)
    every = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    return every - {"__self__", "resource_name", "opts", "__props__"}


def is_enum(value):
    return inspect.isclass(value) and issubclass(value, enum.Enum)


YAML = f"""
name: written
runtime: yaml
plugins: {{providers: [{{name: scalekit, path: {sys.prefix}/bin}}]}}
resources:
  acme:
    type: scalekit:Organization
    properties: {{displayName: Acme Inc, externalId: acme}}
outputs:
  connections:
    fn::invoke:
      function: scalekit:getConnections
      arguments: {{organizationId: "${{acme.id}}"}}
      return: connections
  role:
    fn::invoke: {{function: scalekit:getRole, arguments: {{name: admin}}, return: displayName}}
"""


def test_a_program_in_yaml_becomes_one_in_python(workspace, emulator, generators):
    source = workspace({"Pulumi.yaml": YAML}, name="written", environment=emulator.environment)
    project = converted(workspace, source, generators, "--from", "yaml")
    project.pulumi("up", "--yes", "--skip-preview")
    assert project.outputs() == {"connections": [], "role": "Admin"}
    assert len(emulator.store.organizations) == 1


def converted(workspace, source, generators, *arguments):
    """A Python project with the program that `pulumi convert` writes."""
    source.environment["PATH"] += f":{generators}"
    into = source.folder / "python"
    shown = source.pulumi("convert", *arguments, "--language", "python", "--generate-only", "--out", str(into))
    assert "error" not in printed(shown), printed(shown)
    text = (into / "__main__.py").read_text()
    environment = {name: value for name, value in source.environment.items() if name.startswith("SCALEKIT_")}
    return workspace({"__main__.py": text}, name="converted", environment=environment)
