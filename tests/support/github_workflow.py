"""Runs the steps of a GitHub workflow here, so that what is tested is what people copy."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support.workspace import Workspace

EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
SHELLS = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}
# What sets the runner up, which is done here, and what keeps a file.
PREPARING = re.compile(r"actions/(checkout|setup-python|upload-artifact)@")
# How Pulumi's action hands its inputs to the command line; the others say where its report goes.
OPTIONS = {"diff": "--diff", "refresh": "--refresh"}
REPORTING = {"command", "stack-name", "color", "comment-on-pr", "comment-on-summary"}


@dataclass
class Run:
    """What a run of a workflow left behind."""

    code: int = 0
    output: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


class Runner:
    """A checkout of the repository with a stack in it, and what GitHub knows: `{"secrets.TOKEN": …}`."""

    def __init__(self, project: Workspace, scratch: Path, known: dict[str, str]) -> None:
        self.project = project
        self.known = known
        self.scratch = scratch
        scratch.mkdir()

    def run(self, name: str, **known: str) -> Run:
        """Run the one job of a workflow, to the first step that fails and then those that run always."""
        workflow = yaml.safe_load((self.project.folder / ".github" / "workflows" / name).read_text())
        (job,) = workflow["jobs"].values()
        run = Run()
        for step in job["steps"]:
            if PREPARING.match(step.get("uses", "")) or step.get("name") == "Install":
                continue
            if run.code and step.get("if") != "always()":
                continue
            facts = {**self.known, **run.outputs, **known}
            code = self._pulumi(step, facts, run) if "uses" in step else self._script(step, facts, run)
            run.code = run.code or code
        return run

    def _script(self, step: dict[str, Any], facts: dict[str, str], run: Run) -> int:
        summary, outputs, script = (self.scratch / name for name in ("summary", "outputs", "script"))
        script.write_text(evaluated(step["run"], facts))
        outputs.write_text("")
        summary.write_text("")
        code = self._ended(
            [*SHELLS[step.get("shell")], str(script)],
            {
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_OUTPUT": str(outputs),
                **self._environment(step, facts),
            },
            run,
        )
        run.summary += summary.read_text()
        for line in outputs.read_text().splitlines():
            key, _, value = line.partition("=")
            run.outputs[f"steps.{step['id']}.outputs.{key}"] = value
        return code

    def _pulumi(self, step: dict[str, Any], facts: dict[str, str], run: Run) -> int:
        assert step["uses"].startswith("pulumi/actions@"), step
        given = {key: evaluated(str(value), facts).lower() for key, value in step.get("with", {}).items()}
        if not given:
            return 0
        assert set(given) <= REPORTING | set(OPTIONS), "an input that this runner does not know"
        options = [option for key, option in OPTIONS.items() if given.get(key) == "true"]
        confirmed = ["--yes", "--skip-preview"] if given["command"] == "up" else []
        command = [
            given["command"],
            "--stack",
            given["stack-name"],
            "--color",
            given["color"],
            *options,
            *confirmed,
        ]
        return self._ended(["pulumi", "--non-interactive", *command], self._environment(step, facts), run)

    def _environment(self, step: dict[str, Any], facts: dict[str, str]) -> dict[str, str]:
        return {key: evaluated(value, facts) for key, value in step.get("env", {}).items()}

    def _ended(self, command: list[str], environment: dict[str, str], run: Run) -> int:
        # The checkout's stubs come first, so that nothing here talks to GitHub.
        path = os.pathsep.join([str(self.scratch / "bin"), self.project.environment["PATH"]])
        ended = subprocess.run(
            [shutil.which(command[0], path=path) or command[0], *command[1:]],
            cwd=self.project.folder,
            env={**self.project.environment, "PATH": path, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        run.output += ended.stdout
        return ended.returncode


def evaluated(text: str, facts: dict[str, str]) -> str:
    """The text with each `${{ expression }}` replaced by what is known of it. An unknown one is a KeyError."""
    return EXPRESSION.sub(lambda match: facts[match[1]], text)
