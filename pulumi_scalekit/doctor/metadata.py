"""Whether SAML metadata at an address leads to the identity provider that a connection declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pulumi_scalekit.api.fetch import Document
from pulumi_scalekit.doctor.diagnosis import Diagnosis
from pulumi_scalekit.model import saml_metadata
from pulumi_scalekit.model.saml_document import LxmlMissing, MetadataError
from pulumi_scalekit.model.saml_metadata import ChoiceError
from pulumi_scalekit.resources.certificate_findings import expired, expires_soon, not_yet_valid

_DATED = (expired, expires_soon, not_yet_valid)
_ASK = (
    "Ask the customer's administrator for the address of the identity provider's metadata, or to correct what is there."
)
_PUBLISHED = (
    "Scalekit reads the address again and again, so nothing has to be changed here once the identity provider's administrator "
    "has published {what} there."
)


def metadata_judge(part: str, entity_id: str) -> Callable[[Document], Iterator[Diagnosis]]:
    """Judge metadata at its address.

    Args:
        part: What is looked at.
        entity_id: The identity provider that is declared; empty where none is.

    Returns:
        What says what is wrong with a document, each text in the middle of a line. It raises `LxmlMissing` where that is
        not installed, and what is there looks like XML.

    """

    def judge(document: Document) -> Iterator[Diagnosis]:
        try:
            found = saml_metadata.read(document.content, entity_id=entity_id or None)
        except LxmlMissing:
            raise
        except ChoiceError as error:
            yield _choice(part, error, entity_id)
            return
        except MetadataError as error:
            yield Diagnosis(part, "error", f"the document {error.reason}.", _ASK)
            return
        if found.expired:
            text = f"the document was to be used until {found.expired:%Y-%m-%d} only (validUntil), and may be refused."
            yield Diagnosis(part, "warning", text, _PUBLISHED.format(what="one that is valid"))
        for rule in _DATED:
            for _, sentence in rule.of_values({"saml": {"idp_certificate": found.saml["idp_certificate"]}}):
                yield Diagnosis(part, rule.severity, f"{sentence}.", _PUBLISHED.format(what="its next certificate"))

    return judge


def _choice(part: str, error: ChoiceError, entity_id: str) -> Diagnosis:
    """Of metadata that is not that of one identity provider, the declared one."""
    if len(error.entity_ids) == 1:
        named = error.entity_ids[0]
        remedy = f'Declare saml={{"idp_entity_id": "{named}", …}} if that is the identity provider, or leave it out.'
    else:
        remedy = (
            'Declare saml={"idp_entity_id": "…", …} with the one that is meant, or ask the customer for the address of its '
            "metadata alone."
        )
    if not entity_id:
        return Diagnosis(part, "warning", f"the document {error.reason}, and none is declared.", remedy)
    return Diagnosis(part, "error", f"the document {error.reason}.", remedy)
