"""The documents at the addresses that connections declare."""

import json

import pytest

from tests.support.doctor_report import CANARY, DISCOVERY, connection, identity_provider


def test_nothing_is_fetched_without_being_asked_for(project, examine, emulator, website):
    url = website({})
    project.state(connection(emulator, oidc={"issuer": url}))
    examine()

    assert website.seen == []


def test_documents_that_fit(project, examine, emulator, website):
    answers = {"/md": (200, identity_provider().document()), "/keys": (200, b'{"keys": [{"kty": "RSA"}]}')}
    url = website(answers)
    answers[f"/a{DISCOVERY}"] = (302, b"", {"Location": "/b"})
    answers["/b"] = (200, json.dumps({"issuer": f"{url}/a"}).encode())
    saml = {"idpMetadataUrl": f"{url}/md", "idpEntityId": "https://idp.example"}
    project.state(
        connection(emulator, oidc={"issuer": f"{url}/a/", "jwksUri": f"{url}/keys"}),
        connection(emulator, "b", oidc={"issuer": f"{url}/a"}),
        connection(emulator, "c", saml=saml),
    )
    report = examine("--online")

    report.one("ok", "4 of 4 documents")
    assert sorted(path for path, _ in website.seen) == sorted([f"/a{DISCOVERY}", "/b", "/keys", "/md"]), "each once"
    assert not any({"authorization", "cookie"} & {name.lower() for name in headers} for _, headers in website.seen)


@pytest.mark.parametrize(
    ("oidc", "answer", "words", "remedy"),
    [
        ({"issuer": "{url}"}, (200, b'{"issuer": "https://other.example"}'), "its issuer is https://other.example", "Declare"),
        ({"issuer": "{url}"}, (200, b"<html>"), "no OpenID discovery document", "Ask the customer"),
        ({"issuer": "{url}"}, (200, b"[]"), "no OpenID discovery document", "Ask the customer"),
        ({"issuer": "{url}"}, (404, b""), "was answered 404", "correct oidc.issuer"),
        ({"issuer": "{url}"}, (200, b"x" * 2_000_001), "larger than 2,000,000 bytes", "Open the address"),
        ({"issuer": "{url}"}, (302, b"", {"Location": DISCOVERY}), "redirects more than 3 times", "Open the address"),
        ({"issuer": "{url}"}, (302, b"", {"Location": "http://idp.example/"}), "http://idp.example/ is not https", "https"),
        ({"discoveryEndpoint": "{url}" + DISCOVERY, "issuer": "https://declared.example"}, (200, b'{"issuer": "https://other.example"}'), "the declared one is https://declared.example", "Declare"),
        ({"jwksUri": "{url}" + DISCOVERY}, (200, b'{"keys": []}'), "no set of keys", "jwks_uri"),
    ],
)  # fmt: skip
def test_a_discovery_document_that_does_not_fit(project, examine, emulator, website, oidc, answer, words, remedy):
    url = website({DISCOVERY: answer})
    project.state(connection(emulator, oidc={key: value.format(url=url) for key, value in oidc.items()}))
    report = examine("--online")
    text, advice = report.one("error", words)

    assert text.startswith("acme-sso, oidc.")
    assert remedy in advice
    assert report.code == 1


def test_what_an_address_may_not_be(project, examine, emulator):
    project.state(
        connection(emulator, "plain", oidc={"issuer": "http://idp.example"}),
        connection(emulator, "password", oidc={"issuer": f"https://me:{CANARY}@idp.example"}),
        connection(emulator, "query", saml={"idpMetadataUrl": f"http://idp.example/?key={CANARY}"}),
    )
    report = examine("--online")

    report.one(
        "error", f"plain, oidc.issuer: http://idp.example{DISCOVERY}: http://idp.example{DISCOVERY} is not https"
    )
    report.one("error", "user name or a password")
    report.one("error", "http://idp.example/?…")


def test_a_host_that_does_not_answer_is_no_error_of_the_stack(project, examine, emulator):
    project.state(connection(emulator, oidc={"issuer": "http://127.0.0.1:1"}))
    report = examine("--online")
    _, remedy = report.one("warning", "refused the connection")

    assert "Scalekit may reach it all the same" in remedy
    assert report.code == 0
