"""Errors survive pickling, and no answer, however odd, breaks the telling of it."""

import copy
import json
import pickle
from urllib.parse import quote_plus

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_scalekit.api import errors
from pulumi_scalekit.api.call import Call
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.network_errors import cut_off
from pulumi_scalekit.api.settings import Settings
from tests.support.fake_api import FakeApi

CLASSES = [vars(errors)[name] for name in errors.__all__ if name != "Violation"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
STATUS = st.fixed_dictionaries(
    {},
    optional={
        "code": JSON,
        "message": JSON,
        "error": JSON,
        "error_description": JSON,
        "details": JSON
        | st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "error_code": JSON,
                    "request_info": JSON | st.fixed_dictionaries({"request_id": JSON}),
                    "localized_message_info": JSON | st.fixed_dictionaries({"message": JSON}),
                    "validation_error_info": JSON
                    | st.fixed_dictionaries(
                        {
                            "field_violations": JSON
                            | st.lists(st.fixed_dictionaries({"field": JSON, "description": JSON}))
                        }
                    ),
                },
            ),
            max_size=3,
        ),
    },
)


def example(kind):
    if issubclass(kind, errors.ApiError):
        violations = (errors.Violation("name", "is too long", "string.max_len"),)
        error = kind(418, "CODE", "message", "req_1", "POST", "/roles", "creating role", violations, uncertain=True)
        error.retry_after = 7.0
    elif kind in {errors.ScalekitError, errors.ConfigurationError}:
        error = kind("message", uncertain=True)
    else:
        error = kind("creating role", "it failed", "Run again", lasting=True, uncertain=True)
    return error


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("again", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_errors_cross_process_borders_whole(kind, again):
    error = example(kind)
    twin = again(error)
    assert type(twin) is kind
    assert (str(twin), vars(twin)) == (str(error), vars(error))
    assert "message" in str(error) or "creating role failed" in str(error)


def test_an_error_leaves_no_doubt_unless_it_says_so():
    error = errors.ScalekitError("no")
    assert (error.uncertain, error.took_effect) == (False, False)
    assert not errors.ApiError(400, method="POST").uncertain


def test_what_becomes_known_of_an_error_leaves_the_rest_as_it_was():
    error = errors.ScalekitError("no", uncertain=True).known(took_effect=True)
    assert (error.uncertain, error.took_effect) == (True, True)
    again = error.known(uncertain=False)
    assert (again.uncertain, again.took_effect) == (False, True)


@pytest.mark.parametrize(("http", "uncertain"), [(200, True), (302, True), (400, False), (500, False)])
def test_a_write_whose_answer_is_cut_off_is_in_doubt_unless_it_was_refused(http, uncertain):
    assert cut_off(Call("POST", "/roles", "creating", changes=True), http).uncertain is uncertain


def test_every_class_of_the_tree_is_public():
    tree, unseen = set(), [errors.ScalekitError]
    while unseen:
        kind = unseen.pop()
        tree.add(kind)
        unseen += kind.__subclasses__()
    ours = {kind for kind in tree if kind.__module__ == errors.__name__ and not kind.__name__.startswith("_")}
    assert ours == set(CLASSES)


def client_answering(response):
    api = FakeApi()
    api.answers = [response]
    return Client(
        Settings("https://acme.scalekit.test", "id", "secret"),
        transport=httpx.MockTransport(api),
        sleep=lambda _: None,
        deadline=0,
    )


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(http=st.sampled_from([400, 401, 403, 404, 409, 422, 429, 500, 501, 503, 599]), body=STATUS | JSON)
def test_no_error_body_breaks_the_telling(http, body):
    with pytest.raises(errors.ScalekitError) as caught:
        client_answering(httpx.Response(http, json=body)).request("GET", "/roles")
    assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value).isprintable()


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(http=st.sampled_from([200, 302, 400, 404, 429, 503]), body=st.binary(max_size=60))
def test_no_bytes_break_the_telling(http, body):
    answer: object = None
    try:
        answer = client_answering(httpx.Response(http, content=body)).request("GET", "/roles")
    except errors.ScalekitError as error:
        told = str(error)
    assert isinstance(answer, dict) or (len(told.splitlines()) == 1 and told.isprintable())


def test_a_text_that_is_no_unicode_does_not_hide_the_refusal():
    half = b'{"code": 3, "message": "\\ud800"}'
    with pytest.raises(errors.Invalid) as caught:
        client_answering(httpx.Response(400, content=half)).request("GET", "/roles")
    assert str(caught.value).isprintable()


def test_a_long_message_of_several_lines_with_colours_becomes_one_short_line():
    message = "first\nsecond\t\x1b[31mred\x1b[0m \u2028" + "x" * 5000
    with pytest.raises(errors.Invalid) as caught:
        client_answering(httpx.Response(400, json={"code": 3, "message": message})).request("GET", "/roles")
    assert "first second [31mred [0m xxx" in str(caught.value)
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize("secret", ['a"quoted\\secret"', "plain-secret", "ends in a tab\t", "with a space & more"])
def test_nothing_of_a_secret_is_left_whatever_its_spelling(secret):
    call = Call("POST", "/x", hidden=frozenset({secret, "", "ab"}))
    for spelling in (secret, json.dumps(secret), quote_plus(secret)):
        assert call.masked(f"<{spelling}>").replace('"', "") == "<[secret]>"


def test_a_foreign_text_is_cut_where_it_is_too_long():
    masked = Call("GET", "/x").masked("x" * 10_000)
    assert masked.endswith("…")
    assert Call("GET", "/x").masked(masked) == masked
    assert Call("GET", "/x").masked("x" * len(masked)) == "x" * len(masked)
