"""Check, diff, create, read, update and delete of any kind, with a client that is handed in. No Pulumi, no httpx."""

from pulumi_scalekit.lifecycle.create import AlreadyExists, Created, InitFailed, create
from pulumi_scalekit.lifecycle.delete import Protected, delete, undo
from pulumi_scalekit.lifecycle.diff import Change, Difference, diff
from pulumi_scalekit.lifecycle.doubt import InDoubt
from pulumi_scalekit.lifecycle.environment import Environment, WrongEnvironment
from pulumi_scalekit.lifecycle.read import Found, read
from pulumi_scalekit.lifecycle.update import update
from pulumi_scalekit.lifecycle.write import NotTaken
from pulumi_scalekit.model.rules import Failure, check

__all__ = [
    "AlreadyExists",
    "Change",
    "Created",
    "Difference",
    "Environment",
    "Failure",
    "Found",
    "InDoubt",
    "InitFailed",
    "NotTaken",
    "Protected",
    "WrongEnvironment",
    "check",
    "create",
    "delete",
    "diff",
    "read",
    "undo",
    "update",
]
