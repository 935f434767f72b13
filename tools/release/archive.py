"""The plugin as archives that `pulumi plugin install resource scalekit VERSION --file …` takes, each with all it imports.

An archive holds a launcher and a folder `lib` for every Python that it supports at once: what Pythons do not share, compiled
modules, has the Python's name in its own. It is unpacked, because the start counts: a zip file or a pex takes longer.
"""

from __future__ import annotations

import filecmp
import gzip
import io
import shutil
import sys
import tarfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from platform import machine, system
from tempfile import TemporaryDirectory

from tools.engine.progress import StepError, run, say

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCK = HERE / "plugin.txt"
LOCKED = ("--require-hashes", "--requirements", LOCK)
LAUNCHER = HERE / "launcher"
NAME = "pulumi-resource-scalekit"
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
# Of what the wheels bring, what the provider does not use.
UNUSED = (
    "bin",
    "lxml/html",
    "lxml/includes",
    "lxml/isoschematron",
    "lxml/objectify*",
    "lxml/builder*",
    "lxml/sax*",
    "yaml/_yaml*",  # PyYAML does without it
)


@dataclass(frozen=True)
class Platform:
    """What an archive is for: the engine's name of it, the wheels in it, and the Python it needs, in words."""

    name: str
    wheels: str
    python: str

    @property
    def launcher(self) -> str:
        """The executable that the engine looks for."""
        return f"{NAME}.cmd" if self.name.startswith("windows") else NAME

    @property
    def needed(self) -> str:
        """What has to be on the machine."""
        return f"Python {PYTHONS[0]} to {PYTHONS[-1]} ({self.python})"


PLATFORMS = (
    Platform("linux-amd64", "x86_64-manylinux2014", "CPython for x86-64 with glibc"),
    Platform("linux-arm64", "aarch64-manylinux2014", "CPython for arm64 with glibc"),
    Platform("darwin-amd64", "x86_64-apple-darwin", "CPython for x86-64"),
    Platform("darwin-arm64", "aarch64-apple-darwin", "CPython for arm64"),
    Platform("windows-amd64", "x86_64-pc-windows-msvc", "64-bit CPython"),
    # gRPC has no wheel for Windows on arm64, which runs programs for x86-64 too.
    Platform("windows-arm64", "x86_64-pc-windows-msvc", "64-bit CPython for x86-64, not arm64"),
)


def build(wheel: Path, platform: Platform, target: Path, *, when: int, pythons: Sequence[str] = PYTHONS) -> Path:
    """Write the platform's archive into the folder `target`. With the same `wheel` and `when` it is the same archive."""
    path = target / f"{NAME}-v{version('pulumi-scalekit')}-{platform.name}.tar.gz"
    say(f"Making {path.name} …")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, "plugin")
        lib = folder / "lib"
        for python in pythons:
            one = Path(scratch, python)
            install(one, platform, python, "--no-deps", *LOCKED)
            prune(one)
            merge(one, lib)
        only = Path(scratch, "provider")
        install(only, platform, pythons[0], "--no-deps", wheel)
        prune(only)
        merge(only, lib)
        lay_launcher(folder, platform, pythons)
        shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
        pack(folder, path, when)
    return path


def install(target: Path, platform: Platform, python: str, *what: str | Path) -> None:
    """Put what a Python of the platform would get into a folder. uv, because it can tell for a Python that is not here."""
    chosen = ["--python-platform", platform.wheels, "--python-version", python, "--only-binary", ":all:"]
    quiet = ["--quiet", "--no-config", "--system-certs"]
    run([sys.executable, "-m", "uv", "pip", "install", *quiet, "--target", target, *chosen, *what])


def resolve(platform: Platform, python: str, scratch: Path) -> None:
    """Look whether there is a wheel of everything, without downloading any."""
    install(scratch / "nothing", platform, python, "--dry-run", "--no-deps", *LOCKED)


def prune(target: Path) -> None:
    """Leave out what the provider does not use."""
    for pattern in UNUSED:
        for path in target.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def merge(source: Path, lib: Path) -> None:
    """Add what is not there yet. What is there has to be the same, so that no Python gets another's module."""
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if path.is_dir() or name.name in {".lock", "CACHEDIR.TAG", ".gitignore"}:  # uv's own
            continue
        there = lib / name
        if not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, there)
        elif not filecmp.cmp(path, there, shallow=False) and not is_older_enough(name):
            raise StepError(f"{name} is not the same for every Python: {LOCK.name} must name one version of it")


def is_older_enough(name: Path) -> bool:
    """Whether the file of the oldest Python serves the others: the stable ABI, and what only says which wheel it was."""
    stable = ".abi3." in name.name or (name.suffix == ".pyd" and name.name.count(".") == 1)
    return stable or name.parts[0].endswith(".dist-info")


def lay_launcher(folder: Path, platform: Platform, pythons: Iterable[str]) -> None:
    """Write what starts the plugin."""
    windows = platform.launcher.endswith(".cmd")
    newest_first = sorted(pythons, key=lambda python: int(python.split(".")[1]), reverse=True)
    commands = " ".join(f'"py -{python}"' if windows else f"python{python}" for python in newest_first)
    for name in (platform.launcher, "plugin.py"):
        text = (LAUNCHER / name).read_text().replace("@NEEDED@", platform.needed).replace("@COMMANDS@", commands)
        (folder / name).write_bytes(text.replace("\n", "\r\n" if name.endswith(".cmd") else "\n").encode())
    (folder / platform.launcher).chmod(0o755)


def pack(folder: Path, path: Path, when: int) -> None:
    """A tar file that tells nothing of who made it, where, or when but `when`."""
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=when) as compressed,
        tarfile.open(fileobj=compressed, mode="w") as archive,
    ):
        for member in sorted(folder.rglob("*")):
            if member.is_dir():
                continue
            entry = tarfile.TarInfo(member.relative_to(folder).as_posix())
            data = member.read_bytes()
            entry.size, entry.mtime = len(data), when
            entry.mode = 0o755 if member.stat().st_mode & 0o100 else 0o644
            archive.addfile(entry, io.BytesIO(data))


def unpack(path: Path, folder: Path) -> None:
    """Do what Pulumi does with an archive."""
    with tarfile.open(path) as archive:
        # As the documentation of tarfile has it, for a Python that knows no filters yet: 3.11 up to 3.11.3.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(folder)


def of_this_machine() -> Platform:
    """The platform that runs this."""
    processor = {"x86_64": "amd64", "amd64": "amd64", "arm64": "arm64", "aarch64": "arm64"}.get(machine().lower())
    for platform in PLATFORMS:
        if platform.name == f"{system().lower()}-{processor}":
            return platform
    raise StepError(f"There is no archive for {system()} on {machine()}.")
