"""The XML of SAML metadata, out of a file that anybody may have made: decoded, judged and parsed, and nothing in it is obeyed.

A document type, which is where entities are declared, is refused before a parser sees it; nothing is fetched, comments are
taken out of the values that they split, and what is larger than a customer's metadata ever is is not read. Signatures are not
verified: whoever hands the file over is trusted with what is in it.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 5 * 1024 * 1024
"""In bytes. An identity provider's metadata has some kilobytes; a federation's of all its members may have a hundred MB."""

METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BLANKS = re.compile(r"\s*")
AROUND = "\ufeff\u200b \t\r\n\0"
SAVED_PAGE = (
    "is a web page (HTML), not metadata, such as the sign-in page that comes when nobody is signed in",
    "download it anew",
)
_WANTED = "give the XML file that the identity provider offers for download"
_SHOWN = 100


class MetadataError(ValueError):
    """Why metadata cannot be used, as the end of a sentence about it, on one line.

    Args:
        reason: What is wrong with it, wherever it is from.
        advice: What to do where somebody gave it as a file; empty where the reason says that.

    """

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(f"{reason}: {advice}" if advice else reason)
        self.reason = reason


class LxmlMissing(MetadataError):
    """The extra `saml` is not installed, so nothing is known of the metadata."""

    INSTALL = "pip install 'pulumi-scalekit[saml]'"

    def __init__(self) -> None:
        super().__init__("cannot be read, because lxml is not installed where this runs", self.INSTALL)


def root_of(data: str | bytes) -> _Element:
    """The root element of a document.

    Args:
        data: The document, as text or in any of the encodings that XML names.

    Raises:
        MetadataError: It is too large, no XML, or has a document type.
        LxmlMissing: lxml is not installed.

    """
    if len(data) > LARGEST:
        raise MetadataError(
            f"has more than {LARGEST >> 20} MB, as the metadata of a whole federation has",
            "give that of the one identity provider, alone",
        )
    text = (_decoded(data) if isinstance(data, bytes) else data).strip(AROUND)
    if not text.startswith("<"):
        raise MetadataError(*_no_xml(text))
    text = _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text
    _refuse_document_type(text)
    return _parsed(text)


def shown(text: str) -> str:
    """A text out of the document as a message may hold it: on one line, not long, and nothing that steers a terminal."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def words_of(element: _Element) -> str:
    """All the text in an element, without what stands around it."""
    return "".join(element.itertext()).strip()


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding:
        declared = _ENCODING.match(data.lstrip())
        encoding = declared[1].decode() if declared else "utf-8"
    try:
        # Of a file that is not in two bytes a sign, and says that it is, the declaration is wrong.
        return data.decode(
            "utf-8" if encoding.lower().startswith(("utf-16", "utf16")) and b"\0" not in data else encoding
        )
    except LookupError:
        raise MetadataError(f"is in an encoding that is not known, {shown(encoding)}", "save it in UTF-8") from None
    except (UnicodeError, ValueError):
        raise MetadataError(f"is not text in {shown(encoding)}", _WANTED) from None


def _no_xml(text: str) -> tuple[str, str]:
    """What a text is that is no XML, and what to do."""
    if not text:
        return "is empty", _WANTED
    if re.match(r"https?://", text, re.IGNORECASE):
        return (
            "is an address, not metadata",
            "nothing is fetched here, so declare it as idp_metadata_url, and Scalekit reads it from there, again and again",
        )
    if text.startswith("-----BEGIN ") or re.match(r"MII[A-Za-z0-9+/\s]{50}", text):
        return (
            "is a certificate, not metadata",
            "declare it as idp_certificate, with the entity id and the address beside it",
        )
    if text.startswith(("{", "[")):
        return "is JSON, not XML", _WANTED
    return "is not XML", _WANTED


def _refuse_document_type(text: str) -> None:
    """Look at what stands before the root element, where alone a document type may be."""
    at = 0
    while True:
        blanks = _BLANKS.match(text, at)
        at = blanks.end() if blanks else at
        if text.startswith("<!--", at):
            end, closing = text.find("-->", at + 4), "-->"
        elif text.startswith("<?", at):
            end, closing = text.find("?>", at), "?>"
        else:
            break
        if end < 0:
            raise MetadataError(
                f"is not XML: what begins with {text[at : at + 2]} before the first element does not end"
            )
        at = end + len(closing)
    beginning = text[at : at + _SHOWN].lower()
    if re.match(r"<!doctype\s+html|<html\b", beginning):
        raise MetadataError(*SAVED_PAGE)
    if beginning.startswith("<!doctype"):
        raise MetadataError(
            "has a document type (<!DOCTYPE …>), which no metadata needs and in which entities can be declared that harm "
            "who reads them",
            "take it out, or download the file anew",
        )


def _parsed(text: str) -> _Element:
    try:
        # Late, and an extra: only who has metadata needs it.
        from lxml import etree
    except ImportError:
        raise LxmlMissing from None

    # `encoding` is that of the bytes below, whatever the document said of itself.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except UnicodeEncodeError:
        raise MetadataError("is not XML: it holds a character that no text has") from None
    except etree.XMLSyntaxError as error:
        if re.search(r"<(?:html|head|body)\b", text[:2000], re.IGNORECASE):
            raise MetadataError(*SAVED_PAGE) from None
        # What an address that was pasted into the file may hold.
        hint = "; an & in an address is written &amp;" if "EntityRef" in (error.msg or "") else ""
        raise MetadataError(f"is not XML: {shown(error.msg or 'it cannot be parsed')}{hint}") from None
