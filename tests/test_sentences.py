"""The sentences about replacement and removal that the model knows."""

import re

from pulumi_scalekit import Connection, SessionPolicy
from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.model.sentences import described
from pulumi_scalekit.publish import reference
from pulumi_scalekit.publish.schema import package


def _with_keys(fields):
    for field in fields:
        yield field
        yield from _with_keys(field.shape.fields)


def test_what_the_model_knows_is_said_of_every_input_and_typed_nowhere():
    for kind in KINDS.values():
        for field in _with_keys(kind.fields):
            assert not re.search(r"(?i)a change (updates|replaces)|removed|removing", field.description), field.name
        for field in kind.inputs:
            said = described(field, kind)
            assert ("forces replacement" in said) == (field.name in kind.replacing)
            assert field.required or field.provider_only or "remove" in said, f"{kind.name}.{field.name}"


def test_what_only_scalekit_writes_is_not_said_to_be_removed():
    """A block that stands in outputs alone has no key that a program could remove."""
    schema = package(list(KINDS.values()), ())
    page = reference.page(Connection.kind)

    assert schema["types"]["scalekit:index:IdpCertificate"]["properties"]["certificate"]["description"] == "PEM."
    assert schema["types"]["scalekit:index:Saml"]["properties"]["idpSsoUrl"]["description"].endswith("it is cleared.")
    assert "| `certificate` | str | PEM. |\n" in page


def test_the_reference_has_the_types_of_python_and_the_names_of_every_language():
    page = reference.page(Connection.kind)

    assert "| `debug_enabled`<br>`debugEnabled` | bool | " in page
    assert "| `oidc` | [Oidc](#oidc) | " in page
    assert "| `attribute_mapping`<br>`attributeMapping` | dict of str to str | " in page
    assert "| `issuer` | str<br>not imported if `discovery_endpoint` is set | " in page


def test_every_type_of_an_answer_has_a_section_that_the_reference_links_to():
    for function in FUNCTIONS:
        page = reference.function_page(function)
        linked = set(re.findall(r"\]\(#(\w+)\)", page))
        sections = {title.lower() for title in re.findall(r"^## (\w+)$", page, re.MULTILINE)}

        assert linked == sections - {"example", "arguments", "result"}


def test_a_property_that_falls_with_another_one_says_when_it_can_be_removed():
    timeout = SessionPolicy.kind.by_name["absolute_session_timeout"]

    assert described(timeout).endswith("It cannot be removed once it is set unless `policy_source` is `APPLICATION`.")
