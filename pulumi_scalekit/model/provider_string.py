"""The `__provider` of every dynamic resource: what the engine keeps in the state to find its provider again.

It is a pickle of `pulumi_scalekit.DynamicProvider(token)`: a reference by name and a type token, about 130 characters, the same
on every version of Python. The SDK's own way embeds source code, and breaks at a few hundred resources.
"""

from __future__ import annotations

import base64
import pickle
import sys
from functools import cache


@cache
def provider_string(token: str) -> str:
    """The provider of a kind as a state has it. Protocol 4, so that every version of Python writes the same.

    Args:
        token: The type of the resource, `scalekit:index:Organization`.

    """
    # By its name alone: this runs in a program too, which needs nothing of a provider but its name.
    provider = sys.modules["pulumi_scalekit"].DynamicProvider(token)
    return base64.b64encode(pickle.dumps(provider, protocol=4)).decode()
