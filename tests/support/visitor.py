"""What a browser does with pages that need no script: it opens them, keeps their cookies, fills in their forms and sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import html

if TYPE_CHECKING:
    from typing_extensions import Self

Values = Mapping[str, str | Sequence[str] | None]


@dataclass(frozen=True)
class Page:
    """A page that was opened. Its `document` is parsed, its `text` as it came."""

    response: httpx.Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def address(self) -> str:
        return str(self.response.url)

    @property
    def document(self) -> html.HtmlElement:
        return html.fromstring(self.text)

    def says(self, text: str) -> bool:
        """Whether a reader of the page finds the text in it."""
        return text in " ".join(self.document.text_content().split())

    def form(self, ending: str) -> html.FormElement:
        """The form whose address ends so."""
        found = [one for one in self.document.forms if str(one.action).endswith(ending)]
        if not found:
            raise LookupError(f"no form of {self.address} is sent to …{ending}:\n{self.text}")
        return found[0]


@dataclass
class Visitor:
    """Somebody with a browser."""

    http: httpx.Client = field(default_factory=lambda: httpx.Client(follow_redirects=True, timeout=10, verify=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, address: str) -> Page:
        return Page(self.http.get(address))

    def follow(self, page: Page, text: str) -> Page:
        """Click the link that is called so."""
        (link,) = [one for one in page.document.iter("a") if "".join(one.itertext()).strip() == text]
        return self.open(urljoin(page.address, str(link.get("href"))))

    def send(
        self, page: Page, ending: str, values: Values | None = None, *, files: Mapping[str, bytes] | None = None
    ) -> Page:
        """Fill in a form and send it; a value of None takes a tick away, or leaves the field out."""
        form = page.form(ending)
        if unknown := set(values or ()) - set(form.inputs.keys()):
            raise LookupError(f"the form has no {', '.join(sorted(unknown))}")
        kept = [(name, value) for name, value in form.form_values() if name not in (values or {})]
        given: list[tuple[str, str]] = []
        for name, value in (values or {}).items():
            given += [(name, one) for one in ([value] if isinstance(value, str) else value or ())]
        data: dict[str, list[str]] = {}
        for name, value in (*kept, *given):
            data.setdefault(name, []).append(str(value))
        address = urljoin(page.address, str(form.action))
        parts = urlsplit(address)
        uploads = {name: (f"{name}.xml", content, "text/xml") for name, content in (files or {}).items()}
        return Page(
            self.http.post(
                address, data=data, files=uploads or None, headers={"Origin": f"{parts.scheme}://{parts.netloc}"}
            )
        )

    def close(self) -> None:
        self.http.close()
