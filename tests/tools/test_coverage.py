"""Every call of Scalekit's API has its place in docs/coverage.md."""

import re
from pathlib import Path

import yaml

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.resources import RESOURCES
from tools import coverage

ROOT = Path(__file__).resolve().parents[2]


def test_every_call_is_classified():
    """Fails where a newer scalekit-sdk-python brings calls, and names them: give each a resource, a function or a reason."""
    assert list(coverage.problems(coverage.calls(), coverage.reasons())) == []


def test_a_new_call_is_named_with_its_path_and_credentials():
    call = coverage.Call("DomainService.MoveDomain", ("POST /api/v1/domains:move",), ("none",), (), published=False)

    (found,) = coverage.problems({**coverage.calls(), call.rpc: call}, coverage.reasons())

    assert found == "DomainService.MoveDomain (POST /api/v1/domains:move; none) is not classified"
    assert "| MoveDomain | `POST /domains:move` | none | no | not classified |" in coverage.page(
        {**coverage.calls(), call.rpc: call}, coverage.reasons()
    )


def test_a_reason_that_is_not_so_is_named():
    said = coverage.reasons(
        """\
reasons:
- {subject: Gone, status: never, text: Why., calls: {DomainService: RentDomain}}
- {subject: Done, status: never, text: Why., calls: {DomainService: CreateDomain}}
- {subject: Hopeless, status: later, text: Why., calls: {WebhookService: WebhookWrapper}}
- {subject: Twice, status: never, text: Why., calls: {WebhookService: WebhookWrapper}}
"""
    )

    found = [line for line in coverage.problems(coverage.calls(), said) if "not classified" not in line]

    assert found == [
        "DomainService.CreateDomain is made by [Domain](reference/domain.md), and coverage.yaml says why nothing does",
        "DomainService.RentDomain is no call any more",
        "WebhookService.WebhookWrapper has several reasons",
        "WebhookService.WebhookWrapper does not take client credentials, so nothing can come of it later",
    ]


def test_what_was_seen_to_be_sent_is_what_the_page_says():
    """docs/requests.md is counted, and not derived from the declarations."""
    page = (ROOT / "docs" / "requests.md").read_text()
    kinds = {resource.kind.name: resource.kind for resource in RESOURCES}
    seen = set()
    for section in page.split("\n### ")[1:]:
        kind = kinds[section.split()[0]]
        known = {path for rpc in coverage.called_by_kind(kind) for path in coverage.calls()[rpc].paths}
        sent = {f"{verb} /api/v1{path}" for verb, path in re.findall(r"`([A-Z]+) (/[^`]*)`", section)}
        # Whether the organization is still there is asked for any kind, and the environment's id for its settings.
        beside = {"GET /api/v1/organizations/{id}"}
        if kind.api.is_of_environment:
            beside |= {"POST /api/v1/events/paginated", "GET /api/v1/users"}
        assert sent - beside <= known, kind.name
        seen.add(kind.name)
    assert seen == set(kinds)


def test_a_function_says_what_it_calls():
    silent = {function.name for function in FUNCTIONS if not coverage.called_by_function(function)}

    assert silent == {"getAuthorizationUrl", "parseSamlMetadata"}, "these send nothing"


def test_credentials_are_the_vendors():
    calls = coverage.calls()

    assert coverage.CLIENT in calls["OrganizationService.CreateOrganization"].credentials
    assert calls["OrganizationService.CreateOrganization"].permissions == ("organizations:write",)
    assert calls["EnvironmentService.GetEnvironment"].credentials == ("dashboard session",)
    assert calls["AuthService.Logout"].credentials == ("none",)
    assert calls["EnvironmentService.DeleteEnvironment"].credentials == ()


def test_links_lead_to_a_section():
    text = coverage.page(coverage.calls(), coverage.reasons())
    headings = {
        re.sub(r"[^\w -]", "", line[4:].lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("### ")
    }

    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= headings


def test_newest_descriptors_are_tried_by_a_scheduled_workflow():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "vendor.yml").read_text())
    steps = [step.get("run", "") for step in workflow["jobs"]["descriptors"]["steps"]]

    assert workflow[True]["schedule"]
    assert any("--upgrade" in run and "scalekit-sdk-python" in run for run in steps)
    assert any("tools.coverage" in run for run in steps)


def test_a_function_says_that_its_call_is_not_published():
    calls = coverage.calls()
    rest = {
        one.name: one.python_name
        for one in FUNCTIONS
        if not all(calls[rpc].published for rpc in coverage.called_by_function(one))
    }
    (named,) = re.findall(r"of the functions, (.*) do\.$", (ROOT / "README.md").read_text(), re.MULTILINE)

    assert [one.name for one in FUNCTIONS if "that Scalekit has not published" in one.description] == list(rest)
    assert re.findall(r"`(\w+)`", named) == sorted(rest.values())
