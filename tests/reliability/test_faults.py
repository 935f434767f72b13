"""A fault at every request of every operation of every resource, in both providers.

Whatever fails, one more `up` ends with what the program says: nothing twice, nothing left over, nothing to do. Where nothing
tells an object from another, a person is told which ones may be left.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import CASES
from stack import FACES

from pulumi_scalekit.emulator import Switches
from pulumi_scalekit.resources import KINDS
from reliability.walk import FAULTS, SLOW, Checkpoint, Walk, operations

EVERYDAY = ("organization", "oidc connection")
READINGS = {
    "usual": Switches(),
    "awkward": Switches(
        repeated_toggle="refused",
        delete_enabled_connection="refused",
        update_answer="empty",
        delete_answer="no_content",
        child_of_deleted=400,
        duplicate_status=400,
    ),
}


@pytest.fixture(params=READINGS)
def switches(request, case) -> Switches:
    return replace(READINGS[request.param], **case.pins)


@pytest.fixture(params=CASES, ids=str)
def case(request):
    everyday = request.param.name in EVERYDAY and "awkward" not in request.node.name
    if not everyday and not request.config.getoption("--thorough"):
        pytest.skip("only with --thorough")
    return request.param


@pytest.mark.parametrize("face", FACES)
def test_a_fault_at_every_request(case, face, world, emulator, config, clients, record_property):
    def face_of(*, hasty: bool = False, adopt: str = "no"):
        clients.use(clients.hasty if hasty else clients.steady)
        return FACES[face](KINDS[case.token], {**config, "scalekit:adopt": adopt})

    todo = list(operations(case, case.program(world), world))
    nothing_yet = Checkpoint(emulator.store)
    total = named = 0
    for operation in todo:
        nothing_yet.restore()
        walk = Walk(case, operation, emulator, face_of)
        for fault in FAULTS:
            for times in (1, None) if fault not in SLOW else (1,):
                nth = 1
                try:
                    while walk.with_fault(fault, nth=nth, times=times):
                        nth += 1
                except AssertionError as error:
                    often = "once" if times else "for good"
                    raise AssertionError(f"{operation}, request {nth}: {fault}, {often}\n{error}") from error
        total, named = total + walk.done, named + walk.named
    assert total
    record_property("faults", total)
    record_property("named", named)
