"""The reference pages, and the same in the schema: an example of everything, in every language."""

import re
from pathlib import Path

import pytest

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.publish import example, reference, schema
from pulumi_scalekit.resources import RESOURCES
from tools import examples

KINDS = [resource.kind for resource in RESOURCES]
EVERY = [*KINDS, *FUNCTIONS]
DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_every_file_belongs_to_something():
    names = {one.file_name for one in EVERY}

    assert {path.stem for path in example.FOLDER.iterdir()} == names
    assert len(names) == len(EVERY)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_each_has_an_example_in_every_language_that_uses_it(one):
    shown = example.examples(one.file_name)
    name = one.token.replace(":index", "")

    assert shown.programs
    for program in shown.programs:
        assert list(program.programs) == list(example.LANGUAGES)
        assert name in program.programs["yaml"]
    assert bool(shown.importing) == (one in KINDS)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_the_program_in_yaml_is_what_was_written(one):
    """What the generators made of it is compared where Go is; that it was made anew can be told without."""
    written = [examples.titled(source) for source in examples.sources()[one.file_name]]

    assert written == [(each.title, each.programs["yaml"]) for each in example.examples(one.file_name).programs]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_the_description_in_the_schema_ends_with_the_examples(one):
    package = schema.package(KINDS, FUNCTIONS)
    description = (package["resources"] | package["functions"])[one.token]["description"]
    blocks = re.findall(r"^```(\w+)$", description, re.MULTILINE)
    count = len(example.examples(one.file_name).programs)

    assert description.startswith(one.description)
    assert blocks == list(example.LANGUAGES) * count + (["sh"] if one in KINDS else [])
    assert description.count("{{% example %}}") == description.count("{{% /example %}}") == count
    assert description.count("{{% examples %}}") == description.count("{{% /examples %}}") == 1


def test_a_resource_without_an_example_has_a_page_and_a_description():
    """It is written before its example is, which Pulumi's generators make from the schema."""
    assert example.in_schema("absent") == example.in_page("absent") == ""


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_a_page_says_of_each_property_what_is_known(kind):
    page = reference.page(kind)
    rows = {row.split("`")[1]: row for row in re.findall(r"^\| `.*", page.partition("## Outputs")[0], re.MULTILINE)}

    assert rows.keys() == {field.name for field in kind.inputs}
    for field in kind.inputs:
        told = rows[field.name].split("|")[2]
        assert f"`{field.state}`" in rows[field.name]
        assert ("**required**" in told) == field.required
        assert ("replaces" in told) == (field.name in kind.replacing)
        assert ("secret" in told) == field.secret
        assert ("not returned" in told) == field.write_only


def test_a_secret_that_is_not_returned_is_told_so_in_its_block():
    page = (DOCS / "reference" / "connection.md").read_text()

    assert "| `client_secret`<br>`clientSecret` | str<br>secret, not returned | " in page


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.name)
def test_a_function_names_the_class_of_its_result(function):
    assert f"`scalekit.{function.result.__name__}`" in reference.function_page(function)
