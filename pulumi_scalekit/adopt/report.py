"""What a run of `adopt` says at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pulumi_scalekit.adopt.declaration import Declaration
from pulumi_scalekit.adopt.names import slug
from pulumi_scalekit.adopt.plan import Plan
from pulumi_scalekit.adopt.project import Language, Layout
from pulumi_scalekit.model.registry import KINDS

_SHOWN = 50
"""Entries of a section."""
_SECRETS = """\
# Secrets that Scalekit does not return

They stay as they are as long as the program does not declare them, and the program may stay without them.
To manage one, run its command, which asks for the secret, and add its line to the block of the resource.
The next `pulumi up` writes it once.
{further}
| Resource | Command | Line | Block |
|---|---|---|---|
"""
_FURTHER = {
    "yaml": """In YAML, name it in the program's `config` too: `<name>: {type: string, secret: true}`.
""",
    "roster": """The line of a tenant of the roster stands in the function, once for all of them: those without the secret stay as they are.
""",
}
_WITHOUT_ID = (
    "The id of the environment is not known: there is neither an event nor a user that carries it, or these credentials may read "
    "none. Let them read events, or change something in the environment, which makes one, and run this again. Or import each by the "
    "id, env_…, which every Domain has as its output environment_id."
)


def lines(plan: Plan, written: list[Path]) -> Iterator[str]:
    """The report, line by line."""
    if not plan.declarations:
        yield "Nothing is new."
    else:
        yield f"Declared {_counted(plan.declarations)}."
    if written:
        yield f"Wrote {len(written)} files."
    if plan.held:
        yield f"Declared before: {plan.held} objects."
    if plan.pending:
        yield f"Of these, {len(plan.pending)} are not imported yet."
    yield from _section(
        "In the stack, and gone from Scalekit: run `pulumi refresh`, then remove them from the program", plan.gone
    )
    yield from _section("Could not be read", [f"{what}: {why}" for what, why in plan.inventory.unreadable])
    yield from _section("Cannot be declared as they are", [f"{label}: {why}" for label, why in plan.refused])
    yield from _section("There twice", [f"{what}: {', '.join(ids)}" for what, ids in plan.twice])
    yield from _section("Not managed, so left to Scalekit; --manage-all declares them", list(_unmanaged(plan)))
    yield ""
    yield "Not taken: users, and the secrets of machine clients and directories, which Scalekit does not return."
    if plan.inventory.without_id:
        yield f"Not taken: {', '.join(plan.inventory.without_id)}. {_WITHOUT_ID}"
    for words, why in plan.inventory.without:
        yield f"Not taken: every {words}, a feature that the environment does not have or that may not be read: {why}"
    if plan.inventory.outside:
        yield f"Not taken: what --include leaves out, {plan.inventory.outside} of the organizations."


def secrets(plan: Plan, language: Language, layout: Layout) -> str:
    """The page that lists what Scalekit does not return; empty where there is nothing."""
    form = "yaml" if language == "yaml" else layout
    rows = [_secret(each, path, form) for each, path in plan.secrets]
    return _SECRETS.format(further=_FURTHER.get(form, "")) + "".join(rows) if rows else ""


def _secret(declaration: Declaration, path: str, form: str) -> str:
    block, _, name = path.rpartition(".")
    key = f"{declaration.name}-{name.replace('_', '-')}"
    line = f'"{name}": pulumi.Config().require_secret("{key}")'
    if form == "yaml":
        field = declaration.existing.kind.by_name[block].shape.by_name[name]
        line = f"{field.state}: ${{{key}}}"
    suffix = f"-{slug(declaration.existing.kind.words)}"
    if form == "roster" and declaration.name.endswith(suffix):
        line = f'"{name}": pulumi.Config().get_secret(f"{{name}}{suffix}-{name.replace("_", "-")}")'
    return f"| {declaration.name} | `pulumi config set --secret {key}` | `{line}` | `{block}` |\n"


def _counted(declarations: list[Declaration]) -> str:
    order = {kind.words: number for number, kind in enumerate(KINDS.values())}
    counted = Counter(each.existing.kind.words for each in declarations)
    numbers = {words: counted[words] for words in sorted(counted, key=lambda words: order[words])}
    return ", ".join(f"{number} {words if number == 1 else plural(words)}" for words, number in numbers.items())


def plural(words: str) -> str:
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
