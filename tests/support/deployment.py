"""What an `up` left behind, in the stack and at Scalekit, to begin other tests with without another `up`."""

import copy
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tests.support.workspace import Workspace

_ITS_OWN = ("lock", "clock", "_tokens")
"""What an emulator keeps of its own when it gets the objects of another."""


class Deployment:
    """A stack and all objects of the environment, as they are now."""

    def __init__(self, project: Workspace, emulator: Emulator) -> None:
        self._url = emulator.url
        self._state = project.state_file.read_text()
        self._objects = copy.deepcopy({k: v for k, v in vars(emulator.store).items() if k not in _ITS_OWN})

    def restore(self, project: Workspace, emulator: Emulator) -> None:
        """Make a new stack and a new emulator what those were, but for the emulator's URL."""
        project.state_file.write_text(self._state.replace(self._url, emulator.url))
        vars(emulator.store).update(self._moved(copy.deepcopy(self._objects), emulator.url))

    def _moved(self, value: Any, url: str) -> Any:
        if isinstance(value, str):
            return value.replace(self._url, url)
        if isinstance(value, list):
            value[:] = [self._moved(item, url) for item in value]
        elif isinstance(value, dict):
            for key, item in value.items():
                value[key] = self._moved(item, url)
        return value
