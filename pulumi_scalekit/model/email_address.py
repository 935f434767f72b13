"""E-mail addresses: what is none."""

from __future__ import annotations

import re

from pulumi_scalekit.model import domain_name

_SUCH_AS = "give the address alone, such as no-reply@acme.com"


def refused(text: str) -> str | None:
    """Why this is no e-mail address, as the end of a sentence about it."""
    if re.search(r"[<>,;\s]", text):
        return f"has more than an address in it: {_SUCH_AS}"
    local, at, domain = text.rpartition("@")
    if not at or not local or "@" in local:
        return f"is no e-mail address: {_SUCH_AS}"
    reason = domain_name.refused(domain)
    return f"ends in {domain!r}, which {reason}" if reason else None
