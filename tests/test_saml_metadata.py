"""SAML metadata becomes the settings of a connection: of any identity provider, in any spelling, and of nothing that harms."""

import base64
import re
import socket
from pathlib import Path

import pulumi
import pytest
from cryptography import x509
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi.runtime.proto import provider_pb2 as proto

import pulumi_scalekit as scalekit
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle import check
from pulumi_scalekit.model import saml_metadata
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.model.saml_document import LARGEST, MetadataError
from pulumi_scalekit.program import invoke
from pulumi_scalekit.provider.plugin import Plugin
from tests.support.mocked_programs import registered
from tests.support.providers import Aborted, Context, from_struct, to_struct
from tests.support.saml_metadata import (
    ARTIFACT,
    CASES,
    NOW,
    POST,
    REDIRECT,
    SAML_1,
    SERVICE_PROVIDER_ROLE,
    SOAP,
    Key,
    Provider,
    certificate,
    document,
    entities,
    entity,
    signature,
    without_lxml,
)

CONNECTION = KINDS["scalekit:index:Connection"]
GOOD = Provider()
OLD, NEW = certificate("old.acme.example", ends=10), certificate("new.acme.example", ends=3650)
GONE, LATER = certificate("gone.acme.example", -90, -1), certificate("later.acme.example", 1, 400)


def read(file, **choice):
    return saml_metadata.read(file, now=NOW, **choice)


def refusal(file, **choice):
    """Why a file is refused: one line, the end of a sentence."""
    with pytest.raises(MetadataError) as refused:
        read(file, **choice)
    reason = str(refused.value)
    assert reason.isprintable()
    assert not reason.endswith(".")
    return reason


def having(*certificates, **spec):
    return Provider(keys=[Key((one,)) for one in certificates], **spec)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_metadata_becomes_the_settings_of_a_connection(case):
    found = read(case.file)
    block = dict(found.saml)
    pem = block.pop("idp_certificate")

    assert block == case.block
    subject = x509.load_pem_x509_certificate(pem.encode()).subject.rfc4514_string()
    assert subject in ("CN=idp.acme.example", "CN=leaf.acme.example")
    assert found.warnings == ()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_it_becomes_is_accepted_as_it_stands(case):
    block = read(case.file).saml
    program = {"organization_id": "org_1", "provider": "CUSTOM", "type": "SAML", "saml": block, "enabled": True}

    inputs, failures = check(CONNECTION, {}, program)

    assert failures == []
    assert inputs["saml"] == block, "it is in the one spelling already, so that no state differs from it"


def test_there_are_a_few_dozen():
    assert len(CASES) >= 48
    assert len({case.file for case in CASES.values()}) == len(CASES)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "is empty: give the XML file"),
        ("  \n ", "is empty: give the XML file"),
        ("Sign in to continue", "is not XML: give the XML file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not text in utf-8: give the XML file"),
        (b"PK\x03\x04 a document", "is not XML: give the XML file"),
        ("https://idp.acme.example/metadata", "is an address, not metadata: nothing is fetched here, so declare it as idp_metadata_url"),
        ('{"entityID": "x"}', "is JSON, not XML"),
        (certificate().pem, "is a certificate, not metadata: declare it as idp_certificate"),
        (certificate().base64, "is a certificate, not metadata"),
        ("<!doctype html><html><body>Sign in", r"is a web page \(HTML\), not metadata"),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN' 'x'><title>", r"is a web page \(HTML\), not metadata"),
        ("<html lang=en><p>Sign in</html>", r"is a web page \(HTML\), not metadata"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", r"is a web page \(HTML\), not metadata"),
        ("<?xml version='1.0'?><!-- x --><x:html xmlns:x='http://www.w3.org/1999/xhtml'/>", r"is a web page \(HTML\)"),
        ("<md:EntityDescriptor", "is not XML: "),
        (GOOD.text()[:-30], "is not XML: "),
        (GOOD.text().replace("https://idp.acme.example/sso", "https://idp.acme.example/sso?a=1&b=2"), "written &amp;"),
        (GOOD.text() + GOOD.text(), "is not XML: Extra content"),
        ("<!-- never ends", "what begins with <! before the first element does not end"),
        ("<a>\ud800</a>", "is not XML: it holds a character that no text has"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "is in an encoding that is not known, klingon"),
        (b"<?xml version='1.0' encoding='base64'?><a/>", "is in an encoding that is not known, base64"),
        (b"<?xml version='1.0' encoding='ascii'?><a>\xff</a>", "is not text in ascii"),
        ("<EntityDescriptor/>", "begins with <EntityDescriptor> without a namespace"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "begins with <feed> in the namespace http://www.w3.org/2005/Atom"),
        ("<s:Response xmlns:s='urn:oasis:names:tc:SAML:2.0:protocol'/>", r"is a SAML message \(<Response>\), not metadata"),
        (entities(), "describes nobody"),
    ],
)  # fmt: skip
def test_what_is_no_metadata_is_called_what_it_is(file, reason):
    assert re.search(reason, refusal(file))


