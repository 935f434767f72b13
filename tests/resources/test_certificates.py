"""Whatever form a certificate comes in, one PEM goes to Scalekit, and another form of it is neither change nor drift."""

import base64
import warnings

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_scalekit import Connection
from pulumi_scalekit.model import certificate
from tests.support.identity_provider import BELOW_ZERO, BODY, DER, FORMS, NOT_ONE, PEM
from tests.support.stack import PROVIDERS, CheckFailed, Stack

SETTINGS = {"idpEntityId": "https://idp", "idpSsoUrl": "https://idp/sso"}


@pytest.fixture(params=PROVIDERS)
def connection(request, config):
    return Stack(PROVIDERS[request.param](Connection.kind, config))


@pytest.fixture
def saml(api):
    organization = api.organization()

    def program(text, **more):
        block = {**SETTINGS, "idpCertificate": text, **more}
        return {"organizationId": organization, "provider": "CUSTOM", "type": "SAML", "saml": block}

    return program


def held(emulator, connection):
    (one,) = emulator.store.connections[connection.id]["saml_config"]["idp_certificates"]
    return one


@pytest.mark.parametrize("form", FORMS)
def test_every_form_arrives_as_one_pem(connection, saml, emulator, form):
    connection.up(saml(FORMS[form]))

    assert held(emulator, connection)["certificate"] == PEM
    assert connection.refresh() == []
    assert connection.preview(saml(FORMS[form])) == "same"


def test_another_form_is_no_change_and_no_drift(connection, saml, emulator):
    connection.up(saml(BODY))
    mark = emulator.ledger.mark()
    assert {connection.preview(saml(text)) for text in FORMS.values()} == {"same"}
    assert emulator.ledger.since(mark) == []

    for text in FORMS.values():
        held(emulator, connection)["certificate"] = text
        assert connection.refresh() == []
        assert connection.preview(saml(PEM)) == "same"


@pytest.mark.parametrize("form", FORMS)
def test_a_state_of_an_earlier_version_plans_no_change(connection, saml, form):
    """It holds the user's spelling."""
    connection.up(saml(PEM))
    for kept in (connection.inputs, connection.outputs):
        kept["saml"]["idpCertificate"] = FORMS[form]

    assert connection.preview(saml(FORMS[form])) == "same"
    assert connection.preview(saml(PEM)) == "same"
    assert connection.refresh() == []
    assert connection.preview(saml(FORMS[form])) == "same"


@pytest.mark.parametrize("what", NOT_ONE)
def test_what_is_no_certificate_is_named_and_never_shown(connection, saml, emulator, what):
    text, words = NOT_ONE[what]
    mark = emulator.ledger.mark()
    with pytest.raises(CheckFailed) as refused:
        connection.up(saml(text))

    (reason,) = refused.value.failures.values()
    assert reason.startswith("idp_certificate ")
    assert words in reason
    assert text[:40] not in reason
    assert text[-40:].strip() not in reason
    assert emulator.ledger.since(mark) == []


def test_a_private_key_is_not_shown_where_the_block_is_at_fault(connection, saml):
    """The engine prints the value of a property that it is told by name."""
    with pytest.raises(CheckFailed) as refused:
        connection.up({**saml(NOT_ONE["private key"][0]), "type": "OIDC"})

    reasons = refused.value.failures
    assert reasons["saml"] == 'saml does not go with type="OIDC": declare oidc instead'
    assert "PRIVATE" not in str(reasons)


def test_a_serial_number_below_zero_is_nobodys_business(connection, saml, emulator, recwarn):
    text = base64.b64encode(BELOW_ZERO).decode()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        connection.up(saml(text))
        assert connection.preview(saml(text)) == "same"

    assert not recwarn.list
    assert certificate.normal(held(emulator, connection)["certificate"]) == certificate.normal(text)


_BREAKS = st.sampled_from(["\n", "\r\n", "\n    ", "\r\n\t", " ", "\\n", "\\r\\n"])


@settings(max_examples=200, deadline=None)
@given(
    width=st.integers(1, 200),
    breaks=_BREAKS,
    label=st.sampled_from(["", "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]),
    around=st.sampled_from(["", "\ufeff", "  ", "\n\n", '"', "'"]),
    again=st.booleans(),
    urlsafe=st.booleans(),
)
def test_no_wrapping_changes_it(width, breaks, label, around, again, urlsafe):
    body = base64.urlsafe_b64encode(DER).decode() if urlsafe else BODY
    lines = [body[start : start + width] for start in range(0, len(body), width)]
    text = breaks.join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"] if label else lines)
    text = around + (base64.b64encode(text.encode()).decode() if again and label else text) + around

    assert certificate.normal(text) == PEM
    assert certificate.refused(text) is None


@given(st.binary(max_size=300).map(lambda raw: base64.b64encode(raw).decode()) | st.text(max_size=300))
def test_nothing_else_passes(text):
    found = certificate.normal(text)
    try:
        x509.load_pem_x509_certificate(found.encode()).public_bytes(Encoding.PEM)
    except ValueError:
        assert certificate.refused(text) is not None
