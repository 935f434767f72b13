"""What a create makes of an object that may be its own, or somebody's: the decisions, one by one."""

import pytest

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api import Conflict, Forbidden
from pulumi_scalekit.lifecycle import adoption
from pulumi_scalekit.lifecycle.advice import advise
from pulumi_scalekit.model import registry
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects

KINDS = {kind.name: kind for kind in registry.KINDS.values()}
ACME = {"display_name": "Acme", "external_id": "acme"}


@pytest.fixture
def objects(config):
    """Makes the objects of a kind in one environment."""
    here = environment(config)
    return lambda kind: Objects(KINDS[kind], here)


@pytest.fixture
def adopting(config):
    here = environment({**config, "scalekit:adopt": "identical"})
    return lambda kind: Objects(KINDS[kind], here)


def test_what_no_two_objects_may_share_is_empty_where_they_may_share_all():
    domain = {"organization_id": "org_1", "domain": "acme.com"}

    assert adoption.identity(KINDS["Domain"], domain) == "org_1/acme.com"
    assert adoption.identity(KINDS["Organization"], ACME) == "acme"
    assert adoption.identity(KINDS["Organization"], {"display_name": "Acme"}) == ""
    assert adoption.identity(KINDS["Connection"], {**domain, "provider": "OKTA", "type": "OIDC"}) == ""


def test_nothing_is_in_an_organization_that_this_run_made(adopting):
    """An M2M client cannot be told from others, and is created there all the same."""
    made = lifecycle.create(adopting("Organization"), ACME).id
    clients = adopting("OrganizationClient")

    assert lifecycle.create(clients, {"organization_id": made, "name": "ci"}).id
    with pytest.raises(lifecycle.AlreadyExists, match="nothing tells whether this organization client exists"):
        lifecycle.create(clients, {"organization_id": "org_1", "name": "ci"})


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"display_name": "Other"}, "display_name 'Other' instead of 'Acme'"),
        ({"metadata": {"tier": "silver"}}, "metadata.tier"),
    ],
    ids=["name", "metadata"],
)
def test_an_organization_that_differs_is_refused_and_the_difference_told(api, adopting, objects, there, said):
    api.send("POST", "/organizations", {**ACME, **there})
    declared = {**ACME, "metadata": {"tier": "gold"}}

    for kind in (adopting("Organization"), objects("Organization")):
        with pytest.raises(lifecycle.AlreadyExists, match=said) as told:
            lifecycle.create(kind, declared)
        assert "already belongs to" in str(told.value)


def test_features_that_a_half_made_organization_lacks_are_no_difference():
    kind = KINDS["Organization"]
    declared = {**ACME, "features": {"sso": True, "dir_sync": True}}

    assert adoption.differences(kind, declared, ACME) == []
    assert adoption.differences(kind, declared, {**ACME, "features": {"sso": True}}) == []
    assert adoption.differences(kind, {**ACME, "features": {"sso": False}}, {**ACME, "features": {"sso": True}}) == [
        "features.sso"
    ]


def test_an_object_of_another_resource_of_the_program_is_named_as_that(api, objects):
    there = api.send("POST", "/organizations", ACME)["organization"]["id"]
    here = objects("Organization")
    here.run.hold(here.key(ACME, there), "urn:other")

    with pytest.raises(lifecycle.AlreadyExists, match="Another resource of this program has it: declare it once"):
        lifecycle.create(here, ACME)


def test_an_object_that_a_replacement_has_in_its_way_is_named_as_that(api, objects):
    api.send("POST", "/organizations", ACME)
    here = objects("Organization")
    here.run.declare(here.kind.token, "acme")

    with pytest.raises(lifecycle.AlreadyExists, match="That is the object that this resource replaces"):
        lifecycle.create(here, ACME)


def test_a_refusal_of_a_kind_with_needs_says_what_it_needs():
    request = {"method": "PATCH", "path": "/organizations/org_1/session-policy"}
    refusal, other = Forbidden(403, "PERMISSION_DENIED", "no", **request), Conflict(409, "ABORTED", "no", **request)
    general = other.advice

    advise(KINDS["SessionPolicy"], refusal)
    advise(KINDS["SessionPolicy"], other)

    assert "declare features" in refusal.advice
    assert other.advice == general
