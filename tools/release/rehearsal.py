"""`make release-check`: every step of a release that changes nothing outside, and what it made put to use."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.engine.progress import StepError, run, say
from tools.release import archive, assembly, locks, other_languages, trial


def rehearse() -> None:
    """Make what a release makes, but the archives of other platforms, whose wheels are only looked for."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        say("Checking the locks …")
        locks.check(folder)
        here = archive.of_this_machine()
        for platform in archive.PLATFORMS:
            if platform != here:
                for python in (archive.PYTHONS[0], archive.PYTHONS[-1]):
                    archive.resolve(platform, python, folder)
        assembly.assemble(folder / "dist", [here])
        github, npm = folder / "dist" / "github", folder / "dist" / "npm"
        trial.start(next(github.glob(f"{archive.NAME}-*.tar.gz")), folder / "plugin")
        (package,) = npm.iterdir()
        run(["npm", "publish", "--dry-run", "--access", "public", package], cwd=folder)
        verify(github)
        other_languages.make(folder)
    say("All steps of a release work.")


def verify(folder: Path) -> None:
    """Read the checksums and the bill of materials as users would."""
    if shutil.which("sha256sum"):
        run(["sha256sum", "--check", "--strict", assembly.SUMS], cwd=folder)
    bill = json.loads(next(folder.glob("*.cdx.json")).read_text())
    names = {component["name"] for component in bill["components"]}
    if not names >= {"pulumi", "grpcio", "cryptography"}:
        raise StepError(f"The bill of materials names {sorted(names)} only.")
