"""The `__provider` of every dynamic resource: what the engine keeps in the state to find its provider again.

It is a pickle of `pulumi_scalekit.DynamicProvider(token)`: a reference by name and a type token, about 130 characters, the same
on every version of Python. The SDK's own way embeds source code, and breaks at a few hundred resources.
"""

from __future__ import annotations

import base64
from functools import cache


@cache
def provider_string(token: str) -> str:
    """The provider of a kind as a state has it. Protocol 4, so that every version of Python writes the same.

    Args:
        token: The type of the resource, `scalekit:index:Organization`.

    """
    # `pickle` would look the class up, and import all that a provider needs. This runs in programs and in the plugin, which
    # need its name alone. A test compares what `pickle` writes.
    named = _text("pulumi_scalekit") + _text("DynamicProvider") + b"\x93\x94"
    made = named + _text(token) + b"\x85\x94R\x94."
    return base64.b64encode(b"\x80\x04\x95" + len(made).to_bytes(8, "little") + made).decode()


def _text(word: str) -> bytes:
    return b"\x8c" + bytes([len(word)]) + word.encode() + b"\x94"
