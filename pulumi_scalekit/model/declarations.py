"""What the resources of one program share that they should not: remembered while they are checked one after the other."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import Rule, Said


@dataclass(frozen=True)
class Declaration:
    """A resource as it is declared.

    Attributes:
        resource: Tells it from the others; empty where nothing does.
        label: How a sentence calls it: `connection "OKTA"`.
        values: Its inputs.
        changed: It is new, or this key of it is. What both resources had before is not said again.
        before: Its inputs in the state; empty where it has none, or where it is checked a second time as a replacement.

    """

    resource: str
    label: str
    values: Values
    changed: bool = True
    before: Values = field(default_factory=dict)

    def is_the_same(self, other: Declaration) -> bool:
        """Whether two declarations are of one resource: what is replaced is checked again, as a new one."""
        if self.resource and other.resource:
            return self.resource == other.resource
        if self.before and other.before:
            return self.before == other.before
        return bool(self.before or other.before) and self.values == other.values


class Declarations:
    """The keys of the resources that were checked so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_key: defaultdict[tuple[str, str], list[Declaration]] = defaultdict(list)

    def judge(self, rule: Rule, declaration: Declaration, before: Values) -> Iterator[Said]:
        """What a rule between resources says of a declaration and those before it."""
        if rule.keys is None or rule.shared is None:
            return
        old = {key for _, key in rule.keys(before)} if before else set[str]()
        for path, key in rule.keys(declaration.values):
            mine = Declaration(declaration.resource, declaration.label, declaration.values, key not in old, before)
            with self._lock:
                known = self._by_key[rule.name, key]
                others = [other for other in known if not mine.is_the_same(other)]
                known.append(mine)
            for other in others:
                sentence = rule.shared(mine.values, other.values, other.label)
                if sentence and (mine.changed or other.changed):
                    yield path, sentence
                    break
