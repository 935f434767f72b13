"""The file that makes a folder a Pulumi project."""

from __future__ import annotations

from pathlib import Path

_NAMES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


def project_file(folder: Path) -> Path | None:
    """The project file of a folder, or of the nearest folder above it, as Pulumi looks for it."""
    folder = folder.absolute()
    files = (above / name for above in (folder, *folder.parents) for name in _NAMES)
    return next((file for file in files if file.is_file()), None)
