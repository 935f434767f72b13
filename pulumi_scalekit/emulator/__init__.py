"""A Scalekit for a laptop and for tests: `with Emulator() as scalekit: …`.

Routes, field names and rules come from the vendor's own protobuf descriptors; nothing here imports the rest
of this package, so that the two can disagree.
"""

from pulumi_scalekit.emulator.descriptors import ExtraMissing
from pulumi_scalekit.emulator.emulator import Emulator
from pulumi_scalekit.emulator.faults import Fault, Faults, RateLimit
from pulumi_scalekit.emulator.ledger import Entry, Ledger
from pulumi_scalekit.emulator.store import Record, Store
from pulumi_scalekit.emulator.switches import Switches

__all__ = [
    "Emulator",
    "Entry",
    "ExtraMissing",
    "Fault",
    "Faults",
    "Ledger",
    "RateLimit",
    "Record",
    "Store",
    "Switches",
]
