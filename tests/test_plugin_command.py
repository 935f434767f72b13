"""`pulumi-resource-scalekit` as a command: what it answers a person, and what it makes of the engine's arguments."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from pulumi_scalekit.provider import serve

PLUGIN = f"{sys.prefix}/bin/pulumi-resource-scalekit"


def answered(*words):
    return subprocess.run([PLUGIN, *words], capture_output=True, text=True, timeout=60, check=True).stdout


def test_it_says_its_version():
    assert answered("--version") == f"{version('pulumi-scalekit')}\n"


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_it_says_what_it_is(word):
    text = answered(word)

    assert text.startswith("Usage: pulumi-resource-scalekit [ADDRESS]\n")
    assert version("pulumi-scalekit") in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(
    "words",
    [
        ["127.0.0.1:4242"],
        ["--logtostderr", "-v=9", "127.0.0.1:4242"],
        ["--tracing", "http://127.0.0.1:9411/api", "127.0.0.1:4242"],
    ],
    ids=["address", "logging", "tracing"],
)
def test_the_engine_is_the_last_argument(words):
    assert serve._told(words) == ""
    assert serve._address(words) == "127.0.0.1:4242"


def test_by_hand_there_is_no_engine():
    assert serve._address([]) == ""
    assert serve._address(["-v=9"]) == ""
