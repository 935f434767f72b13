"""An output that is made when it is looked at says what one says that was there from the start."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pulumi
import pytest
from pulumi.runtime import rpc

from pulumi_scalekit.program import late_output

PROGRAM = Path(__file__).parent / "support" / "looked_at.py"


@cache
def looked_at(preview, eager):
    ended = subprocess.run([sys.executable, PROGRAM, preview, eager], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("preview", ["yes", "no"])
@pytest.mark.parametrize("resource", ["acme", "sso", "client", "found", "refused"])
def test_it_says_the_same_before_and_after_the_answer_and_in_an_export(preview, resource):
    late, eager = (looked_at(preview, each)[resource] for each in ("no", "yes"))

    assert late[1:] == eager[1:]
    assert len(late[1]) > 10


@pytest.mark.parametrize("preview", ["yes", "no"])
def test_what_is_unknown_secret_and_refused_is_among_them(preview):
    found = looked_at(preview, "no")

    assert found["acme"][1]["late slug"]["value"] == "acme"
    assert found["acme"][1]["late region_code"]["known"] is (preview == "no")
    (secret,) = (each for name, each in found["client"][1].items() if name.endswith("plain_secret"))
    assert (secret["value"], secret["secret"]) == ("s3cret", True)
    assert all({*each} == {"error"} for each in found["refused"][1].values())


def test_a_transformation_finds_every_property():
    assert looked_at("no", "no")["seen"] == looked_at("no", "yes")["seen"]


@pytest.mark.parametrize("resource", ["first", "second", "bare"])
def test_a_transformation_may_hand_on_other_properties(resource):
    found = looked_at("no", "no")[resource][1]

    assert (found["late slug"]["value"], found["display_name"]["value"]) == ("acme", "Acme")
    assert not [name for name, each in found.items() if "error" in each]


def test_of_what_a_program_does_not_look_at_nothing_is_made():
    made = {name: looked_at("no", "no")[name][0] for name in ("acme", "client")}
    all_of_them = {name: looked_at("no", "yes")[name][0] for name in ("acme", "client")}

    assert all_of_them["acme"] - made["acme"] == 9, "of ten properties one was given to the connection"
    assert all_of_them["client"] - made["client"] > 5


def test_another_resource_that_is_made_meanwhile_is_left_to_the_sdk(monkeypatch):
    given = []
    monkeypatch.setattr(rpc, "transfer_properties", lambda res, props, custom: given.append((res, props)) or {})
    late_output._is_as_known.cache_clear()
    mine, other = object(), object()
    before = rpc.transfer_properties
    with late_output.late(mine, {}):
        rpc.transfer_properties(other, {"a": None}, True)

    assert given == [(other, {"a": None})]
    assert rpc.transfer_properties is before


@pytest.mark.parametrize(
    "unknown",
    [
        {"transfer_properties": lambda resource, properties: {}},
        {"resolve_properties": lambda resolvers, properties: None},
    ],
)
def test_where_the_sdk_is_not_as_it_is_known_it_makes_them_all(monkeypatch, unknown):
    for name, function in unknown.items():
        monkeypatch.setattr(rpc, name, function)
    late_output._is_as_known.cache_clear()
    before = rpc.transfer_properties
    with late_output.late(pulumi.Resource, {}):
        assert rpc.transfer_properties is before


@pytest.fixture(autouse=True)
def known_anew():
    yield
    late_output._is_as_known.cache_clear()


def test_this_sdk_is_as_it_is_known():
    assert late_output._is_as_known()
