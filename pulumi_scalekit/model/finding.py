"""Findings: what a declaration will lead to, said before anything is sent.

A rule is a function of declared values, old and new, beside the resource that it is about. The providers show findings
in a preview, and `pulumi-scalekit review` and `report` print the same ones. Nothing here knows a resource or sends a
request. No rule repeats an address or another value that may be secret: a provider is not told what the program marked.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pulumi_scalekit.model.field import UNKNOWN, Values, value_at

Severity: TypeAlias = Literal["error", "warning", "note"]

Said: TypeAlias = tuple[str, str]
"""What a rule says: the property's path in Python's names, and a sentence."""


@dataclass(frozen=True)
class Finding:
    """What a rule says of one resource.

    Attributes:
        rule: The rule's name, `certificate-expired`.
        severity: `error`: it cannot work. `warning`: it will hurt. `note`: it helps to decide.
        path: The property in the words of the state, `saml.idpCertificate`; empty for the whole resource.
        sentence: What it means for the reader. Never holds a secret.

    """

    rule: str
    severity: Severity
    path: str
    sentence: str


@dataclass(frozen=True)
class ResourceChange:
    """What happens to a resource.

    Attributes:
        before: The inputs in the state; empty for a create.
        after: The inputs in the program; empty for a delete.
        replaced: A new object takes the place of the old one.
        unprotected: Pulumi's `protect` is taken away. A review knows; no provider is told.

    """

    before: Values
    after: Values
    replaced: bool = False
    unprotected: bool = False

    @property
    def updated(self) -> bool:
        """Whether the object stays the same one."""
        return bool(self.before and self.after) and not self.replaced

    @property
    def deleted(self) -> bool:
        return bool(self.before) and not self.after

    def becomes(self, path: str) -> tuple[object, object]:
        """The old and the new value of a property; None where there is none or it is not known yet."""
        return known_at(self.before, path), known_at(self.after, path)


def known_at(values: Values, path: str) -> object:
    """The value at a path; None where there is none, or where it is not known before `pulumi up`."""
    value = value_at(values, path)
    return None if value is UNKNOWN else value


def text_at(values: Values, path: str) -> str:
    """The text at a path; empty where there is none that is known."""
    value = known_at(values, path)
    return value if isinstance(value, str) else ""


Consequence: TypeAlias = Callable[[ResourceChange], str]
"""What a change means for the people of the customer, in a sentence. Empty where a finding says it, or it means nothing."""


@dataclass(frozen=True)
class Rule:
    """One rule: its name, how much it matters, and what it judges.

    Attributes:
        name: By which a user makes it an error or silences it.
        severity: Of what it says.
        words: What it is about and what to do, a paragraph in Markdown.
        judge: What it says of a change.
        of_change: It is about what a change does, and says nothing of an object that is there.
        keys: Of a rule between resources: (path, key) of what no two resources of the program should share.
        shared: Of a rule between resources: the sentence, from the values, the other's values and how the other is called;
            None where the two may share it.

    """

    name: str
    severity: Severity
    words: str
    judge: Callable[[ResourceChange], Iterable[Said]]
    of_change: bool = False
    keys: Callable[[Values], Iterable[tuple[str, str]]] | None = None
    shared: Callable[[Values, Values, str], str | None] | None = None

    def of_values(self, values: Values) -> list[Said]:
        """What it says of an object as it is, whatever was before."""
        return list(self.judge(ResourceChange({}, values)))


def value_rule(name: str, severity: Severity) -> Callable[[Callable[[Values], Iterable[Said]]], Rule]:
    """A rule about values as they are. Of a change it says what it did not say of the old values, or says of another text."""

    def made(judged: Callable[[Values], Iterable[Said]]) -> Rule:
        def judge(change: ResourceChange) -> Iterator[Said]:
            if change.after:
                known = list(judged(change.before)) if change.before and not change.replaced else []
                for path, sentence in judged(change.after):
                    if (path, sentence) not in known or text_at(change.before, path) != text_at(change.after, path):
                        yield path, sentence

        return Rule(name, severity, inspect.cleandoc(judged.__doc__ or ""), judge)

    return made


def change_rule(name: str, severity: Severity) -> Callable[[Callable[[ResourceChange], Iterable[Said]]], Rule]:
    """A rule about what a change does."""

    def made(judged: Callable[[ResourceChange], Iterable[Said]]) -> Rule:
        return Rule(name, severity, inspect.cleandoc(judged.__doc__ or ""), judged, of_change=True)

    return made


def shared_rule(
    name: str, severity: Severity, keys: Callable[[Values], Iterable[tuple[str, str]]]
) -> Callable[[Callable[[Values, Values, str], str | None]], Rule]:
    """A rule about two resources of one kind that share a key."""

    def made(shared: Callable[[Values, Values, str], str | None]) -> Rule:
        return Rule(name, severity, inspect.cleandoc(shared.__doc__ or ""), lambda _: (), keys=keys, shared=shared)

    return made


@dataclass(frozen=True)
class Policy:
    """What a team made of the rules.

    Attributes:
        strict: Rules whose warnings are errors.
        ignore: Rules that say nothing. An error is never silenced.

    """

    strict: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    @classmethod
    def of(cls, config: Mapping[str, str]) -> Policy:
        """The policy in a stack's configuration, `scalekit:strict` and `scalekit:ignore`."""
        return cls(*(frozenset(rule_names(config.get(f"scalekit:{key}") or "")) for key in ("strict", "ignore")))

    def severity(self, rule: Rule) -> Severity | None:
        """How much what a rule says matters to this team; None where it does not want to hear it."""
        if rule.severity == "warning" and (rule.name in self.strict or ALL in self.strict):
            return None if rule.name in self.ignore else "error"
        return None if rule.name in self.ignore and rule.severity != "error" else rule.severity


ALL = "all"
"""In place of a rule's name in `scalekit:strict`: each of them."""


def rule_names(text: str) -> list[str]:
    """The names in a setting: `certificate-expired, domain-shared`, or as `pulumi config set --path` writes a list."""
    return [name for part in text.strip("[] \n").split(",") if (name := part.strip("\"' \n"))]
