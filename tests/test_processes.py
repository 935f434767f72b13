"""What the processes of one engine tell each other, with processes that live, end and are killed."""

import os
import shutil
import subprocess
import sys
import tempfile

import pytest

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.provider.processes import EngineProcesses
from pulumi_scalekit.remote.run import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files are not shared there")

ENGINE = "127.0.0.1:4711"
THING = ("https://acme.scalekit.com", "scalekit:index:Organization", "org_1")
HOLDS = f"""
from pulumi_scalekit.remote.run import Run
from pulumi_scalekit.provider.processes import EngineProcesses
Run(EngineProcesses.of({{engine!r}})).hold({THING!r}, {{resource!r}})
print("held", flush=True)
input()
"""


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def another():
    """Starts a process that holds the object for a resource."""
    started = []

    def start(resource, engine=ENGINE):
        code = HOLDS.format(engine=engine, resource=resource)
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_what_another_process_holds_is_not_deleted(another):
    run = Run(EngineProcesses.of(ENGINE))
    run.hold(THING, "mine")
    another("mine")
    assert run.may_delete(THING, "mine"), "the same resource, seen by two providers"
    another("other")
    assert not run.may_delete(THING, "mine")
    assert run.holder_besides(THING, "mine")
    assert run.may_delete((*THING[:2], "org_2"), "mine")
    assert run.may_delete(("https://other.scalekit.com", *THING[1:]), "mine"), "a role's id is its name in each of them"


def test_another_engine_is_another_run(another):
    another("other", "127.0.0.1:4712")
    assert Run(EngineProcesses.of(ENGINE)).may_delete(THING, "mine")


def test_what_a_killed_process_left_behind_does_not_count_and_goes(another, scratch):
    killed = another("other")
    killed.kill()
    killed.wait()
    assert Run(EngineProcesses.of(ENGINE)).may_delete(THING, "mine")
    assert len([path for path in scratch.rglob("*") if path.is_file()]) == 1


def test_without_a_folder_each_knows_what_it_has_seen_itself(scratch, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(scratch / "is-not-there"))
    run = Run(EngineProcesses.of(ENGINE))
    run.hold(THING, "other")
    assert not run.may_delete(THING, "mine")


def test_a_full_disk_loses_no_object_and_a_missing_folder_deletes_none(scratch, monkeypatch):
    run, other = Run(EngineProcesses.of(ENGINE)), Run(EngineProcesses.of(ENGINE))

    def full(*_):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        run.hold(THING, "mine")
    assert not other.holder_besides(THING, "yours")
    run.hold((*THING[:2], "org_2"), "mine")
    assert other.holder_besides(THING, "yours"), "written with the next one"

    shutil.rmtree(next(scratch.iterdir()))
    with pytest.raises(ScalekitError, match="nothing is taken over or deleted"):
        other.may_delete(THING, "yours")


def test_of_two_providers_that_let_go_the_last_one_deletes():
    first, second = Run(EngineProcesses.of(ENGINE)), Run(EngineProcesses.of(ENGINE))
    first.hold(THING, "mine")
    second.hold(THING, "yours")
    assert not first.may_delete(THING, "mine")
    assert second.may_delete(THING, "yours")
