"""An emulated Scalekit environment, for tests and for trying things: `with Emulator() as scalekit: …`.

Routes, field names and rules come from the vendor's own protobuf descriptors; nothing here imports the rest
of this package, so that an error there is not repeated here.
"""

from pulumi_scalekit.emulator.behaviour.store import Record, Store
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving.descriptors import ExtraMissing
from pulumi_scalekit.emulator.serving.emulator import Emulator
from pulumi_scalekit.emulator.serving.fault_injection import Fault, Faults, RateLimit
from pulumi_scalekit.emulator.serving.ledger import Entry, Ledger

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
