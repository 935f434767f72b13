"""Each status of the API: which error it is, how often it is tried, and that its one line says what to do."""

import re
from datetime import datetime, timezone

import httpx
import pytest

from pulumi_scalekit.api import (
    ApiError,
    Conflict,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    NotSupported,
    RateLimited,
    Redirected,
    ServerError,
    Unauthorized,
    Violation,
)
from tests.support.fake_api import status

PAGE = httpx.Response(200, html="<!DOCTYPE html><html><title>Log in</title></html>")


def failure(client, kind, method="GET", path="/organizations/org_1", **more):
    """What the client raises, which has to be of exactly this kind and on one line."""
    with pytest.raises(kind) as caught:
        client.request(method, path, doing='reading organization "acme"', **more)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith('reading organization "acme" failed: ')
    return caught.value


@pytest.mark.parametrize("code", [200, 201, 202])
def test_any_2xx_brings_its_object(client, api, code):
    api.answers = [httpx.Response(code, json={"organization": {"id": "org_1"}})]
    assert client.request("POST", "/organizations", body={}) == {"organization": {"id": "org_1"}}


@pytest.mark.parametrize("answer", [httpx.Response(204), httpx.Response(200, content=b" \n")])
def test_an_empty_answer_is_an_empty_object(client, api, answer):
    api.answers = [answer]
    assert client.request("DELETE", "/organizations/org_1") == {}


