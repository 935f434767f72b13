from __future__ import annotations

import subprocess
import sys

import pytest

from pulumi_scalekit.emulator.behaviour.call import BEHAVIOURS
from pulumi_scalekit.emulator.serving import descriptors, routes, rules


def test_the_descriptors_are_all_there():
    found = list(routes.load())
    assert len({route.rpc for route in found}) > 400
    assert len(found) > 480


def test_every_behaviour_belongs_to_an_rpc():
    known = {route.rpc for route in routes.load()}
    assert set(BEHAVIOURS.by_rpc) - known == set()


def test_every_rule_of_every_request_can_be_run():
    api = descriptors.load()
    for method in api.methods():
        rules.violations(api.message(method.input_type))


@pytest.mark.parametrize(
    ("verb", "path", "rpc"),
    [
        ("GET", "/api/v1/organizations/-/connections", "ConnectionService.ListOrganizationConnections"),
        ("GET", "/api/v1/organizations/org_1/connections", None),
        (
            "GET",
            "/api/v1/organizations/-/connections:search",
            "ConnectionService.SearchOrganizationConnections",
        ),
        ("GET", "/api/v1/connections/app", "ConnectionService.ListAppConnections"),
        ("GET", "/api/v1/connections/conn_1", "ConnectionService.GetEnvironmentConnection"),
        ("PATCH", "/api/v1/connections/conn_1:enable", "ConnectionService.EnableEnvironmentConnection"),
        ("GET", "/api/v1/roles/admin/permissions:all", "RolesService.ListEffectiveRolePermissions"),
        ("GET", "/api/v1/organizations:external/x", "OrganizationService.GetOrganizationByExternalId"),
    ],
)
@pytest.mark.parametrize("escapes", ["kept", "decoded"])
def test_what_is_spelled_out_wins_over_a_variable(verb, path, rpc, escapes):
    found = routes.load().find(verb, path, escapes)
    assert (found.route.rpc if isinstance(found, routes.Match) else None) == rpc


@pytest.mark.parametrize(
    ("verb", "path", "rpc", "variables"),
    [
        ("GET", "/api/v1/permissions/read:users", "RolesService.GetPermission", {"permission_name": "read:users"}),
        (
            "DELETE",
            "/api/v1/roles/a:b/permissions/c:d",
            "RolesService.RemovePermissionFromRole",
            {"role_name": "a:b", "permission_name": "c:d"},
        ),
        ("GET", "/api/v1/roles/a:b/users:count", "RolesService.GetRoleUsersCount", {"role_name": "a:b"}),
        (
            "PATCH",
            "/api/v1/connections/a:b:enable",
            "ConnectionService.EnableEnvironmentConnection",
            {"connection_id": "a:b"},
        ),
    ],
)
@pytest.mark.parametrize("escapes", ["kept", "decoded"])
def test_a_variable_may_hold_a_colon_but_not_the_verb_at_the_end(verb, path, rpc, variables, escapes):
    found = routes.load().find(verb, path, escapes)
    assert (found.route.rpc, found.variables) == (rpc, variables)


@pytest.mark.parametrize(("escapes", "name"), [("kept", "UpdateConnection"), ("decoded", "EnableConnection")])
def test_an_escaped_colon_begins_a_verb_only_where_paths_are_decoded(escapes, name):
    found = routes.load().find("PATCH", "/api/v1/organizations/org_1/connections/conn_1%3Aenable", escapes)
    assert found.route.rpc == f"ConnectionService.{name}"


def test_what_has_no_route_is_not_found_and_another_verb_is_not_implemented(api):
    assert api.refused(404, "GET", "/nothing")["code"] == 5
    assert api.refused(501, "PUT", "/organizations", {})["message"] == "Method Not Allowed"


def test_an_rpc_without_behaviour_says_so(api):
    refusal = api.refused(501, "GET", "/connected_accounts")
    assert refusal["code"] == 12
    assert "is not emulated" in refusal["message"]


def test_an_rpc_that_environment_credentials_may_not_call_is_forbidden(api):
    assert api.refused(403, "GET", "/environments")["code"] == 7


@pytest.mark.parametrize("content", [b"{", b"[]", b'"text"'])
def test_what_is_not_a_json_object_is_refused(api, content):
    response = api.http.post("/organizations", content=content)
    assert (response.status_code, response.json()["code"]) == (400, 3)


def test_no_body_is_not_an_empty_body(api):
    missing = api.refused(400, "POST", "/organizations")
    empty = api.refused(400, "POST", "/organizations", {})
    fields = [
        refusal["details"][0]["validation_error_info"]["field_violations"][0]["field"] for refusal in (missing, empty)
    ]
    assert fields == ["organization", "organization.display_name"]


def test_camel_case_is_understood_in_bodies_and_queries(api):
    path = api.bare_organization(externalId="acme")
    assert api.patch(path, {"displayName": "New"})["organization"]["display_name"] == "New"
    assert api.get("/connections", organizationId="org_1")["connections"] == []
    api.refused(400, "GET", "/organizations", pageSize="many")


def test_a_query_that_nobody_knows_is_ignored(api):
    assert api.get("/organizations", colour="red")["total_size"] == 0


def test_neither_the_vendors_package_nor_the_rest_of_ours_is_imported():
    script = """
import sys
import pulumi
before = set(sys.modules)
from pulumi_scalekit.emulator import Emulator
with Emulator():
    pass
vendor = [name for name in set(sys.modules) - before if name == "scalekit" or name.startswith(("scalekit.", "buf."))]
assert not vendor, vendor
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_imports_inside_the_package_stay_inside_the_emulator():
    import ast
    from pathlib import Path

    import pulumi_scalekit.emulator as package

    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("pulumi_scalekit") or name.startswith("pulumi_scalekit.emulator"), path
                assert name.partition(".")[0] not in ("httpx", "pulumi", "scalekit"), path
