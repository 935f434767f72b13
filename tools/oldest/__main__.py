"""Installs the package with the oldest versions that pyproject.toml allows, the oldest Python included, and uses it.

Run it with that Python, or with it on PATH. The extras are not part of the promise: an emulator wants newer versions.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


def oldest() -> tuple[str, list[str]]:
    """The oldest Python, and a pin for the oldest version of each dependency."""
    project = (ROOT / "pyproject.toml").read_text()
    (python,) = re.findall(r'^requires-python = ">=([\d.]+)"', project, re.MULTILINE)
    (declared,) = re.findall(r"^dependencies = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    wanted = re.findall(r'^  "(.+?)"', declared, re.MULTILINE)
    return python, [re.sub(r">=([\d.]+).*", r"==\1", one) for one in wanted]


def main() -> int:
    """Return 0 if it works."""
    python, pins = oldest()
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    interpreter = sys.executable if running == python else shutil.which(f"python{python}")
    if not interpreter:
        print(f"Python {python}, the oldest that pyproject.toml allows, is not on PATH.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        environment = Path(scratch) / "environment"
        inside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
        inside["PATH"] = os.pathsep.join([str(environment / "bin"), inside.get("PATH", os.defpath)])
        print(f"Python {python} with {', '.join(pins)}", flush=True)
        commands: tuple[list[str | Path], ...] = (
            [interpreter, "-m", "venv", environment],
            [environment / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", ROOT, *pins],
            [environment / "bin" / "python", HERE / "use.py", ROOT / "tests" / "support" / "mocked_programs.py"],
        )
        for command in commands:
            # Elsewhere: here the source tree would be imported, and not what was installed.
            code = subprocess.run(command, cwd=scratch, env=inside, check=False).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
