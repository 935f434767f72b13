"""What the model knows of a property, as sentences for its reader: in `help()`, the schema and the reference. Never typed."""

from __future__ import annotations

from pulumi_scalekit.model.field import REFUSE, RELEASE, SEND_NULL, Field
from pulumi_scalekit.model.kind import Kind

_NO_WAY = "no call that changes it or takes it away"


def described(field: Field, kind: Kind | None = None) -> str:
    """An input's description, and what a change and a removal mean.

    Args:
        field: The property, or a key of a block.
        kind: Whose property it is; None for a key of a block, which does not replace by itself.

    """
    sentences = [field.description, *_of_a_change(field, kind), *_of_a_removal(field)]
    return " ".join(sentences)


def first(text: str) -> str:
    """The first sentence of a description: what a list says of something."""
    return text.replace("\n", " ").split(". ")[0].rstrip(".") + "."


def stays(field: Field, there: str) -> str:
    """Why another value is refused where one is set that stays."""
    return f"{field.name} is {there} at Scalekit, which has {_NO_WAY}. Declare {there}, or have Scalekit's support take it away."


def not_repaired(there: str) -> str:
    """What a repair does not do where one is set that stays."""
    return f"A repair does not change it: Scalekit has {_NO_WAY}. Declare {there}, or ask Scalekit's support."


def stayed(field: Field, known: str) -> str:
    """Why another value is refused where the state knows one that stays."""
    return (
        f"{field.name} is {known} in the state, and Scalekit has {_NO_WAY}. If it is another one at Scalekit by now, or none, run "
        f"`pulumi refresh` first. If not, declare {known}."
    )


def _of_a_change(field: Field, kind: Kind | None) -> list[str]:
    if field.settled:
        return ["Once it is set, it cannot be changed."]
    return ["Changing this forces replacement."] if kind and field.name in kind.replacing else []


def _of_a_removal(field: Field) -> list[str]:
    if field.required or field.output or field.provider_only or field.clear is None:
        return []
    if field.clear is REFUSE:
        unless = " unless `{}` is `{}`".format(*field.falls_with) if field.falls_with else ""
        return [f"It cannot be removed once it is set{unless}."]
    if field.clear is RELEASE and field.secret and field.write_only:
        return ["Removing it sends nothing: the old one stays valid."]
    if field.by_key:
        kept = field.clear is RELEASE
        return [
            "A key that is removed keeps its value." if kept else "A key that is removed is removed in Scalekit too."
        ]
    if field.clear is RELEASE:
        return ["If removed, the current value is kept."]
    return ["If removed, it is unset." if field.clear is SEND_NULL else "If removed, it is cleared."]