@pytest.mark.parametrize(
    ("http", "code", "word", "kind", "advice"),
    [
        (400, 9, "FAILED_PRECONDITION", Invalid, "correct what the answer names and run again"),
        (
            401,
            16,
            "UNAUTHENTICATED",
            Unauthorized,
            "The credentials could sign in, so either they may not do this (use others), or they belong to another",
        ),
        (403, 7, "PERMISSION_DENIED", Forbidden, "switched off for this environment"),
        (404, 5, "NOT_FOUND", NotFound, "`pulumi refresh`"),
        (409, 6, "ALREADY_EXISTS", Conflict, "import it, choose another name"),
        (429, 8, "RATE_LIMITED", RateLimited, "lower `--parallel`, or ask Scalekit for a higher limit"),
        (500, 13, "INTERNAL", ServerError, "run again later, and give its support the request id"),
        (501, 12, "UNIMPLEMENTED", NotSupported, "does not offer the endpoint"),
        (502, 14, "UNAVAILABLE", ServerError, "run again later, and give its support the request id"),
        (503, 14, "UNAVAILABLE", ServerError, "run again later, and give its support the request id"),
        (504, 4, "DEADLINE_EXCEEDED", ServerError, "run again later, and give its support the request id"),
        (418, 2, "UNKNOWN", ApiError, "Look the answer up"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_refusal_is_its_own_error_and_says_what_to_do(client, api, http, code, word, kind, advice, method):
    api.answers = [status(code, word, "It did not work.", http=http, request_id="req_7")]
    error = failure(client, kind, method)
    assert (error.status, error.code, error.message, error.request_id) == (
        http,
        word,
        "It did not work.",
        "req_7",
    )
    assert (error.method, error.path, error.violations) == (method, "/organizations/org_1", ())
    assert f"{method} /organizations/org_1 was answered {http} {word}, It did not work" in str(error)
    assert advice in str(error)
    assert str(error).endswith("[request id req_7]")
    assert error.uncertain is (method == "POST" and http >= 500 and http != 501)
    assert ("may have taken effect" in str(error)) is error.uncertain


def test_refused_fields_are_named_as_the_body_has_them(client, api):
    violations = [
        {
            "field": "organization.display_name",
            "description": "must be at least 1 characters",
            "constraint": "string.min_len",
        },
        {"field": "settings.features[0].name", "description": "unknown feature"},
        {"field": "name", "constraint": "string.pattern"},
    ]
    api.answers = [status(3, "INVALID_ARGUMENT", "Validation error", violations=violations)]
    error = failure(client, Invalid, "POST")
    assert error.violations == (
        Violation("display_name", "must be at least 1 characters", "string.min_len"),
        Violation("features[0].name", "unknown feature", ""),
        Violation("name", "", "string.pattern"),
    )
    assert (
        "(display_name: must be at least 1 characters; features[0].name: unknown feature; name: string.pattern)"
        in str(error)
    )


def test_a_message_for_people_is_shown_beside_the_technical_one(client, api):
    details = [{"localized_message_info": {"locale": "en", "message": "The domain is taken"}}]
    api.answers = [httpx.Response(400, json={"code": 3, "message": "bad request", "details": details})]
    assert "400 INVALID_ARGUMENT, bad request: The domain is taken. " in str(failure(client, Invalid))


def test_the_permissions_that_an_answer_names_are_shown_and_nothing_is_guessed(client, api):
    details = [
        {"resource_info": {"required_permissions": ["organizations:write", 3, "", "organizations:write"], "user": "u"}},
        {"help_info": {"links": [{"url": "javascript:alert(1)"}, "x", {"url": "https://docs.acme.test/p"}]}},
    ]
    api.answers = [httpx.Response(403, json={"code": 7, "message": "denied", "details": details})]
    error = failure(client, Forbidden)
    assert error.permissions == ("organizations:write",)
    assert str(error).endswith(
        "was answered 403 PERMISSION_DENIED, denied. It needs the permission organizations:write: use credentials that "
        "have it. See https://docs.acme.test/p"
    )


@pytest.mark.parametrize(
    "info", [None, "x", {"required_permissions": "organizations:write"}, {"required_permissions": None}]
)
def test_odd_permissions_do_not_hide_the_refusal(client, api, info):
    body = {"code": 7, "message": "denied", "details": [{"resource_info": info, "help_info": info}]}
    api.answers = [httpx.Response(403, json=body)]
    assert "switched off for this environment" in str(failure(client, Forbidden))


def test_the_request_id_of_a_header_is_shown_where_the_body_has_none(client, api):
    api.answers = [status(5, "NOT_FOUND", "gone", http=404, headers={"x-request-id": "abc-1"})]
    assert failure(client, NotFound).request_id == "abc-1"


def test_without_words_the_line_begins_with_the_request(client, api):
    api.answers = [status(5, "NOT_FOUND", "gone", http=404)]
    with pytest.raises(NotFound, match=r"^GET /roles/x failed: GET /roles/x was answered 404 NOT_FOUND, gone\. "):
        client.request("GET", "/roles/x")


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_names_the_host_without_its_query(client, api, code):
    api.answers = [httpx.Response(code, headers={"Location": "https://auth.acme.test/login?ticket=s3cret"})]
    error = failure(client, Redirected)
    assert "a redirect to https://auth.acme.test. Redirects are not followed with credentials" in str(error)
    assert "set scalekit:environmentUrl to that host" in str(error)
    assert "s3cret" not in str(error)
    assert len(api.requests) == 1


@pytest.mark.parametrize("location", ["/login", "https://[bad", ""])
def test_an_odd_redirect_is_still_a_redirect(client, api, location):
    api.answers = [httpx.Response(302, headers={"Location": location})]
    assert "a redirect" in str(failure(client, Redirected))


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404])
def test_a_web_page_is_never_taken_for_the_api(client, api, code):
    """A 404 page of a wrong host must not make every object look deleted."""
    api.answers = [httpx.Response(code, headers=PAGE.headers, content=PAGE.content)]
    error = failure(client, Malformed)
    assert f"was answered {code} with a web page instead of the API's JSON" in str(error)
    assert "Check scalekit:environmentUrl: what answers there is probably a website" in str(error)
    assert len(api.requests) == 1 + (code == 401)


@pytest.mark.parametrize("body", [b"", b"{}", b'{"message": "Not Found"}', b"null", b'"not found"'])
def test_a_404_that_the_api_did_not_write_is_not_a_deleted_object(client, api, body):
    api.answers = [httpx.Response(404, content=body)]
    failure(client, Malformed)


@pytest.mark.parametrize("body", [{"code": 5}, {"details": []}, {"error_code": "NOT_FOUND"}])
def test_a_404_with_a_word_of_the_api_is_its_own(client, api, body):
    api.answers = [httpx.Response(404, json=body)]
    failure(client, NotFound)


@pytest.mark.parametrize(
    ("code", "kind"), [(429, RateLimited), (502, ServerError), (503, ServerError), (500, ServerError)]
)
def test_a_page_of_a_load_balancer_keeps_its_status(client, api, code, kind):
    api.answers = [httpx.Response(code, html="<html>busy</html>")]
    assert failure(client, kind).status == code


@pytest.mark.parametrize("body", [b'{"organization": {"id": ', b"[]", b'"text"', b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_garbled_answer_is_asked_for_again_a_few_times(client, api, body):
    api.answers = [httpx.Response(200, content=body)]
    error = failure(client, Malformed)
    assert "was answered 200 with something cut off or garbled. Run again" in str(error)
    assert len(api.requests) == 4


@pytest.mark.parametrize("answer", [httpx.Response(201, content=b'{"organ'), PAGE])
def test_a_create_with_an_unreadable_answer_is_in_doubt_and_not_repeated(client, api, answer):
    api.answers = [answer]
    error = failure(client, Malformed, "POST", body={})
    assert error.uncertain
    assert "The change may have taken effect all the same." in str(error)
    assert len(api.requests) == 1


def test_the_token_endpoint_speaks_oauth(client, api):
    api.sign_ins = [httpx.Response(401, json={"error": "invalid_client", "error_description": "No such client"})]
    with pytest.raises(Unauthorized) as caught:
        client.request("GET", "/organizations")
    assert str(caught.value) == (
        "signing in to https://acme.scalekit.test failed: POST /oauth/token was answered 401 invalid_client, "
        "No such client. Check scalekit:clientId and scalekit:clientSecret, and that they belong to the environment of "
        "scalekit:environmentUrl. `pulumi refresh` and `pulumi destroy` use the credentials of the last `pulumi up`; with "
        "`--run-program` they use those of today."
    )
    assert (api.tokens_asked, api.requests) == (1, [])


@pytest.mark.parametrize("code", [400, 403])
def test_refused_credentials_are_unauthorized_whatever_the_status(client, api, code):
    api.sign_ins = [httpx.Response(code, json={"error": "unauthorized_client"})]
    with pytest.raises(Unauthorized, match="Check scalekit:clientId and scalekit:clientSecret"):
        client.request("POST", "/organizations", body={})
    assert api.tokens_asked == 1


@pytest.mark.parametrize(
    "answer",
    [
        status(5, "NOT_FOUND", "Not Found", http=404),
        status(12, "UNIMPLEMENTED", "", http=501),
        httpx.Response(200, json={"access_token": ""}),
        httpx.Response(200, json={"token": "t"}),
        PAGE,
    ],
)
def test_a_host_without_a_token_endpoint_is_not_an_object_that_is_gone(client, api, answer):
    api.sign_ins = [answer]
    with pytest.raises(Malformed, match="Check scalekit:environmentUrl") as caught:
        client.request("DELETE", "/organizations/org_1")
    assert not caught.value.uncertain
    assert api.tokens_asked == 1


def test_requests_say_who_sends_them_and_what(client, api):
    client.request(
        "POST",
        "/organizations:external/a%2Fb",
        body={"name": "é"},
        query={"a": None, "b": True, "c": ["x", "y"]},
    )
    (request,) = api.requests
    assert request.url.raw_path == b"/api/v1/organizations:external/a%2Fb?b=true&c=x&c=y"
    assert request.headers["content-type"] == "application/json"
    assert re.fullmatch(r"pulumi-scalekit/\d\S* Python/3\.\d+ httpx/\d\S+", request.headers["user-agent"])
    assert request.headers["authorization"] == "Bearer token-1"
    client.request("GET", "/roles")
    assert "content-type" not in api.requests[1].headers


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_the_clock_of_the_server_is_read_from_its_answers(client, api, zone):
    """-0000 is how a server writes UTC that does not know its own time zone."""
    api.answers = [httpx.Response(200, json={}, headers={"Date": f"Mon, 01 Jan 2001 00:00:00 {zone}"})]
    client.request("GET", "/roles")
    assert client.told_time() == datetime(2001, 1, 1, tzinfo=timezone.utc)


@pytest.mark.parametrize("path", ["/organizations/..", "/organizations/../roles", "/./roles"])
def test_a_path_cannot_lead_to_another_object(client, api, path):
    with pytest.raises(ValueError, match="leads elsewhere"):
        client.request("DELETE", path)
    assert api.requests == []
