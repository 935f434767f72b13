"""The team's repository in examples/gitops: its workflows are run as they stand, drift and no drift."""

import re
import sys
import textwrap
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from pulumi_scalekit.cli import version
from tests.support.github_workflow import Runner

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gitops"
GUIDE = EXAMPLE.parents[1] / "docs" / "gitops.md"
WORKFLOWS = {path.name: yaml.safe_load(path.read_text()) for path in (EXAMPLE / ".github/workflows").iterdir()}
BY_HAND = {"github.event_name == 'workflow_dispatch'": "true"}
GH = """\
#!/bin/sh
echo "gh $*" >> "$CALLS"
case "$1 $2" in
"issue list") cat "$CALLS.open" 2>/dev/null || true ;;
"issue create") echo 12 > "$CALLS.open" ;;
"issue close") rm "$CALLS.open" ;;
"api --paginate") cat "$CALLS.comment" 2>/dev/null || true ;;
"pr comment") echo 34 > "$CALLS.comment"; cp review.md "$CALLS.posted" ;;
"api --method") cp review.md "$CALLS.posted" ;;
esac
"""
pytestmark = pytest.mark.engine


class Team:
    """The repository, checked out on a runner; the customers' portal is the emulator's store."""

    def __init__(self, project, runner, emulator, calls):
        self.project, self.runner, self.emulator, self.calls = project, runner, emulator, calls

    def workflow(self, name, **known):
        self.calls.write_text("")
        return self.runner.run(name, **known)

    def edit(self, old, new):
        program = self.project.folder / "__main__.py"
        assert old in program.read_text()
        program.write_text(program.read_text().replace(old, new))

    @property
    def connection(self):
        (one,) = self.emulator.store.connections.values()
        return one

    @property
    def external_ids(self):
        return {each["external_id"] for each in self.emulator.store.organizations.values()}

    @property
    def comment(self):
        """The comment on the pull request as it stands."""
        return self.calls.with_name("calls.posted").read_text()

    def comment_commands(self):
        return [
            " ".join(line.split()[1:3])
            for line in self.calls.read_text().splitlines()
            if line.startswith(("gh api", "gh pr"))
        ]

    def issue_commands(self):
        return [line.split()[2] for line in self.calls.read_text().splitlines() if line.startswith("gh issue")]


@pytest.fixture
def team(workspace, emulator, tmp_path):
    project = workspace(EXAMPLE, name="customers", stack="production")
    (project.folder / ".venv").symlink_to(sys.prefix)
    project.config("scalekit:environmentUrl", emulator.url)
    project.config("scalekit:clientId", emulator.client_id)
    project.config("soylentOktaSecret", "okta-s3cret", secret=True)
    runner = Runner(
        project,
        tmp_path / "runner",
        {
            "secrets.PULUMI_ACCESS_TOKEN": "pul-unused",
            "secrets.SCALEKIT_CLIENT_SECRET": emulator.client_secret,
            "github.token": "unused",
            "github.repository": "acme/customers",
            "github.event.pull_request.number": "7",
            "github.event_name == 'workflow_dispatch'": "false",
        },
    )
    calls = tmp_path / "calls"
    project.environment["CALLS"] = str(calls)
    (tmp_path / "runner" / "bin").mkdir()
    gh = tmp_path / "runner" / "bin" / "gh"
    gh.write_text(GH)
    gh.chmod(0o755)
    return Team(project, runner, emulator, calls)


def test_a_preview_shows_the_change_hides_the_secret_and_asks_scalekit_nothing(team):
    team.workflow("up.yml")
    team.project.config("soylentOktaSecret", "another-s3cret", secret=True)
    team.edit('"Sign in with Soylent"', '"Log in"')
    before = team.emulator.ledger.mark()

    preview = team.workflow("preview.yml")

    assert preview.code == 0, preview.output
    assert team.comment.startswith("<!-- scalekit-review -->\n## Scalekit: 1 tenant changed\n")
    assert "`uiButtonTitle`: `Sign in with Soylent` → `Log in`" in team.comment
    assert "`oidc.clientSecret`: `(secret)` → `another secret`" in team.comment
    assert "s3cret" not in preview.output + team.comment
    assert preview.summary == team.comment
    assert team.comment_commands() == ["api --paginate", "pr comment"]
    assert team.emulator.ledger.since(before) == []
    assert team.connection["ui_button_title"] == "Sign in with Soylent"


