"""A fault at every request of every operation of every resource, in both providers.

Whatever fails, one more `up` ends with what the program says: nothing twice, nothing left over, nothing to do. Where nothing
tells an object from another, a person is told which ones may be left.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_scalekit.emulator import Switches
from pulumi_scalekit.model.registry import KINDS
from tests.support.cases import CASES, OIDC_CONNECTION
from tests.support.cases.organization import ORGANIZATION
from tests.support.fault_matrix import FAULTS, LASTING, Checkpoint, FaultMatrix, operations
from tests.support.stack import PROVIDERS

pytestmark = pytest.mark.slow

USUAL = Switches()
AWKWARD = Switches(
    repeated_toggle="refused",
    delete_enabled_connection="refused",
    update_answer="empty",
    delete_answer="no_content",
    child_of_deleted=400,
    duplicate_status=400,
)


def pytest_generate_tests(metafunc):
    """Every day a sample; all resources and all their operations with --thorough.

    The awkward API makes a difference for what is switched on and off.
    """
    thorough = metafunc.config.getoption("--thorough")
    chosen = [
        pytest.param(case, replace(behaviour, **case.pins), id=f"{case}-{name}")
        for name, behaviour in (("usual", USUAL), ("awkward", AWKWARD))
        for case in (CASES if thorough else (ORGANIZATION, OIDC_CONNECTION))
        if name == "usual" or (thorough and "enabled" in case.edits)
    ]
    metafunc.parametrize(("case", "switches"), chosen)


def is_in_the_sample(operation):
    return operation.name in ("create", "refresh", "change metadata", "change oidc", "change enabled", "delete")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_fault_at_every_request(case, provider, api, emulator, config, clients, request, record_property):
    def provider_of(*, hasty: bool = False, adopt: str = "no"):
        clients.use(clients.hasty if hasty else clients.steady)
        return PROVIDERS[provider](KINDS[case.token], {**config, "scalekit:adopt": adopt})

    thorough = request.config.getoption("--thorough")
    todo = [one for one in operations(case, case.program(api), api) if thorough or is_in_the_sample(one)]
    nothing_yet = Checkpoint(emulator.store)
    total = named = 0
    for operation in todo:
        nothing_yet.restore()
        matrix = FaultMatrix(case, operation, emulator, provider_of)
        for fault in FAULTS:
            for times in (1, None) if fault in LASTING else (1,):
                matrix.with_fault_at_every_request(fault, times)
        total, named = total + matrix.done, named + matrix.person.asked
    assert total
    record_property("faults", total)
    record_property("left to a person", named)
