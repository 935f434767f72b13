"""`pulumi-scalekit doctor` with the real engine: what it takes from `pulumi` is what a stack is."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.engine

PROGRAM = """\
import pulumi_scalekit as scalekit

scalekit.Organization("acme", display_name="Acme")
"""


def doctor(project, exits):
    command = [f"{sys.prefix}/bin/pulumi-scalekit", "doctor", "--json"]
    ran = subprocess.run(
        command, cwd=project.folder, env=project.environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == exits, ran.stdout + ran.stderr
    return {(each["level"], each["text"]): each["remedy"] for each in json.loads(ran.stdout)["findings"]}


def test_a_stack_from_its_first_up_to_a_wrong_url(workspace, emulator):
    project = workspace({"__main__.py": PROGRAM})
    project.config("scalekit:environmentUrl", emulator.url)
    project.config("scalekit:clientId", emulator.client_id)
    project.config("scalekit:clientSecret", emulator.client_secret, secret=True)
    project.pulumi("up", "--yes", "--skip-preview")

    found = doctor(project, exits=0)
    assert ("ok", "Stack dev.") in found
    assert ("ok", "scalekit:clientSecret: a secret, from the stack's configuration.") in found
    assert ("ok", f"1 resource lives in {emulator.url}, the configured environment.") in found
    assert not {level for level, _ in found} & {"error", "warning"}

    other = emulator.url.replace("127.0.0.1", "localhost")
    project.config("scalekit:environmentUrl", other)
    project.config("scalekit:plugin", "true")
    project.config("scalekit:enviromentUrl", "x")
    found = doctor(project, exits=1)
    errors = {text: remedy for (level, text), remedy in found.items() if level == "error"}
    assert any(
        f"`pulumi config set scalekit:previousEnvironmentUrl {emulator.url}`" in each for each in errors.values()
    )
    assert any(text.startswith("scalekit:enviromentUrl in the stack's configuration") for text in errors)
    assert any(text.startswith("Provider plugin") and "starts" in text for _, text in found)

    project.environment["PULUMI_CONFIG_PASSPHRASE"] = "another"
    assert any("cannot be decrypted" in text for _, text in doctor(project, exits=1))
