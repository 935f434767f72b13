"""Property paths in a resource's options: every spelling that Pulumi, Python or a preview has, and near misses."""

import re

import pulumi
import pytest
from pulumi import ResourceOptions

from pulumi_scalekit import Connection, Organization, SessionPolicy
from pulumi_scalekit.model.paths import astray, in_python, leads_to
from pulumi_scalekit.program.option_paths import in_state

OPTIONS = ["ignore_changes", "replace_on_changes", "hide_diffs"]

SAME = {
    "oidc.clientId": [
        "oidc.client_id",
        "oidc.clientId",
        'oidc["client_id"]',
        "oidc['client_id']",
        '["oidc"]["clientId"]',
    ],
    "displayName": ["display_name", "displayName", '["display_name"]', "['displayName']"],
    "attributeMapping.email": ["attribute_mapping.email", '["attribute_mapping"]["email"]'],
    "attributeMapping.first_name": [
        "attribute_mapping.first_name",
        "attribute_mapping['first_name']",
    ],
    'metadata["plan.tier"]': ['metadata["plan.tier"]', "metadata['plan.tier']"],
    'metadata["a \\"b\\""]': ['metadata["a \\"b\\""]', "metadata['a \"b\"']"],
    "metadata.client_id": ["metadata.client_id", '["metadata"].client_id'],
    "oidc.scopes[0]": ["oidc.scopes[0]", '["oidc"]["scopes"][0]', "oidc.scopes.[0]"],
    "domainIds.*": ["domain_ids[*]", "domainIds.*", 'domain_ids["*"]'],
    "*": ["*", "[*]", '["*"]'],
    "*.clientId": ["*.client_id", '["*"]["clientId"]'],
    "__provider": ["__provider"],
    '["#initerror"]': ["#initerror"],
}


def kind_of(path):
    return Organization.kind if re.match(r"\W*(display|metadata)", path) else Connection.kind


@pytest.mark.parametrize("option", OPTIONS)
def test_every_spelling_of_a_path_is_that_of_the_state(option):
    for state, spellings in SAME.items():
        for spelling in spellings:
            opts = ResourceOptions(**{option: [spelling]})
            in_state(kind_of(state), "acme", opts)
            assert getattr(opts, option) == [state], spelling
            in_state(kind_of(state), "acme", opts)
            assert getattr(opts, option) == [state], "the second time"


WRONG = {
    "oidc.cleint_id": "there is no property cleint_id; did you mean client_id?",
    "oidcc": "there is no property oidcc; did you mean oidc?",
    'oidc["clientID"]': "there is no property clientID; did you mean",
    "scopes": "there is no property scopes; known are",
    "oidc.scopes.openid": "oidc.scopes is a list, whose items are `oidc.scopes[0]` or, for each, `oidc.scopes[*]`",
    "oidc[0]": "there is no property 0",
    "enabled.yes": "there is nothing below enabled",
    "attribute_mapping.email.domain": "there is nothing below attributeMapping.email",
    "attribute_mapping[0]": "there is nothing below attributeMapping",
    ".oidc": "no property path is written so",
    "oidc.": "no property path is written so",
    "oidc..client_id": "no property path is written so",
    'oidc["client_id': "no property path is written so",
    "oidc[client_id]": "no property path is written so",
    "": "no property path is written so",
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("path", list(WRONG))
def test_a_path_that_names_no_property_is_an_error(option, path):
    with pytest.raises(ValueError, match=re.escape(f'Connection "acme": {option}: {path}: {WRONG[path]}')) as refused:
        in_state(Connection.kind, "acme", ResourceOptions(**{option: [path]}))
    assert isinstance(refused.value, pulumi.RunError)


def test_secret_outputs_have_both_spellings_and_are_whole_properties():
    opts = ResourceOptions(additional_secret_outputs=["external_id", "createTime"])
    in_state(Organization.kind, "acme", opts)
    assert opts.additional_secret_outputs == ["externalId", "createTime"]
    for path, told in {"external": "did you mean external_id", "metadata.tier": "is part of a property"}.items():
        with pytest.raises(ValueError, match=told):
            in_state(Organization.kind, "acme", ResourceOptions(additional_secret_outputs=[path]))


def test_a_text_in_place_of_the_list_is_an_error():
    with pytest.raises(TypeError, match=r'SessionPolicy "acme": ignore_changes must be a list of property paths'):
        in_state(SessionPolicy.kind, "acme", ResourceOptions(ignore_changes="idle_session_timeout"))


@pytest.mark.parametrize(
    ("ignored", "changed", "leads"),
    [
        ("oidc", "oidc.clientId", True),
        ('oidc["clientId"]', "oidc.clientId", True),
        ('["oidc"]', "oidc.clientId", True),
        ("oidc.clientId", "oidc", False),
        ("oidc.client", "oidc.clientId", False),
        ("oidc.scopes[0]", "oidc.scopes[0]", True),
        ("oidc.scopes[0]", "oidc.scopes[1]", False),
        ("oidc.scopes[*]", "oidc.scopes[1]", True),
        ("oidc.*", "oidc.clientId", True),
        ("*", "oidc.clientId", True),
        ('metadata["plan.tier"]', 'metadata["plan.tier"]', True),
        ("", "oidc", False),
    ],
)
def test_the_plugin_reads_the_paths_of_every_language(ignored, changed, leads):
    assert leads_to(ignored, changed) is leads


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("oidc.clientId", None),
        ("['oidc'].scopes[0]", None),
        ("oidc.client_id", "oidc.client_id names no property and has no effect; write oidc.clientId"),
        ("uiButonTitle", "uiButonTitle names no property and has no effect; did you mean uiButtonTitle?"),
        ("oidc.nowhere", "oidc.nowhere names no property and has no effect"),
    ],
)
def test_a_path_of_a_program_in_yaml_is_in_the_names_of_the_state(path, said):
    assert astray(Connection.kind, path) == said


@pytest.mark.parametrize(
    ("path", "python"),
    [("oidc.clientId", "oidc.client_id"), ('metadata["a.b"]', 'metadata["a.b"]'), ("no path[", "no path[")],
)
def test_a_path_of_the_state_is_told_in_the_names_of_python(path, python):
    assert in_python(Connection.kind, path) == python
