"""A canary in every secret place, in both providers: not in clear in the state, a preview, a log, an error or the ledger."""

from __future__ import annotations

import json
import logging
import re
from functools import reduce

import pytest
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.configuration import trace
from tests.support.cases import CASES, OIDC_CONNECTION
from tests.support.error_chain import everything_about
from tests.support.fault_matrix import Checkpoint, operations
from tests.support.providers import SECRET_KEY, Served, from_struct, sent, to_struct
from tests.support.stack import PROVIDERS, Stack

SHOWN = 12
"""Characters of a secret that would be a leak."""


@pytest.fixture(params=CASES, ids=str)
def case(request):
    return request.param


@pytest.fixture
def switches(request):
    """An API that repeats a secret where it should not; other tests of secrets use what never does."""
    return Switches(client_secret_echo="clear")


@pytest.fixture(params=PROVIDERS)
def provider(request, case, config, clients):
    clients.use(clients.steady)
    return PROVIDERS[request.param](KINDS[case.token], config)


def secrets(value):
    """The values that are marked as secret."""
    if isinstance(value, dict):
        if SECRET_KEY in value:
            yield str(sent(value["value"]))
        else:
            for item in value.values():
                yield from secrets(item)


def in_clear(value):
    """What is not marked as secret."""
    if isinstance(value, dict):
        return None if SECRET_KEY in value else {key: in_clear(item) for key, item in value.items()}
    return [in_clear(item) for item in value] if isinstance(value, list) else value


def declared_secrets(case, program):
    for path in case.secret_inputs:
        *above, last = path.split(".")
        # What replaces a resource may be without the block.
        block = reduce(lambda value, part: value[part] or {}, above, program)
        if last in block:
            yield block[last]


def preview(provider, operation, stack):
    """What the engine would be told before anything is done."""
    if operation.goal is None:
        return []
    news = stack._checked(operation.goal)
    if not isinstance(provider, Served):
        return [provider.replaces(stack.id, stack.inputs, stack.outputs, news)]
    request = proto.CreateRequest(type=provider.kind.token, properties=to_struct(sent(news)), preview=True)
    predicted = in_clear(from_struct(provider.call("Create", request).properties))
    return [predicted, str(provider.diff(stack.id, stack.inputs, stack.outputs, news))]


@pytest.mark.slow
def test_no_canary_is_ever_seen(case, provider, api, emulator, config, caplog, capfd):
    """All that can be done, as it should go and with refusals that repeat every secret there is."""
    caplog.set_level(logging.DEBUG)
    ours = {config["scalekit:clientSecret"]}
    canaries, seen = set(ours), []
    not_ours = set(emulator.store._tokens)
    todo = list(operations(case, case.program(api), api))
    nothing_yet = Checkpoint(emulator.store)
    for operation in todo:
        nothing_yet.restore()
        stack = Stack(provider)
        if operation.start is not None:
            stack.up(operation.start)
        programs = [program for program in (operation.start, operation.goal) if program]
        if len(programs) > 1 and None in programs[1].values():
            # Another object without the block takes its place: who creates that is not told of the old one's secrets.
            del programs[0]
        ours |= set(emulator.store._tokens) - not_ours
        repeated = {*ours, *(one for program in programs for one in declared_secrets(case, program))}
        canaries |= {*repeated, *secrets(stack.outputs)}
        seen.append(json.dumps(preview(provider, operation, stack)))
        for status in (400, 403, 500):
            emulator.faults.add(Fault("status", status=status, message=f"no: {' '.join(sorted(repeated))}"))
            try:
                operation.on(stack)
            except ScalekitError as error:
                seen.append(everything_about(error))
            emulator.faults.clear()
        operation.on(stack)
        canaries |= {*secrets(stack.outputs), *(set(emulator.store._tokens) - not_ours)}
        seen.append(json.dumps(in_clear(stack.outputs)))
    output = capfd.readouterr()
    everything = "\n".join([*seen, caplog.text, output.out, output.err, json.dumps(emulator.ledger.as_json())])
    assert "/api/v1/" in everything
    assert [one for one in canaries if one[-SHOWN:] in everything] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.secret_inputs], ids=str)
@pytest.mark.parametrize("wrong", [["{}"], {"key": "{}"}, "{}" * 400, "\x00{}"], ids=["list", "map", "long", "control"])
def test_a_refused_secret_is_not_repeated(provider, case, api, wrong):
    canary = "canary-5d1f9c2e"
    program = json.loads(json.dumps(case.program(api)))
    for path in case.secret_inputs:
        *above, last = path.split(".")
        holder = program
        for part in above:
            holder = holder[part]
        holder[last] = json.loads(json.dumps(wrong).replace("{}", canary))
    _, failures = provider.check({}, program)
    assert canary not in json.dumps(failures)


@pytest.fixture
def log():
    """The logger of the trace, put back as it was."""
    logger = logging.getLogger("pulumi_scalekit.api")
    level = logger.level
    yield logger
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize("case", [OIDC_CONNECTION], ids=str)
def test_the_trace_tells_each_request_and_can_be_pasted_into_an_issue(
    case, provider, api, emulator, monkeypatch, capsys, log
):
    monkeypatch.setenv("SCALEKIT_LOG", "debug")
    trace()
    trace()
    stack = Stack(provider)
    before = emulator.ledger.mark()
    stack.up(case.program(api))
    told = capsys.readouterr().err
    for entry in emulator.ledger.since(before):
        if "/connections" in entry.path:
            shown = re.escape(f"{entry.method} {entry.path.removeprefix('/api/v1')}")
            assert re.search(rf"scalekit \d\d:\d\d:\d\d\.\d+ {shown}: {entry.status} in [\d.]+ s, request id", told)
    assert told.count("POST /oauth/token") == 1
    emulator.faults.add(Fault("status", status=403))
    with pytest.raises(ScalekitError):
        stack.refresh()
    told += capsys.readouterr().err
    (refused,) = [entry for entry in emulator.ledger if entry.status == 403]
    assert re.search(rf": 403 in [\d.]+ s, request id {refused.request_id}", told)
    assert "s3cret-canary" not in told
    assert emulator.client_secret not in told


def test_without_the_variable_nothing_is_told(log):
    for value in ("", "info"):
        trace(environ={"SCALEKIT_LOG": value})
    assert log.handlers == []
