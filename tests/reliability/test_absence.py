"""A missing route answers with the JSON of a missing object: nothing is taken for deleted, doubled or done because of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.emulator.serving import routes
from pulumi_scalekit.model.registry import KINDS
from tests.support.api_variants import API_VARIANTS
from tests.support.cases import CASES
from tests.support.stack import PROVIDERS, Stack

# The vendor's reference does not list the endpoints of user attributes, and its descriptors do not mark them as preview.
UNMARKED = ("scalekit:index:UserAttribute", "scalekit:index:DirectoryUserAttribute")
UNPUBLISHED = [case for case in CASES if KINDS[case.token].api.unpublished and case.token not in UNMARKED]
CREATED = [case for case in UNPUBLISHED if (create := KINDS[case.token].api.create) and create.unpublished]
DELETED = [case for case in CREATED if (delete := KINDS[case.token].api.delete) and delete.unpublished]


@pytest.fixture(params=PROVIDERS)
def stack(request, case, config):
    return Stack(PROVIDERS[request.param](KINDS[case.token], config))


def switched(emulator, **switches):
    emulator.switches = replace(emulator.switches, **switches)


def read_path(kind):
    return kind.api.read_list.path if kind.api.read_list else kind.api.reads


def test_what_is_read_by_an_unpublished_endpoint_says_so():
    """As the vendor's descriptors have it."""
    published = {(route.verb, re.sub(r"{\w+}", "{}", route.template)): route.published for route in routes.load()}

    for kind in KINDS.values():
        read = published[kind.api.read_verb, "/api/v1" + re.sub(r"{[^}]+}", "{}", read_path(kind))]
        assert kind.api.read_unpublished == (not read or kind.token in UNMARKED), kind.name


@pytest.mark.parametrize("case", UNPUBLISHED, ids=str)
def test_a_withdrawn_endpoint_is_not_a_deleted_object(case, stack, api, emulator):
    """The refresh either sees the object, by a published read, or fails: it never drops the resource."""
    program = case.program(api)
    stack.up(program)
    switched(emulator, unpublished_endpoints="missing")
    kind = KINDS[case.token]
    if kind.api.read_unpublished:
        with pytest.raises(ScalekitError, match="the endpoint itself does not answer") as told:
            stack.refresh()
        assert "has not published this endpoint, and may have withdrawn it" in str(told.value)
    else:
        assert stack.refresh() == []
    assert stack.id


@pytest.mark.parametrize("case", DELETED, ids=str)
def test_a_withdrawn_delete_is_not_done(case, stack, api, emulator):
    stack.up(case.program(api))
    switched(emulator, unpublished_endpoints="missing")
    with pytest.raises(ScalekitError, match="the endpoint itself does not answer"):
        stack.up(None)
    assert stack.id
    switched(emulator, unpublished_endpoints="answered")
    stack.up(None)


@pytest.mark.parametrize("case", [case for case in CASES if KINDS[case.token].api.read_unpublished], ids=str)
def test_a_list_that_is_not_there_is_no_empty_list(case, stack, api, emulator):
    stack.up(case.program(api))
    kind = KINDS[case.token]
    unrouted = ".*" + re.sub(r"{[^}]+}", "[^/]+", re.sub(r"/{\w+}$", "", read_path(kind))) + ".*"
    emulator.faults.add(Fault("status", status=404, method=kind.api.read_verb, times=None, path=unrouted))
    with pytest.raises(ScalekitError, match="the endpoint itself does not answer"):
        stack.refresh()
    assert stack.id


@pytest.mark.parametrize(
    "case", [case for case in CASES if KINDS[case.token].api.parent and not case.of_environment], ids=str
)
def test_what_went_with_its_organization_is_gone(case, stack, api, emulator):
    program = case.program(api)
    stack.up(program)
    emulator.store.delete_organization(program["organizationId"])
    assert stack.refresh() == ["deleted"]


@pytest.mark.parametrize("case", CREATED, ids=str)
@pytest.mark.parametrize("answer", ["missing", "refused"])
def test_a_refused_create_says_that_the_endpoint_is_unpublished(case, answer, stack, api, emulator):
    program = case.program(api)
    switched(emulator, unpublished_endpoints=answer)
    with pytest.raises(ScalekitError, match="Scalekit has not published this endpoint") as told:
        stack.up(program)
    assert "deleted" not in str(told.value)
    assert "feature" not in str(told.value)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_child_of_an_organization_that_is_not_there(provider, config):
    stack = Stack(PROVIDERS[provider](KINDS["scalekit:index:Connection"], config))
    with pytest.raises(ScalekitError, match="there is no organization org_9 in http"):
        stack.up({"organizationId": "org_9", "provider": "OKTA", "type": "OIDC"})


def test_the_outage_is_no_reading():
    assert all(one.unpublished_endpoints == Switches().unpublished_endpoints for one in API_VARIANTS.values())
