"""The page of the rules by which a change is judged, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_scalekit.model.kind import Kind

_HEAD = """\
<!-- Generated from the resources by `make generated`. Do not edit. -->

# Rules

`pulumi preview` and `pulumi up` judge each change by these rules, with either provider, before anything is sent and without a
request.
What they say stands at the resource (with the dynamic provider at the stack), once for each change, and ends with the name of the
rule in brackets.
`pulumi-scalekit review` prints the same findings for a pull request, and `pulumi-scalekit report` for an environment as it is.

- An **error** cannot work, and nothing is written. Errors that are not in this list come from the rules of the single property.
- A **warning** will hurt.
- A **note** helps to decide.

A team decides what it wants to hear, in the configuration of the stack:

    pulumi config set scalekit:strict certificate-expired,domain-shared
    pulumi config set scalekit:ignore certificate-weak-signature

`scalekit:strict` turns the warnings of a rule into errors, `all` those of every rule.
`scalekit:ignore` silences a rule, and counts more than `strict`.
What stood in the state before is not said again, and blocks nothing.
Deletes are judged by `review` alone: the engine asks no provider before it deletes.
"""

_ALONE = ", in a report alone"


def page(kinds: Sequence[Kind]) -> str:
    """The page, a heading for each rule."""
    of: dict[str, list[str]] = {}
    for kind in kinds:
        for rule in (*kind.findings, *kind.health):
            of.setdefault(rule.name, []).append(kind.name)
    rules = {rule.name: rule for kind in kinds for rule in (*kind.findings, *kind.health)}
    of_health = {rule.name for kind in kinds for rule in kind.health}
    parts = [
        f"## {name}\n\n{rule.severity.capitalize()}, of {' and '.join(of[name])}{_ALONE if name in of_health else ''}.\n\n{rule.words}\n"
        for name, rule in rules.items()
    ]
    return _HEAD + "\n" + "\n".join(parts)
