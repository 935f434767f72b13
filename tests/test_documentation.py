"""What `help()` and an editor's hover show of a resource."""

import inspect
import pydoc

import pytest

import pulumi_scalekit as scalekit
from pulumi_scalekit.model.sentences import described
from pulumi_scalekit.resources import RESOURCES


def with_keys(fields):
    for field in fields:
        yield field
        yield from with_keys((field.shape.item or field.shape).fields)


@pytest.mark.parametrize("resource", RESOURCES)
def test_help_shows_every_property_with_its_description_and_whether_it_is_required(resource):
    shown = pydoc.plaintext.document(resource)
    kind = resource.kind
    assert kind.description.splitlines()[0] in shown

    for field in with_keys(kind.inputs):
        # Blocks may have keys of the same name.
        (line,) = {
            line.strip(" |")
            for line in shown.splitlines()
            if line.strip(" |").startswith(f"{field.name} (Input[")
            and described(field, kind if field in kind.inputs else None) in line
        }
        assert line.partition("): ")[0].endswith(", required" if field.required else ", optional")
        assert field.description in line
    for field in kind.outputs:
        assert f"    {field.name} (Output[" in shown
        assert field.description in shown


def test_help_says_what_a_change_and_a_removal_mean():
    shown = pydoc.plaintext.document(scalekit.Connection)

    assert "type (Input[Literal[" in shown
    assert "The protocol. Changing this forces replacement." in shown
    assert (
        "enabled (Input[bool], optional): Whether users can sign in with it. Enabling needs complete settings. "
        in shown
    )
    assert "pkce_enabled (Input[bool], optional): Use PKCE. If removed, the current value is kept." in shown
    assert "client_secret (Input[str], secret, optional): " in shown


def test_help_says_the_type_in_the_words_of_python():
    shown = pydoc.plaintext.document(scalekit.Connection)

    assert 'type (Input[Literal["OIDC", "SAML"] | enums.ConnectionType], required): The protocol.' in shown
    assert "domain_ids (Input[Sequence[Input[str]]], optional): Domains whose" in shown
    assert "pkce_enabled (Input[bool], optional): Use PKCE." in shown
    assert "idp_certificates (Output[list[outputs.IdpCertificate]]): SAML" in shown


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_signature_is_the_constructors(resource):
    name, opts, *given = inspect.signature(resource).parameters.values()

    assert [name.name, opts.name, opts.default] == ["resource_name", "opts", None]
    assert {one.name: one.default is inspect.Parameter.empty for one in given} == {
        field.name: field.required for field in resource.kind.inputs
    }
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in given)


def test_the_positional_arguments_are_no_attributes():
    shown = pydoc.plaintext.document(scalekit.Domain)

    assert "opts = None" not in shown
    assert not hasattr(scalekit.Domain, "resource_name")


def test_an_instance_says_the_same_as_its_class():
    assert inspect.getdoc(scalekit.Domain) == inspect.getdoc(object.__new__(scalekit.Domain))
    assert inspect.signature(scalekit.Domain).parameters["domain_type"].annotation.endswith(" | None")


def test_the_constructor_says_something_of_its_own():
    """An editor shows its docstring where a resource is declared, and without one the SDK's, of arguments that it does not take."""
    assert "Declare it in this program." in inspect.getdoc(scalekit.Organization.__init__)
