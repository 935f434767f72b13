"""The engine's rules in small: what the real one would call, with what, in which order, and what it keeps.

One resource, either provider. The real engine runs in tests/engine; this one is for the thousands of cases that need none.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from tests.support.providers import (
    PROVIDERS,
    SECRET_KEY,
    UNKNOWN,
    InitFailed,
    Props,
    Provider,
    changed_paths,
    plain,
    sent,
    to_struct,
)

__all__ = [
    "PROVIDERS",
    "UNKNOWN",
    "CheckFailed",
    "Props",
    "Stack",
    "plain",
    "secret_paths",
    "sent",
    "to_struct",
    "without",
]


class CheckFailed(Exception):
    """A property was refused at preview."""

    def __init__(self, failures: dict[str, str]) -> None:
        super().__init__(str(failures))
        self.failures = failures


@dataclass
class Stack:
    """A stack with one resource in it."""

    provider: Provider
    id: str = ""
    inputs: Props = field(default_factory=dict)
    outputs: Props = field(default_factory=dict)
    unfinished: bool = False
    """A create or update failed half way: another update comes even where nothing differs."""
    replaced: list[tuple[str, Props]] = field(default_factory=list)
    """Old objects that a replacement has not deleted yet."""
    log: list[str] = field(default_factory=list)

    def preview(self, program: Props | None) -> str:
        """`same`, `create`, `update`, `replace` or `delete`: what an `up` would do."""
        if program is None:
            return "delete" if self.id or self.replaced else "same"
        news = self._checked(program)
        if not self.id:
            return "create"
        replaces, _ = self.provider.replaces(self.id, self.inputs, self.outputs, news)
        if plain(news) == plain(self.inputs):
            # A provider may ask for an update although the inputs are as before.
            again = self.unfinished or self.provider.insists(self.id, self.inputs, self.outputs, news)
            return "update" if again else "delete" if self.replaced else "same"
        return "replace" if set(replaces) & set(self.changed(news)) else "update"

    def changed(self, news: Props) -> list[str]:
        """The paths at which inputs differ."""
        return sorted(changed_paths(plain(self.inputs), plain(news)))

    def up(self, program: Props | None) -> str:
        """Make it so. Returns what was done. What was done before an error is kept as the engine keeps it."""
        step = self.preview(program)
        if step == "create":
            self._create(self._checked(program))
        elif step == "update":
            news = self._checked(program)
            try:
                self.outputs = self.provider.update(self.id, self.inputs, self.outputs, news)
            except InitFailed as half:
                self.inputs, self.outputs, self.unfinished = half.inputs, half.outputs, True
                raise
            self.inputs, self.unfinished = news, False
        elif step == "replace":
            self._replace(program)
        elif program is None and self.id:
            self.provider.delete(self.id, self.outputs)
            self._forget()
        while self.replaced:
            self.provider.delete(*self.replaced[0])
            del self.replaced[0]
        self.log.append(step)
        return step

    def _replace(self, program: Props | None) -> None:
        old = (self.id, self.outputs)
        _, delete_first = self.provider.replaces(self.id, self.inputs, self.outputs, self._checked(program))
        assert program is not None
        news, failures = self.provider.check({}, program)  # as if nothing had been there
        if failures:
            raise CheckFailed(failures)
        if delete_first:
            self.provider.delete(*old)
            self._forget()
            self._create(news)
            return
        try:
            self._create(news)
        except InitFailed:
            self.replaced.append(old)
            raise
        self.replaced.append(old)

    def _create(self, news: Props) -> None:
        try:
            self.id, self.outputs = self.provider.create(news)
        except InitFailed as half:
            self.id, self.inputs, self.outputs, self.unfinished = half.id, half.inputs, half.outputs, True
            raise
        self.inputs, self.unfinished = news, False

    def _forget(self) -> None:
        self.id, self.inputs, self.outputs, self.unfinished = "", {}, {}, False

    def _checked(self, program: Props | None) -> Props:
        assert program is not None
        news, failures = self.provider.check(self.inputs, program)
        if failures:
            raise CheckFailed(failures)
        return news

    def refresh(self) -> list[str]:
        """Read, and return the paths that drifted; `["deleted"]` if it is gone."""
        found = self.provider.read(self.id, self.inputs, self.outputs)
        if found is None:
            self._forget()
            return ["deleted"]
        _, inputs, outputs = found
        drift = self.changed(inputs)
        self.inputs, self.outputs, self.unfinished = inputs, outputs, False
        return drift

    def drift(self) -> list[str]:
        """What `refresh` would find, without keeping it."""
        return copy.copy(self).refresh()


def secret_paths(value: Any, above: str = "") -> set[str]:
    """Where a provider's answer is marked as secret."""
    if isinstance(value, dict):
        if SECRET_KEY in value:
            return {above}
        return {path for key, item in value.items() for path in secret_paths(item, f"{above}.{key}".lstrip("."))}
    return set()


def without(properties: Props, paths: Any) -> Props:
    """The properties less those at some paths."""
    kept = copy.deepcopy(properties)
    for path in paths:
        *above, last = path.split(".")
        holder = kept
        for part in above:
            holder = holder.get(part, {})
        holder.pop(last, None)
    return kept
