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
