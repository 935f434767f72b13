"""Explicit providers with the real engine: every form in which a program may name one, with both providers, across a switch."""

import pytest

from pulumi_scalekit.emulator import Emulator

pytestmark = pytest.mark.engine

HEAD = """
import os
import pulumi
import pulumi_scalekit as scalekit
from pulumi import Alias, ResourceOptions as Options

given = {name: os.environ[f"EU_{name.upper()}"] for name in ("environment_url", "client_id", "client_secret")}
eu = scalekit.Provider("eu", **given)

class Box(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Box", name, {}, opts)

def organization(name, opts=None):
    return scalekit.Organization(name, opts, display_name=name, external_id=name)

def below(parent, name):
    return organization(name, Options(parent=parent))
"""
FORMS = """
home = scalekit.Provider("home")
foreign = pulumi.ProviderResource("pulumi-python", "foreign", {"other:key": "value"})

# On the resource itself.
organization("eu-provider", Options(provider=eu))
organization("eu-list", Options(providers=[eu]))
organization("eu-by-name", Options(providers={"scalekit": eu}))
organization("eu-by-package", Options(providers={"pulumi-python": eu}))
organization("eu-beside-another", Options(providers=[foreign, eu]))
organization("eu-before-another", Options(providers=[eu, foreign]))
# On a component, one level and several levels above.
for form, opts in {
    "provider": Options(provider=eu),
    "list": Options(providers=[eu]),
    "by-name": Options(providers={"scalekit": eu}),
    "by-package": Options(providers={"pulumi-python": eu}),
    "beside-another": Options(providers=[foreign, eu]),
    "before-another": Options(providers=[eu, foreign]),
}.items():
    box = Box(f"box-{form}", opts)
    acme = below(box, f"eu-box-{form}")
    below(Box(f"inner-{form}", Options(parent=box)), f"eu-inner-{form}")
    # Below a resource of ours, and below a component that is.
    scalekit.Domain(f"domain-{form}", Options(parent=acme), organization_id=acme.id, domain=f"{form}.example",
        domain_type="ORGANIZATION_DOMAIN")
    below(Box(f"under-{form}", Options(parent=acme)), f"eu-under-{form}")
# The nearest one counts.
outer = Box("outer", Options(provider=eu))
below(Box("nearer", Options(parent=outer, providers={"scalekit": home})), "home-nearer")
organization("home-nearest", Options(parent=outer, provider=home))
# A mapping that does not speak of us leaves the stack's environment.
below(Box("nothing", Options()), "home-nothing")
organization("home-plain")
# From a transformation, and from a transform.
organization("eu-transformation", Options(transformations=[
    lambda args: pulumi.ResourceTransformationResult(args.props, Options.merge(args.opts, Options(provider=eu)))]))
organization("eu-transformation-mapping", Options(transformations=[
    lambda args: pulumi.ResourceTransformationResult(args.props, Options.merge(args.opts, Options(providers={"scalekit": eu})))]))
organization("eu-transform", Options(transforms=[
    lambda args: pulumi.ResourceTransformResult(args.props, Options.merge(args.opts, Options(provider=eu)))]))
"""


@pytest.fixture
def europe(switches):
    with Emulator(switches) as running:
        yield running


@pytest.fixture
def project(workspace, emulator, europe):
    def make(program, plugin):
        elsewhere = {name.replace("SCALEKIT", "EU"): value for name, value in europe.environment.items()}
        made = workspace({"__main__.py": HEAD + program}, environment={**emulator.environment, **elsewhere})
        made.config("scalekit:plugin", plugin)
        return made

    return make


def names(emulator):
    return {one["external_id"] for one in emulator.store.organizations.values()}


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_every_form_of_naming_a_provider_goes_where_it_says(project, emulator, europe, plugin):
    made = project(FORMS, plugin)
    made.pulumi("up", "--yes", "--skip-preview")
    assert {name.partition("-")[0] for name in names(europe)} == {"eu"}
    assert {name.partition("-")[0] for name in names(emulator)} == {"home"}
    assert len(names(europe) | names(emulator)) == 6 + 3 * 6 + 4 + 3
    assert len(europe.store.domains) == 6

    before = [emulator.ledger.mark(), europe.ledger.mark()]
    if plugin == "false":
        made.config("scalekit:plugin", "true")
        made.pulumi("up", "--yes", "--skip-preview")
    made.pulumi("preview", "--expect-no-changes")
    assert [emulator.ledger.since(before[0]), europe.ledger.since(before[1])] == [[], []]
    made.pulumi("destroy", "--yes", "--skip-preview")
    assert names(europe) | names(emulator) == set()


ANOTHERS = """
foreign = pulumi.ProviderResource("pulumi-python", "foreign", {"other:key": "value"})
below(Box("box", Options(providers=[foreign])), "home-x")
"""


def test_a_component_with_a_provider_of_anothers_dynamic_resources_needs_one_of_ours(project, emulator, europe):
    """The engine would send ours to it, which knows nothing of Scalekit."""
    made = project(ANOTHERS, "false")
    refused = made.pulumi("preview", exits=None)
    assert refused.returncode != 0
    shown = refused.stdout
    assert 'providers["pulumi-python"] is a provider of package "pulumi-python"' in shown
    assert "Traceback" not in shown
    made.config("scalekit:plugin", "true")
    made.pulumi("up", "--yes", "--skip-preview")
    assert (names(emulator), names(europe)) == ({"home-x"}, set())