def test_a_preview_refuses_what_scalekit_would_refuse_and_the_next_push_renews_the_comment(team):
    team.edit('{"tier": "trial"}', '{"t": "trial"}')

    preview = team.workflow("preview.yml")

    assert preview.code != 0
    assert "⛔ Scalekit: The preview failed" in team.comment
    assert "metadata.t" in team.comment
    assert "a key must have at least 3 characters" in team.comment

    team.edit('{"t": "trial"}', '{"tier": "trial"}')
    assert team.workflow("preview.yml").code == 0
    assert "failed" not in team.comment
    assert team.comment_commands() == ["api --paginate", "api --method"]
    assert len(team.emulator.ledger) == 0


def test_a_customer_is_deleted_by_two_pull_requests(team):
    team.workflow("up.yml")
    program = team.project.folder / "__main__.py"
    kept = program.read_text()
    gone = re.sub(r"tyrell = .*?\n\)\n", "", kept, flags=re.DOTALL)
    unprotected = kept.replace('"trial"},\n    deletion_protection=True,', '"trial"},')
    assert len({kept, gone, unprotected}) == 3

    program.write_text(gone)
    preview = team.workflow("preview.yml")
    assert preview.code != 0, "one pull request must not be enough"
    assert "protect" in team.comment
    assert "nobody of this customer can sign in any more" in team.comment

    program.write_text(unprotected)
    assert team.workflow("preview.yml").code == 0
    assert "(protection-removed)" in team.comment
    assert team.workflow("up.yml").code == 0
    assert "tyrell" in team.external_ids

    program.write_text(gone)
    assert team.workflow("preview.yml").code == 0
    assert "nobody of this customer can sign in any more" in team.comment
    assert team.workflow("up.yml").code == 0
    assert team.external_ids == {"soylent"}


def test_drift_is_reported_repaired_and_the_issue_closed(team):
    up = team.workflow("up.yml")
    assert up.code == 0, up.output

    quiet = team.workflow("drift.yml")
    assert quiet.code == 0, quiet.output
    assert quiet.summary.startswith("## ✅ Scalekit is as declared\n")
    assert team.issue_commands() == ["list"]

    team.connection["ui_button_title"] = "Log in"
    team.connection["oidc_config"]["scopes"].remove("profile")
    drift = team.workflow("drift.yml")
    assert drift.code == 7, drift.output
    assert drift.summary.startswith("## ⚠️ 1 object not as declared\n")
    assert "`uiButtonTitle`: declared `Sign in with Soylent`, there `Log in`" in drift.summary
    assert "`oidc.scopes`: declared `openid, email, profile`, there `openid, email`" in drift.summary
    assert "s3cret" not in drift.summary
    assert team.issue_commands() == ["list", "create"]
    assert (team.project.folder / "report.md").read_text() == drift.summary

    assert team.workflow("drift.yml").code == 7
    assert team.issue_commands() == ["list", "edit"]
    assert team.connection["ui_button_title"] == "Log in", "the drift check must not write"

    # A merge of something else leaves the customer's change alone; the workflow run by hand repairs it.
    assert team.workflow("up.yml").code == 0
    assert team.connection["ui_button_title"] == "Log in"
    assert team.workflow("up.yml", **BY_HAND).code == 0
    assert team.connection["ui_button_title"] == "Sign in with Soylent"

    assert team.workflow("drift.yml").code == 0
    assert team.issue_commands() == ["list", "close"]


def test_a_deleted_customer_is_drift_too_and_comes_back_as_another_one(team):
    team.workflow("up.yml")
    soylent = next(i for i, one in team.emulator.store.organizations.items() if one["external_id"] == "soylent")
    address = team.project.outputs()["soylentRedirectUri"]
    team.emulator.store.delete_organization(soylent)

    drift = team.workflow("drift.yml")

    assert drift.code == 7
    assert 'organization "Soylent' in drift.summary
    assert "was deleted" in drift.summary
    assert "do not come back" in drift.summary

    up = team.workflow("up.yml", **BY_HAND)
    assert up.code == 0, up.output
    assert team.external_ids == {"soylent", "tyrell"}
    assert soylent not in team.emulator.store.organizations
    assert team.project.outputs()["soylentRedirectUri"] != address
    assert team.connection["enabled"]
    assert team.workflow("drift.yml").code == 0


