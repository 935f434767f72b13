"""Check, diff, create, read, update and delete of any kind, with a client that is handed in. No Pulumi, no httpx."""

from typing import TYPE_CHECKING, Any

from pulumi_scalekit.lifecycle.absence import EndpointMissing
from pulumi_scalekit.lifecycle.adoption import AlreadyExists, identity
from pulumi_scalekit.lifecycle.create import Created, InitFailed, create
from pulumi_scalekit.lifecycle.delete import Protected, delete, is_guarded, undo
from pulumi_scalekit.lifecycle.diff import Change, Difference, diff
from pulumi_scalekit.lifecycle.doubt import InDoubt
from pulumi_scalekit.lifecycle.environment import Environment, WrongEnvironment
from pulumi_scalekit.lifecycle.read import Found, read
from pulumi_scalekit.lifecycle.run import Run
from pulumi_scalekit.lifecycle.update import HalfUpdated, take_back, update
from pulumi_scalekit.lifecycle.write import NotTaken

if TYPE_CHECKING:
    from pulumi_scalekit.model.rules import Failure, check, warnings

__all__ = [
    "AlreadyExists",
    "Change",
    "Created",
    "Difference",
    "EndpointMissing",
    "Environment",
    "Failure",
    "Found",
    "HalfUpdated",
    "InDoubt",
    "InitFailed",
    "NotTaken",
    "Protected",
    "Run",
    "WrongEnvironment",
    "check",
    "create",
    "delete",
    "diff",
    "identity",
    "is_guarded",
    "read",
    "take_back",
    "undo",
    "update",
    "warnings",
]


def __getattr__(name: str) -> Any:
    # A program that only registers resources judges nothing: it need not wait for pydantic.
    if name not in ("Failure", "check", "warnings"):
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from pulumi_scalekit.model import rules

    return getattr(rules, name)
