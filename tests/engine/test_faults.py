"""Faults with the real engine: what tests/reliability shows for each request, shown for thirty through the command line."""

import pytest

from pulumi_scalekit.emulator import Fault
from tests.support.fault_matrix import FAULTS, SLOW
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme-NUMBER", display_name="No NUMBER", external_id="ext-NUMBER",
    features={"sso": True, "dir_sync": True})
scalekit.Connection("sso-NUMBER", organization_id=acme.id, provider="OKTA", type="OIDC", enabled=True,
    oidc={"issuer": "https://acme.okta.com", "client_id": "NUMBER", "client_secret": "s3cret-canary", "scopes": ["openid"]})
"""
ORGANIZATIONS, BELOW = "/api/v1/organizations$", "/api/v1/organizations/[^/]+"
PLACES = {
    "creating the organization": {"method": "POST", "path": ORGANIZATIONS},
    "its features": {"method": "PATCH", "path": f"{BELOW}/settings"},
    "creating the connection": {"method": "POST", "path": f"{BELOW}/connections$"},
    "its settings": {"method": "PATCH", "path": f"{BELOW}/connections/[^/:]+$"},
    "enabling it": {"method": "PATCH", "path": f"{BELOW}/connections/.*:enable"},
    "deleting the last one": {"method": "DELETE"},
}
QUICK = [name for name in FAULTS if name not in SLOW]
THIRTY = [(fault, list(PLACES)[(n + shift) % len(PLACES)]) for shift in (0, 2) for n, fault in enumerate(QUICK)]
# Two more where an answer is lost, so that each create and the delete have one.
THIRTY += [("truncated", "creating the connection"), ("truncated", "creating the organization")]
THIRTY += [("dropped after the write", place) for place in ("creating the connection", "deleting the last one")]
SAMPLE = [("500 after the write", "creating the organization"), *THIRTY[-4:]]


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_after_a_fault_one_more_up_makes_it_so(workspace, emulator, plugin, request, record_property):
    project = workspace({"__main__.py": ""}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    chosen = THIRTY if request.config.getoption("--thorough") else SAMPLE
    for n, (fault, place) in enumerate(chosen):
        where = f"{place}: {fault}"
        project.write({"__main__.py": PROGRAM.replace("NUMBER", str(n))})
        emulator.faults.add(Fault(**FAULTS[fault], **PLACES[place]))
        first = project.pulumi("up", "--yes", "--skip-preview", exits=None)
        emulator.faults.clear()
        if first.returncode != 0:
            assert "Traceback" not in printed(first), where
            project.pulumi("up", "--yes", "--skip-preview")
        (organization,) = emulator.store.organizations.values()
        (connection,) = emulator.store.connections.values()
        assert organization["external_id"] == f"ext-{n}", where
        assert (connection["oidc_config"]["client_id"], connection["enabled"]) == (str(n), True), where
        assert {one["id"] for one in project.resources().values()} == {organization["id"], connection["id"]}, where
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    project.pulumi("preview", "--expect-no-changes")
    record_property("faults with the real engine", len(chosen))
