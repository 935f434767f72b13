"""A Pulumi project whose `pulumi` is a script that prints what the real one would: for what is not about the engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

_SCRIPT = """#!/bin/sh
case "$*" in
*--show-name*) if [ -s {home}/stack ]; then cat {home}/stack; else echo 'error: no stack selected' >&2; exit 255; fi ;;
*--show-secrets*) if [ -e {home}/locked ]; then echo 'error: incorrect passphrase' >&2; exit 255; fi; cat {home}/clear.json ;;
*config*) cat {home}/masked.json ;;
*export*) cat {home}/export.json ;;
*version*) cat {home}/version ;;
*) echo "error: what is $*" >&2; exit 2 ;;
esac
"""
_COMPANIONS = ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")


class StackOnPaper:
    """A project with a stack; each method changes what its next command says.

    Args:
        home: A scratch folder.
        patch: pytest's monkeypatch.

    """

    def __init__(self, home: Path, patch: Any) -> None:
        self.folder, self.bin, self.home = home / "customers", home / "bin", home
        self.folder.mkdir()
        self.bin.mkdir()
        self.interpreter = sys.prefix
        patch.setenv("PATH", f"{self.bin}:/usr/bin:/bin")
        patch.setattr(sys, "executable", str(self.bin / "python"))
        for name in ("pulumi", *_COMPANIONS):
            self.command(name, _SCRIPT.format(home=home))
        self.version("v3.259.0")
        self.head()
        self.stack("dev")
        self.config()
        self.state()

    def command(self, name: str, text: str) -> Path:
        """Put a command on PATH."""
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def version(self, text: str) -> None:
        (self.home / "version").write_text(text)

    def stack(self, name: str) -> None:
        """The stack that is selected; an empty name for none."""
        (self.home / "stack").write_text(name)

    def head(self, **others: Any) -> None:
        """What stands in Pulumi.yaml."""
        runtime = {"name": "python", "options": {"virtualenv": self.interpreter}}
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "customers", "runtime": runtime, **others}))

    def config(self, *plaintext: str, **values: str) -> None:
        """The configuration by key behind `scalekit:`, or with a namespace; a secret is encrypted unless its key is listed."""
        entries = {
            key if ":" in key else f"scalekit:{key}": {
                "value": value,
                "secret": key == "clientSecret" and key not in plaintext,
            }
            for key, value in values.items()
        }
        masked = {key: {"secret": True} if entry["secret"] else entry for key, entry in entries.items()}
        (self.home / "clear.json").write_text(json.dumps(entries))
        (self.home / "masked.json").write_text(json.dumps(masked))

    def lock(self) -> None:
        """Let nothing be decrypted any more."""
        (self.home / "locked").touch()

    def state(self, *resources: dict[str, Any]) -> None:
        (self.home / "export.json").write_text(json.dumps({"deployment": {"resources": resources}}))


def resource(kind: str, name: str, url: str, provider: str = "default", **outputs: Any) -> dict[str, Any]:
    """A resource of the dynamic provider as a state has it."""
    type_ = f"pulumi-python:dynamic/scalekit:{kind}"
    of = f"urn:pulumi:dev::customers::pulumi:providers:pulumi-python::{provider}::11334bc6"
    return {
        "type": type_,
        "urn": f"urn:pulumi:dev::customers::{type_}::{name}",
        "id": f"{name}_1",
        "provider": of,
        "outputs": {"environmentUrl": url, "organizationId": "org_1", **outputs},
    }
