"""The readings of the API under which the lifecycle is walked: each open question has a switch in the emulator.

The everyday run takes every switch at its first, its second and its last value, all at once. Each alternative alone, about
fifty of them, is for `--thorough`.
"""

from __future__ import annotations

from pulumi_scalekit.emulator import Switches

COMBINED = {
    "default": Switches(),
    "second": Switches(**{name: values[1] for name, values in Switches.allowed().items()}),
    "last": Switches(**{name: values[-1] for name, values in Switches.allowed().items()}),
}
SINGLE = {name: switches for name, switches in Switches.variants() if name != "default"}
READINGS = {**COMBINED, **SINGLE}