@pytest.mark.parametrize(
    ("provider", "reason"),
    [
        (Provider(keys=()), "has no signing certificate: ask"),
        (Provider(keys=[Key((certificate(),), "encryption")]), "has no signing certificate, only keys for encryption: ask"),
        (Provider(keys=[Key()]), "has a signing key without its X.509 certificate"),
        (Provider(sso=()), "HTTP-Redirect or HTTP-POST, the bindings that Scalekit speaks; there is none at all$"),
        (Provider(sso=[(SOAP, "https://x.example"), (ARTIFACT, "https://x.example")]), "there is SOAP, HTTP-Artifact$"),
        (Provider(sso=[(REDIRECT, "/sso")]), r"has an address to sign in at \(HTTP_REDIRECT\) that is a path"),
        (Provider(entity_id=""), "names no entity id"),
        (Provider(entity_id="an id"), "by an entity id that has a blank or a line break in it"),
        (Provider(entity_id="https://sts.windows.net/{tenantid}/"), r"is of no tenant of its own \(https://sts.windows.net/\{tenantid\}/\): give that of the"),
        (Provider(protocols=SAML_1), r"identity provider \(https://idp.acme.example\) that speaks no SAML 2.0"),
    ],
)  # fmt: skip
def test_an_identity_provider_that_lacks_something(provider, reason):
    assert re.search(reason, refusal(provider.document()))


def test_the_metadata_of_a_service_provider_is_told_from_that_of_an_identity_provider():
    ours = entity("https://acme.scalekit.example/sso/v1/saml/conn_1", SERVICE_PROVIDER_ROLE.replace("{p}", "md:"))
    reason = refusal(document(ours))
    assert "is the metadata of a service provider (https://acme.scalekit.example/sso/v1/saml/conn_1)" in reason
    assert "give that of the identity provider" in reason


def test_somebody_else_is_told_too():
    authority = '<md:AttributeAuthorityDescriptor protocolSupportEnumeration="x"/>'
    assert "describes no identity provider (https://a.example)" in refusal(entity("https://a.example", authority))
    federation = '<md:RoleDescriptor protocolSupportEnumeration="x"/>'
    assert "speaks of WS-Federation alone (https://a.example)" in refusal(entity("https://a.example", federation))


class TestSeveralIdentityProviders:
    names = tuple(f"https://idp{n}.acme.example" for n in range(30))
    file = document(entities(*(Provider(entity_id=name, sso=[(POST, f"{name}/sso")]).text() for name in names[:3])))

    def test_are_listed(self):
        reason = refusal(self.file)
        assert reason.startswith("has 3 identity providers (https://idp0.acme.example, ")
        assert reason.endswith(", https://idp2.acme.example): choose one by its entity_id")

    def test_are_chosen_by_entity_id(self):
        assert read(self.file, entity_id=self.names[1]).saml["idp_sso_url"] == "https://idp1.acme.example/sso"

    def test_are_listed_where_the_chosen_one_is_not_there_the_likely_ones_first(self):
        reason = refusal(self.file, entity_id="https://idp2.acme.exampl")
        assert "has no identity provider with the entity id https://idp2.acme.exampl; there is https://idp2" in reason
        assert refusal(GOOD.document(), entity_id="https://x.example").endswith("there is https://idp.acme.example")

    def test_are_not_all_listed_where_they_are_many(self):
        file = entities(*(Provider(entity_id=name).text() for name in self.names))
        assert refusal(file).endswith("https://idp19.acme.example, and 10 more): choose one by its entity_id")


