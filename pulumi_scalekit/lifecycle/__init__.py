"""Check, diff, create, read, list, update and delete of any kind, with a client that is handed in. No Pulumi, no httpx."""

from pulumi_scalekit.lifecycle.adoption import identity
from pulumi_scalekit.lifecycle.check import check
from pulumi_scalekit.lifecycle.create import create
from pulumi_scalekit.lifecycle.delete import delete, is_guarded
from pulumi_scalekit.lifecycle.diff import Change, Difference, changes_between, diff, set_in
from pulumi_scalekit.lifecycle.errors import (
    AlreadyExists,
    Created,
    HalfUpdated,
    InDoubt,
    InitFailed,
    NotTaken,
    Protected,
)
from pulumi_scalekit.lifecycle.findings import SEVERITIES, findings
from pulumi_scalekit.lifecycle.listing import Named, Wanted, list_page
from pulumi_scalekit.lifecycle.preview import preview
from pulumi_scalekit.lifecycle.read import Found, compared, imported, is_set, parse, read
from pulumi_scalekit.lifecycle.update import update
from pulumi_scalekit.model.check_failures import Failure

__all__ = [
    "SEVERITIES",
    "AlreadyExists",
    "Change",
    "Created",
    "Difference",
    "Failure",
    "Found",
    "HalfUpdated",
    "InDoubt",
    "InitFailed",
    "Named",
    "NotTaken",
    "Protected",
    "Wanted",
    "changes_between",
    "check",
    "compared",
    "create",
    "delete",
    "diff",
    "findings",
    "identity",
    "imported",
    "is_guarded",
    "is_set",
    "list_page",
    "parse",
    "preview",
    "read",
    "set_in",
    "update",
]
