"""What a run of `adopt` says at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pulumi_scalekit.adopt.declaration import Declaration
from pulumi_scalekit.adopt.plan import Plan
from pulumi_scalekit.model.registry import KINDS

_SHOWN = 50
"""Entries of a section."""
_SECRETS = """\
# Secrets that Scalekit does not return

They stay as they are as long as the program does not declare them, and the program may stay without them.
To manage one, run its command, which asks for the secret, and add its line to the resource.
The next `pulumi up` writes it once.

| Resource | Command | Line |
|---|---|---|
"""


def lines(plan: Plan, written: list[Path]) -> Iterator[str]:
    """The report, line by line."""
    if not plan.declarations:
        yield "Nothing is new."
    else:
        yield f"Declared {_counted(plan.declarations)}."
    if written:
        yield f"Wrote {len(written)} file{'s' * (len(written) > 1)} to {written[0].parent}."
    if plan.held:
        yield f"Declared before: {plan.held} objects."
    if plan.pending:
        yield f"Of these, {len(plan.pending)} are not imported yet."
    yield from _section(
        "In the stack, and gone from Scalekit: remove them from the program, then run `pulumi refresh`", plan.gone
    )
    yield from _section("Could not be read", [f"{what}: {why}" for what, why in plan.inventory.unreadable])
    yield from _section("Cannot be declared as they are", [f"{label}: {why}" for label, why in plan.refused])
    yield from _section("There twice", [f"{what}: {', '.join(ids)}" for what, ids in plan.twice])
    yield from _section("Not managed, so left to Scalekit; --manage-all declares them", list(_unmanaged(plan)))
    yield ""
    yield "Not taken: users, and the secrets of machine clients and directories, which Scalekit does not return."
    if plan.inventory.outside:
        yield f"Not taken: {plan.inventory.outside} organizations that --include leaves out."


def secrets(plan: Plan) -> str:
    """The page that lists what Scalekit does not return; empty where there is nothing."""
    rows = [_secret(each, path) for each, path in plan.secrets]
    return _SECRETS + "".join(rows) if rows else ""


def _secret(declaration: Declaration, path: str) -> str:
    key = f"{declaration.name}-{path.rpartition('.')[2].replace('_', '-')}"
    line = f'"{path.rpartition(".")[2]}": pulumi.Config().require_secret("{key}")'
    return f"| {declaration.name} | `pulumi config set --secret {key}` | `{line}` in `{path.rpartition('.')[0]}` |\n"


def _counted(declarations: list[Declaration]) -> str:
    order = {kind.words: number for number, kind in enumerate(KINDS.values())}
    counted = Counter(each.existing.kind.words for each in declarations)
    numbers = {words: counted[words] for words in sorted(counted, key=lambda words: order[words])}
    return ", ".join(f"{number} {words if number == 1 else _plural(words)}" for words, number in numbers.items())


def _plural(words: str) -> str:
    if words.endswith("s"):
        return words
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _unmanaged(plan: Plan) -> Iterator[str]:
    for name, paths in sorted(plan.unmanaged.items()):
        yield f"{name}: {', '.join(f'{path} ({number})' for path, number in sorted(paths.items()))}"


def _section(title: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{title}:"
        yield from (f"  {entry}" for entry in entries[:_SHOWN])
        if len(entries) > _SHOWN:
            yield f"  and {len(entries) - _SHOWN} more"
