"""Change the package in small ways, one at a time, and list the changes that no test notices: `make mutants`.

mutmut does the work; where, and with which tests, stands in pyproject.toml under `tool.mutmut`. Some things are otherwise
than mutmut has them:

- It leaves out whatever has a decorator. The lifecycle's `create`, `read` and `update` have one, and so has each property.
- It writes each text in three other ways. How a message is worded is for its reader to judge, so a text of several words
  stays, as does `doing`, which is for errors alone, and a single word is changed in one way.
- It leaves each argument of a call out, besides passing None. Most of those are errors of Python, which any test notices.
- It collects the tests for each change again, which takes longer than they do.

With EVERY=5 in the environment every fifth change of each function is tried, which is enough to see where tests are missing.
What survived such a run and is no missing test stands in survivors.txt, with the reason; the report names the others.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import libcst as cst
import pytest
from mutmut import __main__ as mutmut
from mutmut.mutation import file_mutation, mutators
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import PytestRunner
from mutmut.utils.file_utils import change_cwd, walk_mutatable_files
from mutmut.workers.isolation import ForkRunner

_LET_IN = ("advised", "property", "cached_property")
_SURVIVED, _NO_TESTS = "survived", "no tests"
_EXPLAINED = Path(__file__).with_name("survivors.txt")

_leaves_out = file_mutation.MutationVisitor._skip_node_and_children  # noqa: SLF001
_arranged = file_mutation.function_trampoline_arrangement


def _every() -> int:
    """Of so many changes of a function, one is tried."""
    return int(os.environ.get("EVERY", "1"))


def _is_let_in(function: cst.FunctionDef) -> bool:
    names = [one.decorator.value for one in function.decorators if isinstance(one.decorator, cst.Name)]
    return len(function.decorators) == 1 and names != [] and names[0] in _LET_IN


def _leave_out(visitor: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
    if isinstance(node, cst.FunctionDef) and _is_let_in(node):
        return False
    return _leaves_out(visitor, node)


def _arrange(function: cst.FunctionDef, mutants: Any, class_name: str | None) -> tuple[Any, ...]:
    """Decorate only what is called; which of the copies it runs is chosen inside."""
    made, (called, *copies), listed, names = _arranged(function, [*mutants][:: _every()], class_name)
    if _is_let_in(function):
        copies = [copy.with_changes(decorators=()) for copy in copies]
    return made, [called, *copies], listed, names


def _other_word(node: cst.BaseString) -> Iterator[cst.BaseString]:
    if isinstance(node, cst.SimpleString) and not any(letter.isspace() for letter in node.raw_value):
        yield from list(mutators.operator_string(node))[:1]


def _nothing_passed(call: cst.Call) -> Iterator[cst.Call]:
    nothing = cst.Name("None")
    for at, passed in enumerate(call.args):
        value = passed.value
        if not passed.star and not (isinstance(value, cst.Name) and value.value in ("None", "doing")):
            others = [passed.with_changes(value=nothing) if at == other else one for other, one in enumerate(call.args)]
            yield call.with_changes(args=others)


class _CollectedOnce(PytestRunner):
    """Collects the tests once. The process of each change, a copy of this one, runs those that come upon it."""

    items: dict[str, pytest.Item]

    def collect(self) -> None:
        arguments = [
            "--rootdir=.",
            "--import-mode=importlib",
            "--tb=native",
            "-s",
            *self._pytest_add_cli_args_test_selection,
        ]
        nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - each test reports to it
        with change_cwd("mutants"), contextlib.redirect_stdout(nowhere):
            config = pytest.Config.fromdictargs({}, arguments)
            config._do_configure()  # noqa: SLF001
            session = pytest.Session.from_config(config)
            config.hook.pytest_sessionstart(session=session)
            config.hook.pytest_collection(session=session)
        self.items = {item.nodeid: item for item in session.items}

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if mutant_name is not None:
            # The client has tests of its own, and everything else uses it.
            of_client = mutant_name.startswith("pulumi_scalekit.api.")
            return self._run([test for test in tests if test.startswith("tests/api/") == of_client] or tests)
        if not hasattr(self, "items"):
            self.collect()
        # As each change is judged: what is not changed has to pass there.
        copy = os.fork()
        if not copy:
            os._exit(self._run(tests))
        return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])

    def _run(self, tests: Iterable[str]) -> int:
        items = [self.items[test] for test in tests] or list(self.items.values())
        try:
            with change_cwd("mutants"):
                for item, following in zip_longest(items, items[1:]):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    if item.session.testsfailed:
                        return 1
        except BaseException:  # noqa: BLE001 - a change may end all that is there, and this is its own process
            traceback.print_exc()
            return 1
        return 0


def _explained() -> Counter[str]:
    """How many changes of a function may survive: which they are is not looked at, since their numbers shift with its code."""
    lines = (
        line.split(maxsplit=3)
        for line in _EXPLAINED.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    explained: Counter[str] = Counter()
    for function, number, *_ in lines:
        explained[function] += int(number)
    return explained


def _report() -> None:
    """How many were noticed, by folder, and the names of the others, without those that are explained."""
    explained = _explained()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        unnoticed: dict[str, list[str]] = defaultdict(list)
        for name, code in data.exit_code_by_key.items():
            status = mutmut.status_by_exit_code[code]
            counts[str(path)][status] += 1
            counts[f"{path.parent}/"][status] += 1
            if status in (_SURVIVED, _NO_TESTS):
                unnoticed[name.rpartition("__mutmut_")[0]].append(f"{status:10} {name}")
        for function, lines in unnoticed.items():
            known = explained[function]
            if len(lines) > known:
                print(*lines, *([f"{'':10} {known} of these: see {_EXPLAINED.name}"] if known else ()), sep="\n")
    for path, found in sorted(counts.items()):
        tried = found.total() - found["not checked"]
        noticed = tried - found[_SURVIVED] - found[_NO_TESTS]
        print(f"{path:45} {noticed:5} of {tried:5} noticed")


def main() -> None:
    """Run mutmut with the words of the command line; `report` tells what the last run found."""
    if sys.argv[1:] == ["report"]:
        _report()
        return
    file_mutation.MutationVisitor._skip_node_and_children = _leave_out  # noqa: SLF001
    file_mutation.function_trampoline_arrangement = _arrange
    other = {mutators.operator_string: _other_word, mutators.operator_arg_removal: _nothing_passed}
    file_mutation.mutation_operators[:] = [
        (on, other.get(change, change)) for on, change in mutators.mutation_operators
    ]
    mutmut.get_mutant_runner = lambda max_workers=1: ForkRunner(max_workers, _CollectedOnce())
    mutmut.cli()


if __name__ == "__main__":
    main()
