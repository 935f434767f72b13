"""Pulumi's own judgement of the schema, as it is committed and as the plugin serves it."""

import sys
from pathlib import Path

import pytest

from tests.support.workspace import printed

pytestmark = pytest.mark.engine

COMMITTED = Path(__file__).resolve().parents[2] / "schema.yaml"


def test_the_committed_schema_is_accepted_without_a_warning(workspace):
    checked = workspace({"__main__.py": ""}).pulumi("schema", "check", str(COMMITTED))
    assert (checked.stdout, checked.stderr) == ("", "")


def test_the_served_schema_is_accepted_without_a_warning(workspace):
    project = workspace({"__main__.py": ""})
    served = project.pulumi("package", "get-schema", f"{sys.prefix}/bin/pulumi-resource-scalekit").stdout
    project.write({"schema.json": served})
    checked = project.pulumi("schema", "check", "schema.json")
    assert (checked.stdout, checked.stderr) == ("", "")


def test_a_faulty_schema_is_refused(workspace):
    """The check is worth something: a reference to a type that is not there does not pass."""
    project = workspace({"__main__.py": ""})
    faulty = COMMITTED.read_text().replace(
        "$ref: '#/types/scalekit:index:Oidc'", "$ref: '#/types/scalekit:index:Absent'"
    )
    assert faulty != COMMITTED.read_text()
    project.write({"schema.yaml": faulty})
    refused = project.pulumi("schema", "check", "schema.yaml", exits=None)
    assert refused.returncode != 0 or printed(refused)