class TestSeveralSigningCertificates:
    def taken(self, provider, **choice):
        found = read(provider.document(), **choice)
        return found.saml["idp_certificate"], found.warnings

    def test_the_first_that_is_valid_is_taken_and_each_is_named(self):
        pem, (warning,) = self.taken(having(GONE, LATER, OLD, NEW))
        assert pem == OLD.pem
        assert warning.startswith(
            "has 4 signing certificates, and Scalekit takes one. Taken: CN=old.acme.example, valid "
        )
        assert (
            f"2026-05-02 to 2026-06-11, SHA-256 {OLD.fingerprint}, because it comes first in the file and is valid today"
            in warning
        )
        _, _, others = warning.partition("Not taken: ")
        assert all(one.fingerprint in others for one in (GONE, LATER, NEW))
        assert f'fingerprint="{OLD.fingerprint}"' in others
        assert warning.isprintable()

    @pytest.mark.parametrize("where", ["entity", "entities", "role"])
    def test_the_one_that_the_file_is_signed_with_is_taken(self, where):
        provider = having(OLD, NEW, before=signature(NEW) if where == "entity" else "")
        text = provider.text()
        if where == "entities":
            text = entities(signature(NEW), text)
        if where == "role":
            text = re.sub("(<md:IDPSSODescriptor[^>]*>)", lambda found: found[1] + signature(NEW), text)
        found = read(document(text))
        assert found.saml["idp_certificate"] == NEW.pem
        assert "because the file itself is signed with it and is valid today" in found.warnings[0]

    @pytest.mark.parametrize("signer", [GONE, LATER, certificate("federation.acme.example")])
    def test_a_signature_with_another_key_says_nothing(self, signer):
        assert self.taken(having(GONE, OLD, LATER, NEW, before=signature(signer)))[0] == OLD.pem

    def test_where_none_is_valid_the_warning_says_so(self):
        pem, (warning,) = self.taken(having(GONE, LATER))
        assert pem == GONE.pem
        assert "and none is valid today" in warning

    @pytest.mark.parametrize(
        "write", [str, str.lower, lambda text: text.replace(":", ""), lambda text: f"SHA256:{text}"]
    )
    def test_a_fingerprint_chooses_and_there_is_no_warning(self, write):
        assert self.taken(having(OLD, NEW), fingerprint=write(NEW.fingerprint)) == (NEW.pem, ())

    def test_a_fingerprint_that_is_not_there_is_refused_with_those_that_are(self):
        reason = refusal(having(OLD, NEW).document(), fingerprint=GONE.fingerprint)
        assert reason.startswith(
            "has no signing certificate with this SHA-256 fingerprint; there is CN=old.acme.example"
        )
        assert NEW.fingerprint in reason
        assert "no signing certificate with this" in refusal(having(OLD).document(), fingerprint="")

    def test_one_that_cannot_be_read_is_left_out_and_told(self):
        text = having(OLD, NEW).text().replace(OLD.base64[:76], "A" * 76)
        found = read(text)
        assert found.saml["idp_certificate"] == NEW.pem
        assert "has a signing certificate (the 1st) that is " in found.warnings[0]
        assert found.warnings[0].endswith("; it is left out")

    def test_none_that_can_be_read_is_an_error(self):
        text = having(OLD).text().replace(OLD.base64[:76], "A" * 76)
        assert refusal(text).startswith(
            "has a signing certificate (the 1st) that is no certificate: give one X.509 cert"
        )
        assert "is cut off" in refusal(having(OLD).text().replace(OLD.base64[76:152], ""))

    def test_a_version_of_x509_that_does_not_exist_is_an_error_like_any_other(self):
        """The library raises something else for it than for anything else that is wrong."""
        der = OLD.der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020101"), 1)
        text = having(OLD).text().replace(">\n" + OLD.base64[:76], ">" + base64.b64encode(der).decode() + "<!--")
        text = text.replace("</ds:X509Certificate>", "--></ds:X509Certificate>")
        assert "that is base64 of something else than a certificate" in refusal(text)


