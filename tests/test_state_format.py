"""What stands in users' state files: it must load forever, and be written the same by every version of Python.

A fixture belongs to a release and is never edited. A resource that is new since then goes into the next release's.
"""

import base64
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import pulumi_scalekit
from pulumi_scalekit.model.provider_string import provider_string
from pulumi_scalekit.model.registry import KINDS

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("state-*.json"))
PROVIDERS = [
    pytest.param(token, text, id=f"{path.stem}-{token}")
    for path in FIXTURES
    for token, text in json.loads(path.read_text())["providers"].items()
]
# As Pulumi's host does it: nothing of ours is imported before.
LOAD = "import base64, pickle, sys; [print(pickle.loads(base64.b64decode(text)).kind.token) for text in sys.argv[1:]]"


@pytest.mark.parametrize(("token", "text"), PROVIDERS)
def test_a_released_provider_loads(token, text):
    provider = pickle.loads(base64.b64decode(text))

    assert type(provider) is pulumi_scalekit.DynamicProvider
    assert vars(provider) == {"token": token}
    assert provider.kind is KINDS[token]


@pytest.mark.parametrize(("token", "text"), PROVIDERS)
def test_it_is_still_written_the_same(token, text):
    """A difference would be an update of every resource of every stack."""
    assert provider_string(token) == text


@pytest.mark.parametrize("token", KINDS)
def test_it_is_what_pickle_writes(token):
    pickled = pickle.dumps(pulumi_scalekit.DynamicProvider(token), protocol=4)

    assert base64.b64decode(provider_string(token)) == pickled


def test_it_loads_where_nothing_is_imported_yet():
    tokens, texts = zip(*(one.values for one in PROVIDERS), strict=True)

    loaded = subprocess.run([sys.executable, "-c", LOAD, *texts], capture_output=True, text=True, check=True)

    assert loaded.stdout.split() == list(tokens)


def test_every_resource_is_frozen():
    frozen = {one.values[0] for one in PROVIDERS}

    assert frozen == set(KINDS), "put what is new into tests/engine/everything, then run `make freeze`"


def test_it_holds_the_token_and_nothing_else():
    """No code, no setting and no secret of ours gets into a state file this way."""
    for token in KINDS:
        raw = base64.b64decode(provider_string(token))
        assert token.encode() in raw
        assert len(raw) < 60 + len(token)
