"""The programs that `adopt` writes."""

import ast
import json
import keyword
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pulumi_scalekit import Domain, Organization
from pulumi_scalekit.adopt import declaration, python_program
from pulumi_scalekit.adopt.existing import Existing
from pulumi_scalekit.adopt.names import Names, variable
from pulumi_scalekit.adopt.project import Project
from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.emulator.serving.seed import plant
from tests.support.existing_environment import ODD_KEYS, ODD_NAMES, fill

ROOT = Path(__file__).resolve().parents[2]
ACME = '''\
"""The tenant acme."""

import pulumi
import pulumi_scalekit as scalekit

from tenants import environment

acme = scalekit.Organization(
    "acme",
    display_name="Acme Inc",
    external_id="acme",
    features={"sso": True, "dir_sync": False},
    opts=pulumi.ResourceOptions(protect=True),
)
acme_acme_example = scalekit.Domain(
    "acme-acme-example",
    organization_id=acme.id,
    domain="acme.example",
    domain_type="ORGANIZATION_DOMAIN",
)
scalekit.Connection(
    "acme-okta",
    organization_id=acme.id,
    provider="OKTA",
    type="OIDC",
    oidc={"issuer": "https://acme.okta.com", "client_id": "1"},
    domain_ids=[acme_acme_example.id],
    enabled=True,
)
scalekit.OrganizationRole(
    "acme-treasurer",
    organization_id=acme.id,
    name="treasurer",
    display_name="Treasurer",
    permissions=[environment.invoices_read.name],
)
'''


def test_a_tenant_reads_as_a_person_would_write_it(adopt, emulator, folder):
    acme = {
        "display_name": "Acme Inc",
        "external_id": "acme",
        "features": {"sso": True},
        "domains": [{"domain": "acme.example", "domain_type": "ORGANIZATION_DOMAIN"}],
        "roles": [{"name": "treasurer", "display_name": "Treasurer", "permissions": ["invoices:read"]}],
        "connections": [
            {
                "provider": "OKTA",
                "type": "OIDC",
                "oidc_config": {"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "2"},
                "domains": ["acme.example"],
                "enabled": True,
            }
        ],
    }
    plant(emulator, {"permissions": [{"name": "invoices:read"}], "organizations": [acme]})
    assert adopt()[0] == 0
    assert (folder / "tenants" / "acme.py").read_text() == ACME


@pytest.mark.parametrize("layout", ["one-file", "tenants", "roster"])
def test_the_program_is_formatted_and_typed(adopt, emulator, folder, layout):
    fill(emulator)
    assert adopt("--layout", layout)[0] == 0
    commands = [
        ["ruff", "format", "--isolated", "--check", "."],
        ["ruff", "check", "--isolated", "--select", "E,F,I,UP,B", "--ignore", "E501", "."],
    ]
    if layout == "roster":
        # Kept from run to run: else the SDK is read anew, which takes five seconds.
        commands.append(["mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache" / "adopted"), "."])
    for command in commands:
        ran = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_names_survive_python(adopt, emulator, folder):
    fill(emulator)
    adopt("--layout", "one-file")
    texts = {
        node.value
        for node in ast.walk(ast.parse((folder / "__main__.py").read_text()))
        if isinstance(node, ast.Constant)
    }
    assert {*ODD_NAMES, *ODD_KEYS} <= texts


def test_names_survive_yaml(adopt, emulator, folder):
    fill(emulator)
    adopt("--language", "yaml")
    program = yaml.safe_load((folder / "Pulumi.yaml").read_text())
    held = [r["properties"] for r in program["resources"].values() if r["type"] == "scalekit:Organization"]
    assert {each["displayName"] for each in held} >= {name.replace("${", "$${") for name in ODD_NAMES}
    assert {"yes": "no", "1e3": "1e3", "$${key}": "$${customer-0.id}", "quotes": "\"'\\\n"} in [
        e.get("metadata") for e in held
    ]