@pytest.mark.parametrize(
    "written",
    ["2026-05-31T12:00:00Z", "2026-05-31T23:59:59.123", "2026-06-01T01:00:00+02:00", "2026-05-31T23:00:00-00:30"],
)
@pytest.mark.parametrize("where", ["role", "entity", "entities"])
def test_a_date_in_the_past_is_a_warning(written, where):
    """The file may be out of date, and what stands in it works as well as before."""
    dated = {"validUntil": written}
    provider = Provider(role=dated if where == "role" else {}, entity=dated if where == "entity" else {})
    found = read(entities(provider.text(), **(dated if where == "entities" else {})))
    assert found.saml["idp_certificate"] == certificate().pem
    (warning,) = found.warnings
    assert warning.startswith("was to be used until 2026-05-31 only (validUntil): download it anew")


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-01T00:00:01Z",
        "2026-06-01T01:00:00-01:00",
        "2026-13-01T00:00:00Z",
        "tomorrow",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_a_date_in_the_future_and_what_is_none_is_not_told(written):
    assert read(Provider(entity={"validUntil": written}).document()).warnings == ()


def test_a_sign_out_address_that_is_none_is_left_out_and_told():
    found = read(Provider(slo=[(REDIRECT, "/logout")]).document())
    assert "idp_slo_url" not in found.saml
    assert found.warnings[0].startswith("has an address to sign out at that is a path")


