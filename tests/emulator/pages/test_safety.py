"""The pages are for people of this machine: no other site reads them, sends their forms or gets its markup into them."""

from __future__ import annotations

import itertools
import re
import socket
from pathlib import Path

import pytest

import pulumi_scalekit.emulator.pages as package
from tests.support.portal import link

HOSTILE = "<script>alert(1)</script>\"'><img src=x>"
TOPICS = ("", "/requests", "/switches", "/faults")
FORMS = ("portal", "requests/clear", "switches", "faults", "faults/all", "faults/clear")


@pytest.fixture
def everything(api, administrator, oidc, saml, visitors):
    """Every page there is, with something on each."""
    pages = [visitors().open(f"{api.emulator.dashboard}{topic}") for topic in TOPICS]
    for organization, connection in (oidc, saml):
        here = administrator(organization)
        pages += [here.home, here.connection(connection)]
        pages.append(
            here.visitor.send(
                pages[-1], "/settings", {"issuer" if here.record(connection)["type"] == "OIDC" else "idp_sso_url": "no"}
            )
        )
    pages.append(visitors().open(f"{api.emulator.url}/magicLink/none"))
    return pages


@pytest.mark.parametrize(
    "path", ["/_emulator/dashboard", "/_emulator/style.css", "/_emulator/store", "/magicLink/x", "/portal/org_1"]
)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8089", "127.0.0.1.evil.example", "[bad"])
def test_another_host_name_gets_nothing(api, host, path):
    """A page elsewhere whose host name leads here, by DNS, would be of the same origin as these pages."""
    answer = api.http.get(f"{api.emulator.url}{path}", headers={"Host": host})

    assert answer.status_code == 403
    assert "127.0.0.1" in answer.text


def test_the_names_of_this_machine_do(api):
    port = api.emulator.url.rpartition(":")[2]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", "localhost:9000"):
        assert api.http.get(api.emulator.dashboard, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_a_form_of_another_site_is_refused(api, administrator, oidc, origin):
    here = administrator(oidc[0])
    page = here.connection(oidc[1])
    token = page.form("/disable").fields["form_token"]
    headers = {"Origin": origin}

    assert (
        here.visitor.http.post(f"{page.address}/disable", data={"form_token": token}, headers=headers).status_code
        == 403
    )
    assert here.record(oidc[1])["enabled"]
    data = {"form_token": api.emulator.form_token, "preset": "503"}
    assert api.http.post(f"{api.emulator.dashboard}/faults", data=data, headers=headers).status_code == 403
    assert api.emulator.faults.waiting() == []
    assert api.http.post(f"{api.emulator.url}/_emulator/reset", headers=headers).status_code == 403
    assert api.store.organizations


@pytest.mark.parametrize("token", [None, "", "invented"])
@pytest.mark.parametrize("topic", FORMS)
def test_a_form_needs_its_token(api, oidc, topic, token):
    api.emulator.faults.latency = 0.001
    data = {
        "preset": "503",
        "client_secret_echo": "masked",
        "organization_id": oidc[0],
        **({} if token is None else {"form_token": token}),
    }
    before = (api.emulator.switches, len(api.emulator.ledger))

    answer = api.http.post(f"{api.emulator.dashboard}/{topic}", data=data)

    assert answer.status_code == 403
    assert (api.emulator.switches, len(api.emulator.ledger)) == before
    assert (api.emulator.faults.waiting(), api.emulator.faults.latency) == ([], 0.001)


@pytest.mark.parametrize("act", ["settings", "metadata", "test", "enable", "disable"])
def test_so_does_a_form_of_the_portal(administrator, saml, act):
    here = administrator(saml[0])
    before = str(here.record(saml[1]))
    address = f"{here.connection(saml[1]).address}/{act}"

    for data in ({}, {"form_token": "invented"}):
        assert here.visitor.http.post(address, data={"idp_entity_id": "x", **data}).status_code == 403
    assert str(here.record(saml[1])) == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_verbs_do_nothing(api, method):
    assert api.http.request(method, api.emulator.dashboard).status_code == 405


def test_no_page_may_run_or_fetch_anything(everything):
    for page in everything:
        policy = page.response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        assert page.response.headers["Referrer-Policy"] == "same-origin", "a link's address is a secret"
        assert page.response.headers["Cache-Control"] == "no-store"
        assert not page.document.findall(".//script")
        assert not re.search(r"\son[a-z]+=|style=", page.text)
        loaded = [one.get("href") for one in page.document.findall(".//link")]
        assert loaded == ["/_emulator/style.css"]
        assert not page.document.findall(".//*[@src]")


def test_no_page_holds_a_secret(api, everything):
    for page in everything:
        assert "canary" not in page.text
        assert api.emulator.client_secret not in page.text


def test_a_link_and_its_cookie_are_kept_from_scripts_and_from_other_sites(api, administrator):
    organization = api.organization()
    answer = api.http.get(link(api, organization)["location"])

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/portal/{organization}", "the address with the token is left at once"
    cookie = answer.headers["Set-Cookie"]
    assert f"; Path=/portal/{organization}; HttpOnly; SameSite=Lax" in cookie


def test_markup_in_a_name_is_shown_as_text(api, administrator, visitors):
    here = administrator(display_name=HOSTILE, external_id=HOSTILE[:20])
    connection = api.connection(here.organization)
    api.emulator.store.connections[connection].update(provider=HOSTILE, ui_button_title=HOSTILE)
    api.emulator.store.directories["dir_1"] = {
        "id": "dir_1",
        "name": HOSTILE,
        "organization_id": here.organization,
        "enabled": True,
    }
    api.get("/connections?domain=<script>")

    pages = [here.visitor.open(here.home.address), here.connection(connection)]
    pages += [visitors().open(f"{api.emulator.dashboard}{topic}") for topic in TOPICS]

    for page in pages:
        assert page.status == 200, page.text
        assert not page.document.findall(".//script")
        assert not page.document.findall(".//img")
    assert sum("<script>alert(1)" in page.document.text_content() for page in pages) >= 4
    assert pages[1].form("/settings").fields["ui_button_title"] == HOSTILE


def test_a_request_that_is_too_large_is_not_read(api):
    host, port = "127.0.0.1", int(api.emulator.url.rpartition(":")[2])
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(
            f"POST /_emulator/dashboard HTTP/1.1\r\nHost: {host}\r\nContent-Length: {10**12}\r\n\r\n".encode()
        )
        answer = connection.makefile("rb").readline()
    assert b" 413 " in answer
    with socket.create_connection((host, port), timeout=10) as connection:
        head = f"POST /_emulator/dashboard HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode() + b"ffffffffff\r\n")
        answer = connection.makefile("rb").readline()
    assert b" 413 " in answer


def test_an_error_in_a_page_looks_like_one(api, oidc, caplog):
    del api.store.organizations[oidc[0]]["display_name"]

    answer = api.http.get(api.emulator.dashboard)

    assert answer.status_code == 500
    assert "It is an error in the emulator" in answer.text
    assert "the page /_emulator/dashboard failed" in caplog.text


def test_the_pages_are_readable_without_sight(everything):
    for page in everything:
        document = page.document
        assert document.get("lang") == "en"
        assert document.findtext(".//title")
        assert len(document.findall(".//h1")) == 1
        levels = [int(heading.tag[1]) for heading in document.iter("h1", "h2", "h3")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert document.find(".//main").get("id") == document.find(".//a[@class='skip']").get("href").strip("#")
        ids = [one.get("id") for one in document.findall(".//*[@id]")]
        assert len(ids) == len(set(ids))
        for one in document.findall(".//*[@aria-describedby]"):
            assert set(one.get("aria-describedby").split()) <= set(ids)
        for one in document.findall(".//table"):
            assert all(head.get("scope") in ("col", "row") for head in one.iter("th"))


def test_every_entry_has_a_label_and_every_act_is_a_button_in_a_form(everything):
    """So that the keyboard reaches all of it, and a screen reader says what it is."""
    for page in everything:
        labelled = {label.get("for") for label in page.document.findall(".//label")}
        for entry in page.document.iter("input", "select", "textarea"):
            if entry.get("type") == "hidden":
                continue
            wrapped = any(parent.tag == "label" for parent in entry.iterancestors())
            assert wrapped or entry.get("id") in labelled, entry.get("name")
        for button in page.document.iter("button"):
            assert "".join(button.itertext()).strip()
            assert any(parent.tag == "form" for parent in button.iterancestors())
        for form in page.document.forms:
            assert form.method == "POST"
            assert form.findall(".//button")
        assert not page.document.findall(".//*[@tabindex]")
        for fieldset in page.document.iter("fieldset"):
            assert fieldset.find("legend") is not None
        assert all(one.get("href") for one in page.document.iter("a"))


def tokens(css):
    light = dict(re.findall(r"--([\w-]+): (#\w+)", css.partition("@media")[0]))
    dark = dict(re.findall(r"--([\w-]+): (#\w+)", css.partition("@media")[2].partition("}")[0]))
    return {"light": light, "dark": dark}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme):
    colours = tokens((Path(package.__file__).parent / "style.css").read_text())[scheme]

    for name in ("text", "quiet", "error", "warning", "note", "good"):
        for ground in ("ground", "raised"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    assert contrast(colours["on-action"], colours["action"]) >= 4.5
    assert contrast(colours["edge"], colours["ground"]) >= 3, "the edge of an entry"


def test_the_look_is_that_of_the_reports():
    """The emulator imports nothing of them, so the colours stand twice."""
    ours = tokens((Path(package.__file__).parent / "style.css").read_text())
    theirs = tokens((Path(package.__file__).parents[2] / "pages" / "page.html.j2").read_text())

    for scheme, colours in theirs.items():
        assert colours.items() <= ours[scheme].items()
