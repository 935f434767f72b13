"""A rename or a move, with the alias that Pulumi's documents give for it, in the same `up` as the switch between the providers."""

import pytest

pytestmark = pytest.mark.engine

HEAD = """
import pulumi
import pulumi_scalekit as scalekit
from pulumi import Alias, Output, ResourceOptions as Options

class Box(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Box", name, {}, opts)

def organization(name, opts, unique):
    return scalekit.Organization(name, opts, display_name="Acme", external_id=unique)

def domain(name, opts, acme, unique):
    return scalekit.Domain(name, opts, organization_id=acme.id, domain=f"{unique}.example", domain_type="ORGANIZATION_DOMAIN")

def urn(type_, name):
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{type_}::{name}"

def given():
    return {"environment_url": pulumi.Config().require("url"), "client_id": "skc_12345678901234567",
        "client_secret": "test_emulator"}

plugin, dynamic = "scalekit:index:Organization", "pulumi-python:dynamic/scalekit:Organization"
"""
BEFORE = """
organization("name-old", Options(), "name")
organization("urn-plugin-old", Options(), "urn-plugin")
organization("urn-dynamic-old", Options(), "urn-dynamic")
organization("output-old", Options(), "output")
organization("output-alias-old", Options(), "output-alias")
organization("into-box", Options(), "into-box")
box = Box("box-old")
organization("out-of-box", Options(parent=box), "out-of-box")
organization("box-old-child", Options(parent=box), "child")
inner = Box("inner", Options(parent=box))
organization("deep", Options(parent=inner), "deep")
acme = organization("parent-old", Options(), "parent")
domain("below", Options(parent=acme), acme, "below")
domain("moves-away", Options(parent=acme), acme, "moves-away")
domain("moves-by-urn", Options(parent=acme), acme, "moves-by-urn")
eu = scalekit.Provider("eu-old", **given())
organization("elsewhere", Options(provider=eu), "elsewhere")
"""
AFTER = """
organization("name-new", Options(aliases=[Alias(name="name-old")]), "name")
organization("urn-plugin-new", Options(aliases=[urn(plugin, "urn-plugin-old")]), "urn-plugin")
organization("urn-dynamic-new", Options(aliases=[urn(dynamic, "urn-dynamic-old")]), "urn-dynamic")
organization("output-new", Options(aliases=[Output.from_input(urn(dynamic, "output-old"))]), "output")
organization("output-alias-new", Options(aliases=[Output.from_input(Alias(name="output-alias-old"))]), "output-alias")
box = Box("box-new", Options(aliases=[Alias(name="box-old")]))
organization("into-box", Options(parent=box, aliases=[Alias(parent=pulumi.ROOT_STACK_RESOURCE)]), "into-box")
organization("out-of-box", Options(aliases=[Alias(parent=urn("test:index:Box", "box-old"))]), "out-of-box")
organization("box-new-child", Options(parent=box), "child")
inner = Box("inner", Options(parent=box))
organization("deep-new", Options(parent=inner, aliases=[Alias(name="deep")]), "deep")
acme = organization("parent-new", Options(aliases=[Alias(name="parent-old")]), "parent")
domain("below", Options(parent=acme), acme, "below")
domain("moves-away", Options(aliases=[Alias(parent=urn(dynamic, "parent-old"))]), acme, "moves-away")
domain("moves-by-urn", Options(aliases=[
    urn("scalekit:index:Organization$scalekit:index:Domain", "moves-by-urn")]), acme, "moves-by-urn")
eu = scalekit.Provider("eu-new", Options(aliases=[Alias(name="eu-old")]), **given())
organization("elsewhere", Options(provider=eu), "elsewhere")
"""


@pytest.mark.parametrize("born", ["dynamic", "plugin"])
def test_what_is_renamed_or_moved_as_the_provider_is_switched_stays_what_it_is(workspace, emulator, born):
    project = workspace({"__main__.py": HEAD + BEFORE}, environment=emulator.environment)
    project.config("url", emulator.url)
    project.config("scalekit:plugin", "true" if born == "plugin" else "false")
    project.pulumi("up", "--yes", "--skip-preview")
    ids = {resource["id"] for resource in project.resources().values() if resource.get("id")}
    mark = emulator.ledger.mark()

    project.config("scalekit:plugin", "true" if born == "dynamic" else "false")
    project.write({"__main__.py": HEAD + AFTER})
    shown = project.pulumi("up", "--yes", "--skip-preview").stdout
    assert emulator.ledger.since(mark) == []
    for word in ("created", "deleted", "replaced"):
        assert word not in shown
    assert {resource["id"] for resource in project.resources().values() if resource.get("id")} == ids
    project.pulumi("preview", "--expect-no-changes")


def test_a_parent_that_is_ours_may_be_the_alias_of_what_stood_below_it(workspace, emulator):
    """Its URN holds its type, which is another with the other provider."""
    start = HEAD + 'acme = organization("acme", Options(), "acme")\n'
    project = workspace(
        {"__main__.py": start + 'domain("below", Options(parent=acme), acme, "x")'}, environment=emulator.environment
    )
    project.pulumi("up", "--yes", "--skip-preview")
    mark = emulator.ledger.mark()
    project.config("scalekit:plugin", "true")
    project.write({"__main__.py": start + 'domain("below", Options(aliases=[Alias(parent=acme)]), acme, "x")'})
    project.pulumi("up", "--yes", "--skip-preview")
    assert emulator.ledger.since(mark) == []
    assert len(emulator.store.domains) == 1
