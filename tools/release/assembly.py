"""Everything that a release publishes, in a folder, by where it goes: `pypi/`, `npm/`, `github/`, `go/`."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pulumi_scalekit
from tools import sdk
from tools.engine.progress import StepError, run, say
from tools.release import archive, distributions

ROOT = Path(__file__).resolve().parents[2]
SUMS = "SHA256SUMS"
UNRELEASED = "Unreleased"


def assemble(target: Path, platforms: Sequence[archive.Platform] = archive.PLATFORMS) -> None:
    """Make all of it; `target` is made anew."""
    shutil.rmtree(target, ignore_errors=True)
    pypi, npm, github = (target / name for name in ("pypi", "npm", "github"))
    for folder in (pypi, npm, github):
        folder.mkdir(parents=True)
    wheel = distributions.wheel(pypi)
    distributions.check(wheel, distributions.sdist(pypi))
    when = int(run(["git", "log", "-1", "--format=%ct"], cwd=ROOT)[0])
    for platform in platforms:
        archive.build(wheel, platform, github, when=when)
    sdk.nodejs()
    sdk.packed(npm)
    sdk.go()
    shutil.copytree(sdk.GO, target / "go", ignore=shutil.ignore_patterns(".made-from"))
    materials(github / f"{archive.NAME}-v{version('pulumi-scalekit')}.cdx.json")
    (target / "notes.md").write_text(notes(UNRELEASED if section(released()) is None else released()))
    for path in (*pypi.iterdir(), *npm.iterdir()):
        shutil.copy(path, github)
    checksums(github)


def materials(path: Path) -> None:
    """Write what the archives hold beside the provider, as a CycloneDX bill of materials."""
    say(f"Writing {path.name} …")
    told: list[str | Path] = [
        "--pyproject",
        ROOT / "pyproject.toml",
        "--mc-type",
        "application",
        "--output-reproducible",
    ]
    files: list[str | Path] = ["--output-file", path, archive.LOCK]
    run([sys.executable, "-m", "cyclonedx_py", "requirements", *told, "--output-format", "JSON", *files])


def checksums(folder: Path) -> None:
    """Write a file as `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != SUMS
    ]
    (folder / SUMS).write_text("".join(lines))


def released() -> str:
    """The version that is declared, which has to be the same wherever it stands."""
    declared = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    stated = {
        "pyproject.toml": declared[1] if declared else "",
        "pulumi_scalekit.__version__": pulumi_scalekit.__version__,
        "what is installed": version("pulumi-scalekit"),
    }
    if len(set(stated.values())) > 1:
        raise StepError("The versions differ: " + ", ".join(f"{where}: {it}" for where, it in stated.items()))
    return pulumi_scalekit.__version__


def section(name: str) -> str | None:
    """What the changelog says of a version; None if it says nothing."""
    text = (ROOT / "CHANGELOG.md").read_text()
    heading = rf"^## \[{re.escape(name)}\](?: - \d{{4}}-\d{{2}}-\d{{2}})?\n(.*?)(?=^## |\Z)"
    found = re.search(heading, text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else None


def notes(name: str) -> str:
    """The text of the release."""
    text = section(name)
    if not text:
        raise StepError(f"CHANGELOG.md has no section for {name}.")
    return f"""{text}

### Install

    pip install pulumi-scalekit=={released()}
    npm install pulumi-scalekit@{released()}
    go get {sdk.REPOSITORY.removeprefix("https://")}/sdk/go@v{released()}
    pulumi plugin install resource scalekit {released()} --server github://api.github.com/pulumi-scalekit/pulumi-scalekit

Check a file with `sha256sum --ignore-missing --check {SUMS}`, and who built it with `gh attestation verify FILE --repo pulumi-scalekit/pulumi-scalekit`.
"""


def agrees(tag: str) -> None:
    """Refuse a tag that is not this version's, and a version that the changelog does not have."""
    if tag != f"v{released()}":
        raise StepError(f"The tag is {tag}, and the version {released()}: the tag has to be v{released()}.")
    if section(released()) is None:
        raise StepError(f'CHANGELOG.md has no section "## [{released()}] - DATE": rename "{UNRELEASED}".')
