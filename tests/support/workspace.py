"""A Pulumi project in a scratch folder, with a stack, a backend and processes of its own."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.support.passphrase import PASSPHRASE, SALT, encrypted

# What `pulumi new python` writes, but for the environment: the workspace has the one that runs the tests at its root,
# where a checkout has it too. An example copied here finds it as it stands.
PROJECT = """\
name: {name}
runtime:
  name: python
  options:
    virtualenv: ../../.venv
"""

# Nobody says that they wrote the state: Pulumi compares the checksum of a version, where there is one.
MANIFEST = {"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""}


class Workspace:
    """`files` is a project folder to copy, or file names with their text; `Pulumi.yaml` may be left out.

    `environment` is passed to every command and may be changed between them; nothing that begins with PULUMI_ or
    SCALEKIT_ comes in from outside. `python` is the virtual environment that the commands find.
    """

    def __init__(
        self,
        scratch: Path,
        files: Path | Mapping[str, str],
        *,
        engine: Path,
        home: Path,
        name: str = "stock",
        stack: str = "dev",
        environment: Mapping[str, str] | None = None,
        python: Path = Path(sys.prefix),
    ) -> None:
        self.scratch = scratch
        self.folder = scratch / "projects" / name
        self.stack = stack
        self.commands: list[subprocess.Popen[str]] = []
        (scratch / "backend").mkdir(parents=True)
        (scratch / ".venv").symlink_to(python)
        from_outside = inherited()
        path = [f"{python}/bin", str(engine), from_outside.get("PATH", os.defpath)]
        self.environment = {
            **from_outside,
            "PATH": os.pathsep.join(path),
            "PULUMI_HOME": str(home),
            "PULUMI_BACKEND_URL": (scratch / "backend").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",  # a plugin that is not found must not be looked for
            **(environment or {}),
        }
        if isinstance(files, Path):
            shutil.copytree(files, self.folder, ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
        else:
            self.write({"Pulumi.yaml": PROJECT.format(name=name), **files})
        self._initialize(home)

    def _initialize(self, home: Path) -> None:
        """Write what `pulumi stack init` does, without starting an engine for it; a test compares the two."""
        settings = self._settings()
        settings.setdefault("encryptionsalt", SALT)
        self._settings_file.write_text(yaml.safe_dump(settings))
        name = f"organization/{self.project}/{self.stack}"
        state = {"salt": settings["encryptionsalt"]}
        latest = {"manifest": MANIFEST, "secrets_providers": {"type": "passphrase", "state": state}, "metadata": {}}
        file = self._stacks / self.project / f"{self.stack}.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"version": 3, "checkpoint": {"stack": name, "latest": latest}}))
        (self.scratch / "backend" / ".pulumi" / "meta.yaml").write_text("version: 1\n")
        # Which stack is selected stands in Pulumi's own folder, by the path of the project file.
        digest = hashlib.sha1(str((self.folder / "Pulumi.yaml").resolve()).encode()).hexdigest()
        selected = home / "workspaces" / f"{self.project}-{digest}-workspace.json"
        selected.parent.mkdir(parents=True, exist_ok=True)
        selected.write_text(json.dumps({"stacks": {self.environment["PULUMI_BACKEND_URL"]: name}}))

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            # Python takes byte code for that of a source of the same second and size.
            for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
                compiled.unlink()

    def pulumi(self, *arguments: str, exits: int | None = 0, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a command to its end. An exit code other than `exits` fails the test; None accepts any."""
        process = self.start(*arguments)
        try:
            stdout, stderr = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            end(process.pid)
            stdout, stderr = process.communicate()
            raise AssertionError(f"pulumi {' '.join(arguments)} did not end:\n{stdout}{stderr}") from None
        if exits is not None and process.returncode != exits:
            ended = f"pulumi {' '.join(arguments)} ended with exit code {process.returncode}, not {exits}"
            raise AssertionError(f"{ended}:\n{stdout}{stderr}")
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running, to be interrupted, killed or waited for."""
        process = subprocess.Popen(
            ["pulumi", "--non-interactive", "--color", "never", *arguments],
            executable=shutil.which("pulumi", path=self.environment["PATH"]),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # plugins get process groups of their own, but the session is ours to find them by
        )
        self.commands.append(process)
        return process

    def config(self, key: str, value: str, *, secret: bool = False) -> None:
        """Set a configuration value, as `pulumi config set` does, without starting an engine for it."""
        settings = self._settings()
        if secret and settings.get("encryptionsalt") != SALT:
            self.pulumi("config", "set", key, value, "--secret")
            return
        named = key if ":" in key else f"{self.project}:{key}"
        settings.setdefault("config", {})[named] = {"secure": encrypted(value)} if secret else value
        self._settings_file.write_text(yaml.safe_dump(settings))

    @property
    def project(self) -> str:
        """The project's name, in the folder that this is now."""
        return yaml.safe_load((self.folder / "Pulumi.yaml").read_text())["name"]

    @property
    def _settings_file(self) -> Path:
        return self.folder / f"Pulumi.{self.stack}.yaml"

    def _settings(self) -> dict[str, Any]:
        return yaml.safe_load(self._settings_file.read_text()) if self._settings_file.exists() else {}

    @property
    def state_file(self) -> Path:
        """Where the backend keeps the state."""
        (file,) = self._stacks.glob(f"*/{self.stack}.json")
        return file

    @property
    def _stacks(self) -> Path:
        return self.scratch / "backend" / ".pulumi" / "stacks"

    def state(self) -> dict[str, Any]:
        """The deployment as `pulumi stack export` has it, secrets encrypted; read without starting an engine for it."""
        return json.loads(self.state_file.read_text())["checkpoint"]["latest"]

    def resources(self) -> dict[str, dict[str, Any]]:
        """The resources in the state by their names, without the stack and the providers."""
        listed = self.state().get("resources", ())
        return {
            resource["urn"].rpartition("::")[2]: resource
            for resource in listed
            if not resource["type"].startswith("pulumi:")
        }

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs, secrets shown."""
        return json.loads(self.pulumi("stack", "output", "--json", "--show-secrets").stdout)

    def running(self) -> list[int]:
        """The processes that this workspace started, or that they started in turn, and that are still there."""
        return [pid for command in self.commands for pid in members(command.pid)]

    def close(self) -> None:
        for command in self.commands:
            end(command.pid)
            with command:  # closes its pipes and reads its exit code
                pass


def inherited() -> dict[str, str]:
    """What the commands get of this process's environment."""
    # Without its byte code, the package would be compiled anew in every process that a command starts.
    left_out = ("PULUMI_", "SCALEKIT_", "PYTHONDONTWRITEBYTECODE")
    return {k: v for k, v in os.environ.items() if not k.startswith(left_out)}


def printed(ended: subprocess.CompletedProcess[str]) -> str:
    """Everything that a command printed."""
    return ended.stdout + ended.stderr


def end(session: int) -> None:
    for pid in members(session):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def members(session: int) -> list[int]:
    """The processes of a session, those included whose parent is gone; none that have ended and wait to be read."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    living = [int(pid) for pid, status in map(str.split, listed.splitlines()) if not status.startswith("Z")]
    return [pid for pid in living if session_of(pid) == session]


def session_of(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None