def test_the_same_environment_gives_the_same_program(adopt, emulator, folder):
    fill(emulator)
    adopt()
    first = {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")}
    folder.rename(folder.with_name("first"))
    adopt()
    assert {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")} == first


def test_a_later_tenant_takes_no_name_away(adopt, emulator, folder):
    plant(emulator, {"organizations": [{"display_name": "Acme"}]})
    adopt()
    before = (folder / "tenants" / "acme.py").read_text()
    folder.rename(folder.with_name("first"))
    plant(emulator, {"organizations": [{"display_name": "Acme"}]})
    adopt()
    assert (folder / "tenants" / "acme.py").read_text() == before
    assert len(list((folder / "tenants").glob("acme_*.py"))) == 1


texts = st.text(max_size=20)


@given(st.lists(st.tuples(texts, texts), max_size=30, unique=True))
def test_names_are_unique_and_variables_of_python(pairs):
    names = Names()
    given_names = [
        names.name(Existing(Organization.kind, f"org_{number}", {}, {"external_id": key, "display_name": name}))
        for number, (key, name) in enumerate(pairs)
    ]
    variables = [variable(name) for name in given_names]
    assert len(set(given_names)) == len(set(variables)) == len(pairs)
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in variables)


def test_a_folder_with_a_program_that_is_no_project(adopt, emulator, folder):
    folder.mkdir()
    (folder / "__main__.py").write_text("mine")
    code, shown = adopt()
    assert code == 1
    assert "has no Pulumi.yaml, and a program: __main__.py" in shown
    assert [path.name for path in folder.iterdir()] == ["__main__.py"]
    assert len(emulator.ledger) == 0


def test_a_repository_that_was_just_made(adopt, folder):
    folder.mkdir()
    before = {"README.md": "# Ours", ".gitignore": "mine", "requirements.txt": "ours"}
    for name, text in before.items():
        (folder / name).write_text(text)
    assert adopt()[0] == 0
    assert {name: (folder / name).read_text() for name in before} == before


def test_writing_is_all_or_nothing(folder):
    project = Project(folder)
    with pytest.raises(FileExistsError):
        project.write({"c.py": "3", "a.py": "1", "a.py/b.py": "2"})
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_no_file_is_overwritten(folder):
    folder.mkdir()
    (folder / "b.py").write_text("mine")
    with pytest.raises(ConfigurationError, match="is there already"):
        Project(folder).write({"a.py": "1", "b.py": "2"})
    assert sorted(path.name for path in folder.iterdir()) == ["b.py"]


def test_the_import_file_has_states_that_need_no_read(adopt, emulator, folder):
    fill(emulator, 3)
    adopt()
    listed = json.loads((folder / "import.json").read_text())["resources"]
    assert all(each["outputs"]["environmentUrl"] == emulator.url and each["inputs"] for each in listed)
    assert all(each["type"].startswith("pulumi-python:dynamic/scalekit:") for each in listed)


def test_what_a_program_may_not_declare_is_reported(adopt, emulator, folder):
    fill(emulator, 3)
    broken = next(iter(emulator.store.organizations.values()))
    broken["display_name"] = "x" * 300
    code, shown = adopt()
    assert code == 0
    assert "Cannot be declared as they are" in shown
    assert "display_name may have at most 200 characters" in shown, shown
    program = "".join(path.read_text() for path in folder.rglob("*.py"))
    assert f'organization_id="{broken["id"]}"' in program, "what is in it is declared all the same"


def alike(number, **others):
    """An organization of the shape that most tenants have."""
    return {
        "display_name": f"Tenant {number}",
        "external_id": f"t{number}",
        "domains": [{"domain": f"t{number}.example", "domain_type": "ORGANIZATION_DOMAIN"}],
        "connections": [
            {
                "provider": "OKTA",
                "type": "OIDC",
                "oidc_config": {"issuer": f"https://t{number}.okta.com", "client_id": "1", "client_secret": "2"},
                "domains": [f"t{number}.example"],
                "enabled": True,
            }
        ],
        **others,
    }


FUNCTION = """\
def tenant(
    name: str,
    *,
    display_name: str,
    domain: str,
    issuer: str,
    metadata: dict[str, Any] | None = None,
) -> None:
    organization = scalekit.Organization(
        name,
        display_name=display_name,
        external_id=name,
        metadata=metadata,
        features={"sso": True, "dir_sync": False},
        opts=pulumi.ResourceOptions(protect=True),
    )
    tenant_domain = scalekit.Domain(
        f"{name}-domain",
        organization_id=organization.id,
        domain=domain,
        domain_type="ORGANIZATION_DOMAIN",
    )
    scalekit.Connection(
        f"{name}-connection",
        organization_id=organization.id,
        provider="OKTA",
        type="OIDC",
        oidc={"issuer": issuer, "client_id": "1"},
        domain_ids=[tenant_domain.id],
        enabled=True,
    )
"""


def test_a_roster_holds_what_differs_between_tenants_of_one_shape(adopt, emulator, folder):
    three = [alike(1), alike(2, metadata={"tier": "1e3"}), alike(3)]
    plant(emulator, {"organizations": [*three, {"display_name": "Other", "external_id": "other"}]})
    assert adopt("--layout", "roster")[0] == 0
    program = (folder / "__main__.py").read_text()
    assert FUNCTION in program
    roster = (folder / "tenants.yaml").read_text()
    assert roster.startswith("# yaml-language-server: $schema=tenants.schema.json\n")
    entries = yaml.safe_load(roster)
    assert entries["t2"] == {
        "display_name": "Tenant 2",
        "domain": "t2.example",
        "issuer": "https://t2.okta.com",
        "metadata": {"tier": "1e3"},
    }
    assert list(entries) == ["t1", "t2", "t3"]
    schema = json.loads((folder / "tenants.schema.json").read_text())["additionalProperties"]
    assert schema["required"] == ["display_name", "domain", "issuer"]
    assert {path.stem for path in (folder / "tenants").glob("*.py")} == {"__init__", "environment", "other"}
    names = {each["name"] for each in json.loads((folder / "import.json").read_text())["resources"]}
    assert {"t1", "t1-domain", "t1-connection", "other"} <= names


def test_without_two_tenants_alike_a_roster_is_a_file_for_each(adopt, emulator, folder):
    plant(emulator, {"organizations": [alike(1), {"display_name": "Other"}]})
    adopt("--layout", "roster")
    assert not (folder / "tenants.yaml").exists()
    assert {path.stem for path in (folder / "tenants").glob("*.py")} == {"__init__", "environment", "other", "t1"}


def test_a_key_that_yaml_takes_for_a_function_is_reported(adopt, emulator, folder):
    plant(emulator, {"organizations": [{"display_name": "Acme", "metadata": {"fn::secret": "x"}}]})
    code, shown = adopt("--language", "yaml")
    assert code == 0
    assert "takes a key that begins with fn:: for a function" in shown
    assert "fn::" not in (folder / "Pulumi.yaml").read_text()


def test_an_organizations_role_refers_to_its_own_base(adopt, emulator, folder):
    roles = [
        {"name": "above", "display_name": "Above", "extends": "base"},
        {"name": "base", "display_name": "Base", "extends": "member"},
    ]
    plant(emulator, {"organizations": [{"display_name": "Acme", "external_id": "acme", "roles": roles[::-1]}]})
    adopt()
    text = (folder / "tenants" / "acme.py").read_text()
    assert text.index('name="base"') < text.index('name="above"')
    assert "extends=acme_base.name" in text
    assert "extends=environment.member.name" in text


def test_an_agents_connection_refers_to_its_connector(adopt, api, folder):
    way = {"type": "BEARER", "display_name": "Token", "fields": []}
    connector = {
        "display_name": "Tickets",
        "auth_patterns": [way],
        "proxy_url": "https://a.example",
        "proxy_enabled": True,
    }
    key = api.post("/custom-providers", connector)["provider"]["identifier"]
    connection = {"provider_key": key, "type": "BEARER", "key_id": "work"}
    api.send("POST", "/connections", connection, **{"flags.is_app": "true"})
    mappings = [{"connection_name": "work", "tools": ["find"]}]
    api.post("/mcp/configs", {"name": "helper", "connection_tool_mappings": mappings})

    assert adopt("--layout", "one-file", "--out", str(folder / "python"))[0] == 0
    assert adopt("--language", "yaml", "--out", str(folder / "yaml"))[0] == 0

    text = (folder / "python" / "__main__.py").read_text()
    assert "provider_key=tickets.identifier" in text
    # A program may leave a key id out: a type checker would take it for one that may be missing.
    assert '{"connection_name": "work", "tools": ["find"]}' in text
    resources = yaml.safe_load((folder / "yaml" / "Pulumi.yaml").read_text())["resources"]
    name = key.replace("_", "-")
    assert resources[name]["properties"]["providerKey"] == "${tickets.identifier}"


def test_what_two_have_refers_to_neither():
    one, other = (
        Existing(Domain.kind, one_id, {}, {"organization_id": "org_1", "environment_id": "env_1"})
        for one_id in ("dom_1", "dom_2")
    )

    assert declaration._by_output([one]) == {("Domain.id", "dom_1"): one, ("Domain.environment_id", "env_1"): one}
    assert declaration._by_output([one, other]) == {("Domain.id", "dom_1"): one, ("Domain.id", "dom_2"): other}


def test_a_certificate_is_one_that_a_person_can_read(adopt, emulator, folder):
    certificate = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n"
    text = python_program._literal({"idp_certificate": certificate}, str)
    assert ast.literal_eval(text) == {"idp_certificate": certificate}
    assert "\nMIIB\n" in text


def test_tenants_whose_blocks_have_other_keys_have_another_shape(adopt, emulator, folder):
    with_scopes = alike(3)
    with_scopes["connections"][0]["oidc_config"]["scopes"] = ["openid"]
    plant(emulator, {"organizations": [alike(1), alike(2), with_scopes]})
    adopt("--layout", "roster")
    assert set(yaml.safe_load((folder / "tenants.yaml").read_text())) == {"t1", "t2"}
    assert (folder / "tenants" / "t3.py").exists()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--language", "yaml"), "`clientSecret: ${t1-okta-client-secret}` | `oidc`"),
        (
            ("--layout", "tenants"),
            '`"client_secret": pulumi.Config().require_secret("t1-okta-client-secret")` | `oidc`',
        ),
        (
            ("--layout", "roster"),
            '`"client_secret": pulumi.Config().get_secret(f"{name}-connection-client-secret")` | `oidc`',
        ),
    ],
)
def test_the_line_for_a_secret_is_in_the_programs_language(adopt, emulator, folder, words, line):
    plant(emulator, {"organizations": [alike(1), alike(2)]})
    adopt(*words)
    assert line in (folder / "SECRETS.md").read_text()
