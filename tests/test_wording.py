"""What messages call things: in the names of the user's language, and with what an answer or the engine tells."""

import pytest
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.provider.plugin import Plugin
from pulumi_scalekit.provider.wording import in_state_names, of_python
from tests.support.providers import PROVIDERS, Context, Served, to_struct
from tests.support.stack import Stack

CONNECTION = "scalekit:index:Connection"
WRONG = {
    "organizationId": "org_1",
    "provider": "OKTA",
    "type": "OIDC",
    "oidc": {"clientId": 3.0, "cleint": "x"},
    "domainIds": [4.0],
    "attributeMapping": {"first_name": 5.0},
}


@pytest.fixture(params=PROVIDERS)
def stack(request, config):
    return Stack(PROVIDERS[request.param](KINDS["scalekit:index:Organization"], config))


def test_a_refusal_shows_the_permission_that_it_names(stack, emulator):
    """And guesses no feature, whatever the kind knows of features."""
    emulator.faults.add(
        Fault(
            "status",
            status=403,
            method="POST",
            permissions=["organizations:write"],
            help_url="https://docs.example/403",
        )
    )
    with pytest.raises(ScalekitError) as refused:
        stack.up({"displayName": "Acme"})
    assert "It needs the permission organizations:write: use credentials that have it. See https://docs" in str(
        refused.value
    )
    assert "feature" not in str(refused.value)


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize("token", list(KINDS))
def test_a_reference_that_is_missing_may_not_exist_yet(config, name, token):
    """The engine leaves out what a failed resource, or one that is not targeted, would give."""
    kind = KINDS[token]
    _, failures = PROVIDERS[name](kind, config).check({}, {})
    references = {kind.by_name[one].state for one in (*kind.api.parameters, kind.api.setting_of) if one in kind.by_name}
    required = {field.state for field in kind.inputs if field.required}
    assert set(failures) >= references & required
    for state, reason in failures.items():
        assert ("does not exist yet, because its create failed or `--target` left it out" in reason) is (
            state in references
        )
        assert next(one.name for one in kind.inputs if one.state == state) in reason


def test_the_dynamic_provider_speaks_of_properties_as_python_does(config):
    checked = PROVIDERS["dynamic"](KINDS[CONNECTION], config).provider.check({}, WRONG)
    assert sorted(one.reason for one in checked.failures) == [
        "attribute_mapping.first_name must be text",
        "domain_ids[0]: each of domain_ids must be text",
        "oidc.cleint: there is no property cleint; did you mean client_id?",
        "oidc.client_id must be text",
    ]


@pytest.mark.parametrize("python", [True, False])
def test_the_plugin_speaks_of_properties_as_the_program_does(python):
    request = proto.CheckRequest(type=CONNECTION, news=to_struct(WRONG))
    checked = Plugin(of_python=lambda: python).Check(request, Context())
    names = {"attribute_mapping": "attributeMapping", "domain_ids": "domainIds", "client_id": "clientId"}
    shown = {name: name if python else state for name, state in names.items()}
    assert sorted(one.reason for one in checked.failures) == sorted(
        [
            f"{shown['attribute_mapping']}.first_name must be text",
            f"{shown['domain_ids']}[0]: each of {shown['domain_ids']} must be text",
            f"oidc.cleint: there is no property cleint; did you mean {shown['client_id']}?",
            f"oidc.{shown['client_id']} must be text",
        ]
    )


def test_an_error_of_the_plugin_speaks_so_too(config, emulator):
    served = Served(KINDS["scalekit:index:Organization"], config)
    served.plugin._of_python = lambda: False
    served.create({"displayName": "Acme", "externalId": "acme"})
    with pytest.raises(ScalekitError, match="externalId 'acme' already belongs to"):
        served.create({"displayName": "Acme", "externalId": "acme"})


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("display_name is required", "displayName is required"),
        ("oidc.client_id and organization_id,", "oidc.clientId and organizationId,"),
        ("set `deletion_protection=False` and run", "set `deletionProtection: false` and run"),
        ('switch it on: `features={"dir_sync": True}`', 'switch it on: `features: {"dir_sync": true}`'),
        ("PATCH /organizations/{organization_id} for org_1", "PATCH /organizations/{organization_id} for org_1"),
        ("external_id 'client_id' is taken", "externalId 'client_id' is taken"),
        ("the dir_sync feature and conn_1", "the dir_sync feature and conn_1"),
        ("`aliases=[pulumi.Alias(name=…)]`", "`aliases=[pulumi.Alias(name=…)]`"),
    ],
)
def test_names_and_values_are_those_of_yaml_and_typescript(ours, theirs):
    assert in_state_names(ours) == theirs


@pytest.mark.parametrize(
    ("project", "python"),
    [
        ("runtime: python", True),
        ("runtime: {name: python, options: {virtualenv: venv}}", True),
        ("runtime: yaml", False),
        ("runtime: {name: nodejs}", False),
        ("name: acme", False),
        ("", False),
        (": [", False),
        (None, False),
    ],
)
def test_the_projects_file_tells_the_language(tmp_path, monkeypatch, project, python):
    (tmp_path / "program").mkdir()
    if project is not None:
        (tmp_path / "Pulumi.yaml").write_text(project)
    monkeypatch.chdir(tmp_path / "program")
    of_python.cache_clear()
    assert of_python() is python
    of_python.cache_clear()
