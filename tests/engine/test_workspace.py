"""What the tests write instead of asking the engine for it is what the engine writes."""

import json

import pytest
import yaml

pytestmark = pytest.mark.engine


def shape(value):
    """The same with every text replaced: the times, salts and versions differ."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return type(value)


def test_a_workspace_is_a_stack_as_pulumi_makes_it(workspace):
    project = workspace({"__main__.py": ""})
    stacks = project.scratch / "backend" / ".pulumi" / "stacks" / "stock"
    kept = project.scratch / "backend" / ".pulumi" / "meta.yaml"
    ours, version = json.loads((stacks / "dev.json").read_text()), kept.read_text()
    assert project.pulumi("stack", "--show-name").stdout.strip() == "dev"

    kept.unlink()
    project.pulumi("stack", "init", "made")

    theirs = json.loads((stacks / "made.json").read_text())
    assert shape(ours) == shape(theirs)
    assert ours["checkpoint"]["stack"] == theirs["checkpoint"]["stack"].replace("made", "dev")
    assert version == kept.read_text()
    settings = [yaml.safe_load((project.folder / f"Pulumi.{stack}.yaml").read_text()) for stack in ("dev", "made")]
    assert shape(settings[0]) == shape(settings[1])


def test_a_secret_is_encrypted_as_pulumi_does_it(workspace):
    project = workspace({"__main__.py": ""})
    project.config("ours", "hush", secret=True)
    project.pulumi("config", "set", "theirs", "hush", "--secret")

    assert json.loads(project.pulumi("config", "--json", "--show-secrets").stdout) == {
        "stock:ours": {"value": "hush", "secret": True},
        "stock:theirs": {"value": "hush", "secret": True},
    }
    settings = yaml.safe_load((project.folder / "Pulumi.dev.yaml").read_text())["config"]
    assert settings["stock:ours"].keys() == settings["stock:theirs"].keys() == {"secure"}