def test_what_comes_out_of_the_file_does_not_steer_a_terminal():
    name = "https://a.example/\u009b31m\u202e" + "x" * 300
    assert "\u009b" not in refusal(entity(name, SERVICE_PROVIDER_ROLE.replace("{p}", "md:")))
    assert len(refusal(entities(Provider(entity_id=name).text(), GOOD.text()))) < 300


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE md [<!ENTITY e0 "ha">{ENTITIES}]>',
        '<!DOCTYPE md [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE md [<!ENTITY % e SYSTEM "{url}"> %e;]>',
        '<!DOCTYPE md SYSTEM "{url}">',
        '<!DOCTYPE md PUBLIC "-//X//EN" "{url}">',
        f'<!DOCTYPE md [<!ENTITY e9 "{"a" * 100_000}">]>',
    ],
    ids=["entities of entities", "a file", "a parameter", "a document type", "a public one", "a long one"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("before", ["", "<!-- <a> --> <?x <b> ?>\n"])
def test_document_types_are_refused_before_anything_in_them_is_looked_at(declared, encoding, before, monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        text = GOOD.text().replace(GOOD.entity_id, "&e9;")
        reason = refusal(document(before + declared.replace("{url}", url) + text, encoding))
        with pytest.raises(TimeoutError):
            server.accept()
    assert reason.startswith("has a document type (<!DOCTYPE …>)")
    assert asked == []


def test_an_entity_that_is_not_declared_is_not_xml():
    assert "is not XML" in refusal(GOOD.text().replace(GOOD.entity_id, "&nbsp;"))


def test_no_address_in_the_file_is_opened():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}"/>'
        schema = {"xsi:schemaLocation": f"urn:oasis:names:tc:SAML:2.0:metadata {url}", "xml:base": url}
        sheet = f'<?xml-stylesheet href="{url}"?>'
        assert read(document(sheet + Provider(after=include, entity=schema).text())).warnings == ()
        with pytest.raises(TimeoutError):
            server.accept()


def test_what_is_too_large_or_too_deep_is_refused():
    assert refusal(b"<" * (LARGEST + 1)).startswith("has more than 5 MB")
    assert refusal("<" * (LARGEST + 1)).startswith("has more than 5 MB")
    assert "is not XML" in refusal("<a>" * 100_000)
    assert "is not XML" in refusal(Provider(after="<x>" * 1000 + "</x>" * 1000).document())
    assert "does not end" in refusal("<!--" * 1_000_000)
    assert "is not XML" in refusal("<?x?> " * 500_000)
    assert read(GOOD.text() + "\n" * (LARGEST // 2)).warnings == ()


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_file_holds_it_is_read_or_refused(data):
    """Files with a part of them changed, taken out or doubled."""
    case = data.draw(st.sampled_from(list(CASES.values())))
    file = case.file if isinstance(case.file, bytes) else case.file.encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(file)))
        end = min(len(file), start + data.draw(st.integers(0, 200)))
        put = data.draw(st.one_of(st.binary(max_size=20), st.just(file[start:end] * 2), st.sampled_from(PARTS)))
        file = file[:start] + put + file[end:]
    given_as = data.draw(st.sampled_from([file, file.decode("utf-8", "replace"), file.decode("latin-1")]))
    choice = data.draw(st.sampled_from([{}, {"entity_id": "x"}, {"fingerprint": certificate().fingerprint}]))
    try:
        found = read(given_as, **choice)
    except MetadataError as error:
        found, said = None, (str(error),)
    else:
        said = found.warnings
    assert all(text.isprintable() for text in said)
    if found:
        assert {"idp_entity_id", "idp_sso_url", "idp_sso_request_binding", "idp_certificate"} <= set(found.saml)


PARTS = [
    b"<!DOCTYPE a>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&#x202e;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"<md:KeyDescriptor>", b"</md:IDPSSODescriptor>", b' use="signing"', b' xmlns="x"', b"\xc2\x9b", b"<ds:X509Certificate/>",
]  # fmt: skip


class TestAPythonProgram:
    @pytest.fixture(autouse=True)
    def told(self, monkeypatch):
        """The warnings that the engine is asked to show."""
        told = []
        monkeypatch.setattr(pulumi.log, "warn", told.append)
        return told

    def test_gives_a_path_a_text_or_bytes(self, tmp_path, monkeypatch, told):
        path = tmp_path / "acme idp.xml"
        path.write_bytes(GOOD.document("utf-16"))
        expected = saml_metadata.read(GOOD.document()).saml
        for given_as in (path, str(path), path.read_bytes(), path.read_text("utf-16"), f"\ufeff \n{GOOD.text()}"):
            assert scalekit.saml_metadata(given_as) == expected
        monkeypatch.chdir(tmp_path)
        assert scalekit.saml_metadata("acme idp.xml", entity_id=GOOD.entity_id) == expected
        assert told == []

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ("no-such.xml", r"saml_metadata: cannot read no-such.xml: No such file or directory. A path is relative to /"),
            (Path("/"), "saml_metadata: cannot read /: Is a directory"),
            ("a\0b", "saml_metadata: cannot read a b: it is no path"),
            ("https://idp.acme.example/metadata", "saml_metadata: the text is an address, not metadata"),
            ("", "saml_metadata: the text is empty"),
            (certificate().pem, "saml_metadata: the text is a certificate"),
            (None, "takes a path, the text of a metadata file or its bytes, and was given NoneType"),
            (pulumi.Output.from_input("<a/>"), r"was given an output. .* xml.apply\(scalekit.saml_metadata\)"),
        ],
    )  # fmt: skip
    def test_is_told_on_one_line_what_is_wrong(self, source, said):
        with pytest.raises(ScalekitError, match=said) as refused:
            scalekit.saml_metadata(source)
        assert isinstance(refused.value, pulumi.RunError), "which Pulumi shows without a traceback"
        assert str(refused.value).endswith(".")
        assert "\n" not in str(refused.value)

    def test_is_told_the_file_that_is_wrong(self, tmp_path):
        path = tmp_path / "portal.html"
        path.write_text("<!doctype html><html>")
        with pytest.raises(ScalekitError, match=r"saml_metadata: .*portal\.html is a web page"):
            scalekit.saml_metadata(path)
        path.write_bytes(b"<" * (LARGEST + 10))
        with pytest.raises(ScalekitError, match="has more than 5 MB"):
            scalekit.saml_metadata(path)

    def test_is_warned_of_what_was_chosen(self, told):
        now = saml_metadata.datetime.now(saml_metadata.timezone.utc) - NOW
        both = [certificate(f"{name}.acme.example", now.days - 1, now.days + 9) for name in ("one", "two")]
        block = scalekit.saml_metadata(having(*both).document())
        assert block["idp_certificate"] == both[0].pem
        (warning,) = told
        assert warning.startswith("saml_metadata: the file has 2 signing certificates, and Scalekit takes one.")
        assert warning.endswith(".")

    def test_that_was_converted_asks_the_function_without_credentials(self, monkeypatch):
        """As `pulumi convert` writes it: what is read has attributes, and the plugin is not asked either."""
        monkeypatch.setattr(invoke, "uses_plugin", lambda: True)
        found = scalekit.parse_saml_metadata(xml=GOOD.text(), entity_id=GOOD.entity_id)
        assert found.saml.idp_sso_url == "https://idp.acme.example/sso"
        assert found.saml.idp_slo_url is None
        assert found.saml == found.untyped == scalekit.saml_metadata(GOOD.text())
        with pytest.raises(ScalekitError, match=r"^parseSamlMetadata: xml is a web page \(HTML\)"):
            scalekit.parse_saml_metadata(xml="<html>")

    def test_hears_how_to_install_lxml(self, monkeypatch):
        without_lxml(monkeypatch)
        with pytest.raises(ScalekitError, match=r"lxml is not installed .*: pip install 'pulumi-scalekit\[saml\]'\.$"):
            scalekit.saml_metadata(GOOD.document())

    def test_declares_a_connection_with_it_now_and_later(self):
        """In a process of its own, as a user's unit test runs it, and without credentials."""
        seen, _, error = registered("from_metadata")
        assert error == ""
        expected = seen["now"]["inputs"]["saml"]
        assert expected["idpSsoUrl"] == "https://idp.acme.example/sso"
        assert expected["idpCertificate"].startswith("-----BEGIN CERTIFICATE-----\n")
        assert seen["later"]["inputs"]["saml"] == expected
        assert seen["more"]["inputs"]["saml"] == {**expected, "forceAuthn": True}

    def test_that_is_wrong_ends_with_one_line(self):
        _, _, error = registered("from_a_page")
        assert re.fullmatch(r"ScalekitError: saml_metadata: the text is a web page \(HTML\).*\.", error), error


