"""The variants of the API under which the lifecycle is tested: each open question has a switch in the emulator.

The everyday tests take every switch at its first value; `make test` takes all at their second and all at their last value too.
Each alternative alone, about ninety of them, is for `--thorough`.
"""

from __future__ import annotations

from pulumi_scalekit.emulator import Switches

_ALONE = frozenset({"read_lag", "unpublished_endpoints"})
"""Switches with which not everything can be managed or seen; they have tests of their own, in tests/reliability."""
_ALLOWED = {name: values for name, values in Switches.allowed().items() if name not in _ALONE}

COMBINED = {
    "default": Switches(),
    "second": Switches(**{name: values[1] for name, values in _ALLOWED.items()}),
    "last": Switches(**{name: values[-1] for name, values in _ALLOWED.items()}),
}
SINGLE = {
    name: switches
    for name, switches in Switches.variants()
    if name != "default" and name.partition("=")[0] not in _ALONE
}
API_VARIANTS = {**COMBINED, **SINGLE}
