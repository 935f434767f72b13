"""The provider plugin."""


def test_a_plugin_that_is_in_the_virtual_environment_but_not_on_path(project, examine):
    project.config(**project.good, plugin="true")
    _, remedy = examine().one("error", "finds no pulumi-resource-scalekit")

    assert "source .venv/bin/activate" in remedy
    project.head(plugins={"providers": [{"name": "scalekit", "path": f"{project.interpreter}/bin"}]})
    examine().one("ok", "starts")


def test_a_plugin_that_does_not_start(project, examine):
    project.command("pulumi-resource-scalekit", "#!/bin/sh\necho 'ModuleNotFoundError' >&2\nexit 1\n")
    project.config(**project.good, plugin="true")
    _, remedy = examine().one("error", "does not start")

    assert f"Run `{project.bin}/pulumi-resource-scalekit` to see why" in remedy


def test_the_newest_plugin_that_is_installed(project, examine, tmp_path):
    for number in ("0.9.0", "0.10.0", "0.2.0-dev"):
        folder = tmp_path / "home" / "plugins" / f"resource-scalekit-v{number}"
        folder.mkdir(parents=True)
        (folder / "pulumi-resource-scalekit").symlink_to(f"{project.interpreter}/bin/pulumi-resource-scalekit")
    project.config(**project.good, plugin="true")
    said, _ = examine().one("ok", "starts")

    assert "resource-scalekit-v0.10.0/pulumi-resource-scalekit" in said
