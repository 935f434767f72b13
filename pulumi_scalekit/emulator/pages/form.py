"""What a browser sends with a form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs

from pulumi_scalekit.emulator.serving.server import HttpRequest

TOKEN = "form_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class Form:
    """The fields of a form, several values each where boxes share a name, and the files."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A value without the blanks around it; empty without one."""
        return self.fields.get(name, ("",))[0].replace("\r\n", "\n").strip()

    def all(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))

    def has_token(self, token: str) -> bool:
        """Whether it is from a page of ours."""
        return secrets.compare_digest(self.get(TOKEN).encode(), token.encode())


def read(request: HttpRequest) -> Form:
    """The form in a request, in either of the forms that browsers send."""
    kind = request.header("content-type")
    if not kind.lower().startswith("multipart/form-data"):
        return Form(parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True))
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for part in message.iter_parts():
        _place(part, fields, files)
    return Form(fields, files)


def _place(part: Message, fields: dict[str, list[str]], files: dict[str, bytes]) -> None:
    name = part.get_param("name", header="content-disposition")
    content = part.get_payload(decode=True)
    if not isinstance(name, str) or not isinstance(content, bytes):
        return
    if part.get_filename() is not None:
        files[name] = content
    else:
        fields.setdefault(name, []).append(content.decode("utf-8", "replace"))
