"""The rules for requests: `buf.validate`, checked by the library that the API itself uses."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

from pulumi_scalekit.emulator.behaviour.refusal import Violation
from pulumi_scalekit.emulator.serving.descriptors import ExtraMissing

if TYPE_CHECKING:
    import protovalidate
    from google.protobuf.message import Message

# The library calls native code. A process of the tests ended in it once, with dozens of requests at the same time.
_one_at_a_time = threading.Lock()


@cache
def _validator() -> protovalidate.Validator:
    try:
        # Imported here, so that a missing extra is a message at start and not a traceback at import.
        import protovalidate
    except ImportError:
        raise ExtraMissing("protovalidate") from None
    return protovalidate.Validator()


def ready() -> None:
    """Fail now, and not at the first request, if the library is missing."""
    _validator()


def violations(message: Message) -> list[Violation]:
    with _one_at_a_time:
        found = _validator().collect_violations(message)
    return [
        Violation(_path(violation.proto.field), violation.proto.message, violation.proto.rule_id) for violation in found
    ]


def _path(path: object) -> str:
    """`organization.display_name`, `role.permissions[1]`, `organization.metadata["tier"]`."""
    parts: list[str] = []
    for element in getattr(path, "elements", ()):
        text = element.field_name
        subscript = element.subscript
        if subscript is not None:
            value = subscript.value
            text += f'["{value}"]' if isinstance(value, str) else f"[{value}]"
        parts.append(text)
    return ".".join(parts)
