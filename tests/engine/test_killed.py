"""Killed at bad moments: never a duplicate, no process left behind, and everything converges afterwards."""

import os
import signal
import subprocess
import time

import pytest

from tests.support.workspace import printed

pytestmark = [pytest.mark.engine, pytest.mark.fresh]

PROGRAM = """
import pulumi_scalekit as scalekit
for n in range(6):
    scalekit.Organization(f"org-{n}", display_name=f"No {n}", external_id=f"ext-{n}", metadata={"tier": "TIER"})
"""


def wait_for(condition, seconds=60):
    """No test asserts a time: this only keeps a broken one from hanging."""
    for _ in range(seconds * 20):
        if condition():
            return True
        time.sleep(0.05)
    return False


def recover(project, *, pending):
    """What a user does after a crash, as Pulumi's own messages say.

    Args:
        project: The workspace.
        pending: The engine itself was killed: only that leaves operations of which nobody knows how they ended.

    """
    for locks in (project.folder.parents[1] / "backend").rglob(".pulumi/locks/**/*.json"):
        locks.unlink()
    for empty in (project.folder.parents[1] / "backend").rglob("*.attrs"):
        if empty.stat().st_size == 0:
            empty.unlink()
    project.config("scalekit:adopt", "identical")
    if pending:
        project.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    project.pulumi("up", "--yes", "--skip-preview", "--refresh")
    project.config("scalekit:adopt", "no")


def provider(project):
    """The process that serves our resources: the plugin, or the SDK's host of dynamic providers."""
    for pid in project.running():
        listed = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        words = listed.stdout.split()
        if "pulumi.dynamic" in words or any(word.endswith("/pulumi-resource-scalekit") for word in words):
            return pid
    raise AssertionError("no provider is running")


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
@pytest.mark.parametrize("victim", ["cli", "provider"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda one: one.name)
def test_a_process_is_killed(workspace, emulator, plugin, victim, how, request):
    """During a create, an update and a destroy, each recovered from before the next."""
    if (victim, how) == ("provider", signal.SIGINT) and not request.config.getoption("--thorough"):
        pytest.skip("a provider ends by SIGTERM in the same way; only with --thorough")
    project = workspace({}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    for operation, tier in (("POST", "gold"), ("PATCH", "silver"), ("DELETE", "silver")):
        project.write({"__main__.py": PROGRAM.replace("TIER", tier)})
        emulator.faults.latency = 0.4
        before = emulator.ledger.mark()
        verb = "destroy" if operation == "DELETE" else "up"
        cli = project.start(verb, "--yes", "--skip-preview", "--parallel", "2")
        assert wait_for(lambda: emulator.ledger.count(operation, since=before) > 0)  # noqa: B023 - called here
        os.kill(cli.pid if victim == "cli" else provider(project), how)
        told = "".join(cli.communicate(timeout=120))
        if how is signal.SIGKILL:
            assert cli.returncode != 0, told
        assert wait_for(lambda: not project.running()), f"a process was left behind:\n{told}"

        emulator.faults.latency = 0
        recover(project, pending=victim == "cli" and how is signal.SIGKILL)
        records = list(emulator.store.organizations.values())
        assert sorted(one["external_id"] for one in records) == [f"ext-{n}" for n in range(6)]
        assert {one["metadata"]["tier"] for one in records} == {tier}
        assert {one["id"] for one in project.resources().values()} == set(emulator.store.organizations)
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_an_interrupted_create_is_named_with_the_way_to_take_it_over(workspace, emulator, api, plugin):
    organization = api.send("POST", "/organizations", {"display_name": "No 0", "external_id": "ext-0"})["organization"][
        "id"
    ]
    api.send("PATCH", f"/organizations/{organization}", {"metadata": {"tier": "gold"}})
    project = workspace({"__main__.py": PROGRAM.replace("TIER", "gold")}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    failed = project.pulumi("up", "--yes", "--skip-preview", exits=None)
    told = printed(failed)
    assert failed.returncode != 0
    assert f"external_id 'ext-0' already belongs to {organization}" in told
    assert "pulumi config set scalekit:adopt identical" in told

    project.config("scalekit:adopt", "identical")
    project.pulumi("up", "--yes", "--skip-preview")
    assert len(emulator.store.organizations) == 6
    project.pulumi("preview", "--expect-no-changes")
