"""One list of settings: everything that names them agrees with it."""

import inspect

import pytest

from pulumi_scalekit.api import settings
from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.setting import OF_A_PROVIDER, SETTINGS, judge
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.remote.configuration import environment


def test_an_explicit_provider_takes_them_in_the_same_order():
    given = [name for name, one in inspect.signature(Provider).parameters.items() if one.kind == one.KEYWORD_ONLY]

    assert given == ["".join(f"_{c.lower()}" if c.isupper() else c for c in one.key) for one in OF_A_PROVIDER]


def test_the_client_reads_the_same_variables():
    """It stands alone, and so has a list of its own."""
    assert {f"scalekit:{one.key}": one.variable for one in SETTINGS if one.variable} == settings._VARIABLES


@pytest.mark.parametrize(
    "spelling", ["https://old.example", " https://OLD.example/", "https://old.example:443", "HTTPS://old.example"]
)
def test_the_previous_url_has_as_many_spellings_as_the_url(config, spelling):
    assert environment({**config, "scalekit:previousEnvironmentUrl": spelling}).previous_url == "https://old.example"


def test_a_previous_url_that_is_none_is_told_under_its_own_name(config):
    with pytest.raises(ConfigurationError, match=r'^scalekit:previousEnvironmentUrl is "old", which is not a URL'):
        environment({**config, "scalekit:previousEnvironmentUrl": "old"})
    assert environment(config).previous_url == ""


@pytest.mark.parametrize("mask", ["************", "[secret]", "${SCALEKIT_CLIENT_SECRET}"])
def test_a_mask_in_place_of_the_secret_is_told_before_anything_is_sent(config, emulator, mask):
    with pytest.raises(ConfigurationError, match="scalekit:clientSecret is a mask or a placeholder") as refused:
        environment({**config, "scalekit:clientSecret": mask})

    assert mask not in str(refused.value)
    assert len(emulator.ledger.tokens) == 0


@pytest.mark.parametrize(
    ("given", "project", "told"),
    [
        ({"clientId": "skc_1", "version": "0.1.0", "aws:region": "x", "adopt": "identical"}, "", []),
        ({"clientID": "skc_1"}, "", [("clientID", "there is no setting clientID; did you mean clientId?")]),
        ({"clientID": "skc_1"}, "scalekit", [("clientID", "there is no setting clientID; did you mean clientId?")]),
        # Of a project called scalekit, its own.
        ({"replicas": "3"}, "scalekit", []),
        ({"adopt": "yes"}, "", [("adopt", "adopt must be identical or no")]),
        ({"strict": "no-such"}, "scalekit", ["strict"]),
    ],
    ids=["good ones", "a misspelt one", "there too", "of a project called scalekit", "adopt", "strict"],
)
def test_what_is_wrong_with_a_setting(given, project, told):
    found = list(judge(given, project=project))

    assert (found if told != ["strict"] else [name for name, _ in found]) == told


def test_a_key_that_is_like_no_setting_is_none_of_another_project():
    ((name, reason),) = judge({"replicas": "3"})

    assert (name, reason.partition(";")[0]) == ("replicas", "there is no setting replicas")
