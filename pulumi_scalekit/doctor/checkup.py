"""All that is looked at, in its order: what a part finds out, the next one needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.doctor.configuration import configuration, of_stack
from pulumi_scalekit.doctor.credentials import address, clock, credentials
from pulumi_scalekit.doctor.diagnosis import Diagnoses, Diagnosis
from pulumi_scalekit.doctor.documents import documents
from pulumi_scalekit.doctor.endpoints import endpoints
from pulumi_scalekit.doctor.engine import engine
from pulumi_scalekit.doctor.plugin import plugin
from pulumi_scalekit.doctor.project import Project, project, stack
from pulumi_scalekit.doctor.state import environments, state
from pulumi_scalekit.model import secret
from pulumi_scalekit.model.setting import VARIABLES
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.stack.resource import StackResource
from pulumi_scalekit.stack.stack import Configured, Stack

_COMMAND = 120.0
"""Seconds for a command of Pulumi."""
_REQUEST = 20.0
"""Seconds for a request with its repeats: who waits for a diagnosis should not wait for two minutes."""


@dataclass(frozen=True)
class Checkup:
    """A look at everything that a stack needs to work.

    Attributes:
        folder: The project's folder, or one below it.
        stack_name: The stack; empty for the one that is selected.
        online: Fetch the documents that connections declare, too.
        environ: The environment variables.

    """

    folder: Path
    stack_name: str = ""
    online: bool = False
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def diagnoses(self) -> Iterator[Diagnosis]:
        """What is found, as it is found. Only reads: nothing is written, at Scalekit or here."""
        found = yield from project(self.folder)
        of = Stack(found.folder, self.stack_name, seconds=_COMMAND)
        has_stack = yield from stack(of, found)
        yield from engine(of, found)
        configured = (yield from of_stack(of)) if has_stack else {}
        yield from plugin(found, wanted=_uses_plugin(found, configured))
        settings = yield from configuration(configured, self.environ, found, in_stack=has_stack)
        held = (yield from state(of)) if has_stack else []
        url = settings.environment_url if settings else ""
        yield from environments(held, url, _previous_url(configured))
        if settings and not secret.refused(settings.client_secret.get_secret_value()):
            yield from self._environment(settings, _sources(configured), held, has_state=has_stack)
        else:
            yield Diagnosis(
                "credentials", "note", "Nothing is asked of Scalekit, because the settings are not complete: see above."
            )
        if self.online:
            yield from documents(held)

    def _environment(
        self, settings: Settings, sources: Mapping[str, str], held: Sequence[StackResource], *, has_state: bool
    ) -> Diagnoses[None]:
        """What Scalekit answers."""
        client = Client(settings, deadline=_REQUEST)
        try:
            good = yield from credentials(client, sources)
            yield from clock(client)
            if good:
                yield from address(settings)
                yield from endpoints(Environment(client), held, known=has_state)
        finally:
            client.close()


def _uses_plugin(found: Project, configured: Mapping[str, Configured]) -> bool:
    """Whether the stack's resources are the plugin's: a program in another language than Python has no other provider."""
    setting = configured.get("scalekit:plugin")
    return (setting is not None and setting.value == "true") or found.runtime not in ("", "python")


def _previous_url(configured: Mapping[str, Configured]) -> str:
    """The former URL of the environment as a state spells it; empty where none is configured, or it is none."""
    entry = configured.get("scalekit:previousEnvironmentUrl")
    try:
        return Settings(entry.value, "", SecretStr("")).environment_url if entry else ""
    except ConfigurationError:  # a diagnosis of the configuration
        return ""


def _sources(configured: Mapping[str, Configured]) -> dict[str, str]:
    """Where the id and the secret come from, by key."""
    return {
        key: "the stack's configuration" if f"scalekit:{key}" in configured else f"the variable {VARIABLES[key][0]}"
        for key in ("clientId", "clientSecret")
    }