def test_a_drift_is_accepted_by_refreshing_and_adopting_the_value(team):
    team.workflow("up.yml")
    team.connection["ui_button_title"] = "Log in"
    team.project.environment["SCALEKIT_CLIENT_SECRET"] = team.emulator.client_secret

    team.project.pulumi("refresh", "--yes")
    left = team.project.pulumi("preview", "--diff").stdout
    assert '~ uiButtonTitle: "Log in" => "Sign in with Soylent"' in left

    team.edit('"Sign in with Soylent"', '"Log in"')
    team.project.pulumi("preview", "--expect-no-changes")
    assert team.workflow("drift.yml").code == 0
    assert team.connection["ui_button_title"] == "Log in"


def test_the_issue_is_the_report_for_what_else_a_team_wants_to_hear_of(team, api):
    team.workflow("up.yml")
    api.organization(display_name="Clicked Inc")
    workflow = team.project.folder / ".github" / "workflows" / "drift.yml"
    assert team.workflow("drift.yml").code == 0
    assert "FAIL_ON: drift " in workflow.read_text()

    workflow.write_text(workflow.read_text().replace("FAIL_ON: drift ", "FAIL_ON: drift,unmanaged "))
    told = team.workflow("drift.yml")

    assert told.code == 8, told.output
    assert team.issue_commands() == ["list", "create"]
    assert "--title Scalekit is as declared, and there is something to do" in team.calls.read_text()
    assert told.summary.startswith("## ✅ ")
    assert "Clicked Inc" in told.summary


def test_a_check_that_cannot_be_made_is_no_drift(team):
    """The run fails, says so, and opens an issue, or nobody would notice."""
    team.workflow("up.yml")

    failed = team.workflow("drift.yml", **{"secrets.SCALEKIT_CLIENT_SECRET": "wrong"})

    assert failed.code not in (0, 7)
    assert failed.summary.startswith("## The drift check failed with exit code 1\n")
    assert "client secret" in failed.summary.lower() or "clientSecret" in failed.summary
    assert team.issue_commands() == ["list", "create"]


def test_a_backend_of_the_teams_own_works_as_its_page_says(team):
    bucket = team.project.environment.pop("PULUMI_BACKEND_URL")
    passphrase = team.project.environment.pop("PULUMI_CONFIG_PASSPHRASE")
    (variables,) = re.findall(r"replace the line .*\n\n((?:    .*\n)+)", GUIDE.read_text())
    for workflow in (team.project.folder / ".github" / "workflows").iterdir():
        text, lines = re.subn(
            r"( +)PULUMI_ACCESS_TOKEN: .*\n",
            lambda match: textwrap.indent(textwrap.dedent(variables), match[1]),
            workflow.read_text(),
        )
        assert lines == 1
        workflow.write_text(text.replace("s3://acme-pulumi-state", bucket))
    passphrases = {"secrets.PULUMI_CONFIG_PASSPHRASE": passphrase}

    assert team.workflow("up.yml", **passphrases).code == 0
    assert team.external_ids == {"soylent", "tyrell"}
    assert team.workflow("preview.yml", **passphrases).code == 0
    assert "3 unchanged" in team.comment
    assert team.workflow("drift.yml", **passphrases).code == 0


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_get_no_more_than_they_need(name):
    workflow = WORKFLOWS[name]
    (job,) = workflow["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    wanted = {"preview.yml": {"pull-requests": "write"}, "drift.yml": {"issues": "write"}}

    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read", **wanted.get(name, {})}
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) for action in used), used


def test_pull_requests_from_forks_get_no_secrets():
    triggers = {name: set(workflow[True]) for name, workflow in WORKFLOWS.items()}  # YAML reads `on` as true
    preview = WORKFLOWS["preview.yml"]["jobs"]["preview"]
    steps = str(preview["steps"])

    assert triggers == {
        "preview.yml": {"pull_request"},
        "up.yml": {"push", "workflow_dispatch"},
        "drift.yml": {"schedule", "workflow_dispatch"},
    }
    assert preview["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
    assert "secrets.SCALEKIT_CLIENT_SECRET" not in steps


def test_what_the_repository_installs_is_what_is_tested():
    lines = (EXAMPLE / "requirements.txt").read_text().splitlines()
    required = {one.name: one for one in map(Requirement, lines)}

    assert set(required) == {"pulumi", "pulumi-scalekit"}
    for name, one in required.items():
        assert one.specifier.contains(version(name)), name
