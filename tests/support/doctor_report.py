"""What `pulumi-scalekit doctor` reports, as its tests read it, and what they put in its way."""

from __future__ import annotations

import json
from typing import Any

from click.testing import Result

from pulumi_scalekit.emulator import Emulator
from tests.support.saml_metadata import Key, Provider, certificate, days_from_today
from tests.support.stack_on_paper import resource

CANARY = "canary-secret-9f3e"
ELSEWHERE = "https://acme.scalekit.com"
DISCOVERY = "/.well-known/openid-configuration"


class Report:
    """What the command printed."""

    def __init__(self, ended: Result) -> None:
        self.code = ended.exit_code
        self.json = json.loads(ended.stdout)
        self.diagnoses: list[dict[str, str]] = self.json["findings"]

    def one(self, level: str, words: str) -> tuple[str, str]:
        """The text and the remedy of the only diagnosis of a level that has these words."""
        found = [each for each in self.diagnoses if each["level"] == level and words in each["text"]]
        assert len(found) == 1, json.dumps(self.diagnoses, indent=1)
        return found[0]["text"], found[0]["remedy"]

    def levels(self, part: str) -> list[str]:
        return [each["level"] for each in self.diagnoses if each["part"] == part]

    def bad(self) -> list[dict[str, str]]:
        return [each for each in self.diagnoses if each["level"] in ("error", "warning")]


def connection(emulator: Emulator, name: str = "acme-sso", **blocks: Any) -> dict[str, Any]:
    """A connection in the state, with the blocks in the words of the state."""
    return resource("Connection", name, emulator.url, **blocks)


def identity_provider(entity_id: str = "https://idp.example", ends: int = 700, **others: Any) -> Provider:
    """An identity provider whose certificate is valid for so many days from now on."""
    valid = certificate(starts=days_from_today(-400), ends=days_from_today(ends))
    return Provider(entity_id, **{"keys": (Key((valid,)),), **others})