class TestThePlugin:
    @pytest.fixture
    def invoke(self):
        """Calls the function of a plugin that nobody has configured: (answer, failures, warnings), or what it refuses."""

        def call(python=True, **arguments):
            told = []
            plugin = Plugin(warn=lambda urn, text: told.append((urn, text)), of_python=lambda: python)
            request = proto.InvokeRequest(tok="scalekit:index:parseSamlMetadata", args=to_struct(arguments))
            context = Context()
            try:
                answer = plugin.Invoke(request, context)
            except Aborted:
                return str(context.refusal)
            failures = {one.property: one.reason for one in answer.failures}
            return from_struct(getattr(answer, "return")), failures, told

        return call

    def test_gives_the_block_without_an_environment(self, invoke):
        answer, failures, told = invoke(xml=GOOD.text())
        assert (failures, told) == ({}, [])
        block = {
            "idpEntityId": "https://idp.acme.example",
            "idpSsoUrl": "https://idp.acme.example/sso",
            "idpSsoRequestBinding": "HTTP_REDIRECT",
            "idpCertificate": certificate().pem,
        }
        assert answer == {"saml": block, "untyped": block}

    def test_chooses(self, invoke):
        xml = entities(*(having(OLD, NEW, entity_id=f"https://{name}.example").text() for name in "ab"))
        answer, _, told = invoke(xml=xml, entityId="https://b.example", fingerprint=NEW.fingerprint)
        assert (answer["saml"]["idpEntityId"], answer["saml"]["idpCertificate"]) == ("https://b.example", NEW.pem)
        assert told == []

    def test_warns_through_the_engine(self, invoke):
        _, _, ((urn, text),) = invoke(xml=having(OLD, NEW).text())
        assert urn == ""
        assert text.startswith("parseSamlMetadata: xml has 2 signing certificates, and Scalekit takes one.")

    def test_refuses_in_the_names_of_the_language(self, invoke):
        assert invoke(python=False, xml=entities(GOOD.text(), Provider(entity_id="https://b.example").text())) == (
            "parseSamlMetadata: xml has 2 identity providers (https://idp.acme.example, https://b.example): choose one by its "
            "entityId."
        )
        assert invoke(xml="")[1] == {"xml": "xml must not be empty"}
        assert invoke(xm="x")[1]["xm"] == "there is no property xm; did you mean xml?"
