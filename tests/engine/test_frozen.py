"""`make freeze` writes every fixture of a release, until there is one."""

import json
import subprocess

import pytest

from tests.support.frozen import FIXTURES, KINDS, PLUGIN_SETTING, released, write

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("tag", "covered"), [("v0.7.0", True), ("0.7.0", True), ("v0.7.0rc1", False), ("v0.7.1", False)]
)
def test_a_version_is_released_by_its_tag(tmp_path, tag, covered):
    author = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    for words in (("init", "--quiet"), (*author, "commit", "--quiet", "--allow-empty", "-m", "a"), ("tag", tag)):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)

    assert released("0.7.0", tmp_path) is covered


def test_all_that_a_release_needs_is_written(tmp_path, engine_folder):
    paths = write("0.7.0", tmp_path, engine_folder)

    kept = {path.name.replace("0.1.0", "0.7.0") for path in FIXTURES.glob("*-0.1.0*.json")}
    assert {path.name for path in paths} == {path.name for path in tmp_path.iterdir()} == kept
    assert set(json.loads((tmp_path / "state-0.7.0.json").read_text())["providers"]) == set(KINDS)
    for provider in PLUGIN_SETTING:
        stack = json.loads((tmp_path / f"stack-0.7.0-{provider}.json").read_text())
        types = {one["type"].rpartition(":")[2] for one in stack["state"]["deployment"]["resources"]}
        assert types >= {kind.name for kind in KINDS.values()}
