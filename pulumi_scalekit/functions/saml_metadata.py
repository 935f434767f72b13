"""parseSamlMetadata, and what a Python program calls in its place: saml_metadata, which takes a file. Nothing is sent.

No `get…`: that is what looks something up, and this asks nobody.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Annotated, cast

import pulumi

from pulumi_scalekit import outputs
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model import saml_metadata as metadata
from pulumi_scalekit.model.saml_document import AROUND, LARGEST, MetadataError, shown
from pulumi_scalekit.program.errors import message_alone
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.resources.connection import Connection
from pulumi_scalekit.resources.connection_protocols import Saml

# XML; and an address, JSON, a certificate or nothing, each of which is named as what it is, and not looked for as a file.
_NO_PATH = re.compile(r"<|$|[a-z]+://|[{\[]|-----BEGIN |.{1024}|.*\n", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class SamlMetadataResult:
    """What the metadata says.

    Attributes:
        untyped: The same for YAML, whose type checker takes no choice out of an answer: `saml: ${idp.untyped}`.

    """

    saml: outputs.Saml
    untyped: Annotated[Saml, words(untyped=True)]


@function(Connection.kind, local=True)
def parse_saml_metadata(
    warn: Callable[[str], None], *, xml: str, entity_id: str | None = None, fingerprint: str | None = None
) -> SamlMetadataResult:
    """Turn an identity provider's SAML metadata into the `saml` settings of a connection, for one that gives a file and no address.

    In Python call `scalekit.saml_metadata` instead, which takes the file and gives the settings themselves; this is for the
    other languages, and for programs that `pulumi convert` writes. Nothing is sent or fetched, and signatures are not
    verified. An address is better where there is one: Scalekit reads `idp_metadata_url` again and again, while a file says
    what was true when it was downloaded. Of several signing certificates one is taken, and a warning says which and why. It
    needs lxml where the plugin is installed: `pip install 'pulumi-scalekit[saml]'`.

    Args:
        warn: Shows the user what to know.
        xml: The metadata: what stands in the file.
        entity_id: Which identity provider, where the file has several.
        fingerprint: SHA-256 fingerprint of the signing certificate to take, where the file has several.

    Raises:
        ScalekitError: It is not the metadata of one identity provider, or lacks what a connection needs.

    """
    try:
        found = metadata.read(xml, entity_id=entity_id, fingerprint=fingerprint)
    except MetadataError as error:
        raise ScalekitError(f"parseSamlMetadata: xml {error}.") from None
    for warning in found.warnings:
        warn(f"parseSamlMetadata: xml {warning}.")
    return SamlMetadataResult(outputs.Saml(**found.saml), cast("Saml", found.saml))


def saml_metadata(
    source: str | bytes | PathLike[str], *, entity_id: str | None = None, fingerprint: str | None = None
) -> Saml:
    """Turn an identity provider's SAML metadata into the `saml` block of a `Connection` or `ConnectionSettings`.

        saml=scalekit.saml_metadata("google.xml")
        saml={**scalekit.saml_metadata("google.xml"), "force_authn": True}
        saml=application.metadata.apply(scalekit.saml_metadata)

    For an identity provider that gives a file and no address. Where there is an address, declare it as `idp_metadata_url`:
    Scalekit reads it again and again, while a file says what was true when it was downloaded. Nothing is sent or fetched,
    and signatures are not verified. It needs lxml: `pip install 'pulumi-scalekit[saml]'`.

    The block holds the entity id, the addresses to sign in and out with their bindings, the signing certificate, the name id
    format if Scalekit knows one of those that are named, and whether requests are to be signed. Of several signing
    certificates one is taken, and a warning says which and why; another says that the file is out of date (`validUntil`).

    Args:
        source: The metadata: a path, or what stands in the file. A text that begins with `<` is XML, any other a path.
        entity_id: Which identity provider, where the file has several. Where it has one, it has to be this one.
        fingerprint: SHA-256 fingerprint of the signing certificate to take, where the file has several. Where it has one, it
            has to be this one.

    Raises:
        ScalekitError: It is not the metadata of one identity provider, or lacks what a connection needs; there is no such
            file, or no lxml.

    """
    try:
        name, data = _read(source, entity_id, fingerprint)
    except ScalekitError as error:
        raise message_alone(error) from None
    try:
        found = metadata.read(data, entity_id=entity_id, fingerprint=fingerprint)
    except MetadataError as error:
        raise message_alone(ScalekitError(f"saml_metadata: {name} {error}.")) from None
    for warning in found.warnings:
        pulumi.log.warn(f"saml_metadata: {name} {warning}.")
    return cast("Saml", found.saml)


def _read(source: object, *choice: object) -> tuple[str, str | bytes]:
    """What to call the metadata in a message, and the metadata."""
    if any(isinstance(one, pulumi.Output) or inspect.isawaitable(one) for one in (source, *choice)):
        raise ScalekitError(
            "saml_metadata needs its arguments at once, and was given an output. Call it when the output is known: "
            "xml.apply(scalekit.saml_metadata), or xml.apply(lambda text: scalekit.saml_metadata(text, entity_id=…))."
        )
    if isinstance(source, bytes):
        return "the file", source
    if isinstance(source, str) and _NO_PATH.match(source.strip(AROUND)):
        return "the text", source
    if not isinstance(source, (str, PathLike)):
        raise ScalekitError(
            f"saml_metadata takes a path, the text of a metadata file or its bytes, and was given {type(source).__name__}."
        )
    path = Path(source)
    try:
        with path.open("rb") as file:
            return shown(str(path)), file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no path"
        raise ScalekitError(
            f"saml_metadata: cannot read {shown(str(path))}: {reason}. A path is relative to {Path.cwd()}."
        ) from None
