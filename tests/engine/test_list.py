"""`pulumi do … list` with the real engine: what it prints can be read and imported, and it pages as it is told to."""

import json
import sys

import pytest

pytestmark = pytest.mark.engine

PLUGIN = f"{sys.prefix}/bin/pulumi-resource-scalekit"


@pytest.fixture
def do(workspace, emulator):
    project = workspace({"__main__.py": ""}, environment=emulator.environment)
    return lambda *words, **how: project.pulumi("do", "--package", PLUGIN, *words, **how)


def listed(do, kind, *words):
    return json.loads(do(f"scalekit:index:{kind}", "list", *words).stdout)


def test_organizations_page_by_page(do, api, emulator):
    made = [api.organization(display_name=f"No {n}", external_id=f"no-{n}") for n in range(120)][::-1]

    def counted(*words):
        before = emulator.ledger.mark()
        found = [one["id"] for one in listed(do, "Organization", *words)]
        return found, len(emulator.ledger.since(before))

    assert counted() == (made[:100], 1), "without a word, it asks for the first page alone"
    assert counted("--count", "105") == (made[:105], 2)
    assert counted("--all") == (made, 2)


def test_what_a_list_names_can_be_read(do, api):
    organization = api.organization(display_name="Acme")
    api.domain(organization, "acme.example")
    (domain,) = listed(do, "Domain", "--organization-id", organization)
    assert domain["name"] == "acme.example"
    assert '"domain": "acme.example"' in do("scalekit:index:Domain", "read", domain["id"], "--output", "json").stdout
    assert [one["name"] for one in listed(do, "Organization")] == ["Acme"]


def test_what_fits_no_list_is_refused(do):
    without = do("scalekit:index:Domain", "list", exits=None)
    assert without.returncode != 0
    assert 'Missing required input "organizationId"' in without.stderr
    gone = do("scalekit:index:Domain", "list", "--organization-id", "org_404", exits=None)
    assert gone.returncode != 0
    assert "listing every domain failed: GET /organizations/org_404/domains was answered 404" in gone.stderr
    assert "list " not in do("scalekit:index:ConnectionSettings", "--help").stdout.partition("Available Commands")[2]
