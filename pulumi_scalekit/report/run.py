"""A run of `report`: which stacks, which environment, and the exit code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_scalekit.adopt.inventory import Progress
from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.report.assembly import Assembly
from pulumi_scalekit.report.earlier import Earlier, NoReport
from pulumi_scalekit.report.managed import Managed, managed
from pulumi_scalekit.report.reading import read
from pulumi_scalekit.report.report import Report
from pulumi_scalekit.stack.credentials import configuration
from pulumi_scalekit.stack.export import deployment
from pulumi_scalekit.stack.project_file import project_file
from pulumi_scalekit.stack.stack import Stack

PARTLY, DRIFT, CONDITION = 3, 7, 8
"""Exit codes: something could not be read; drift; another condition of `--fail-on`."""
CONDITIONS = ("drift", "expired", "expiring", "unmanaged", "warning")
_DAYS = re.compile(r"expiring=(\d+)d?")
_SOON = 30


class _Silent:
    """A bar that nobody sees."""

    def update(self, n_steps: int) -> None:
        """Nothing to show."""


@dataclass(frozen=True)
class Run:
    """What to report on.

    Args:
        folder: The project's folder.
        stacks: Names of its stacks; empty for the one that is selected.
        states: Further states, in files that `pulumi stack export` wrote.
        include: Patterns of the organizations to read; empty for all.
        since: The last report in JSON; empty for none.
        progress: Shows a bar for a number of tenants.

    """

    folder: Path
    stacks: Sequence[str] = ()
    states: Sequence[Path] = ()
    include: Sequence[str] = ()
    since: str = ""
    progress: Callable[[int], AbstractContextManager[Progress]] = field(default=lambda _: nullcontext(_Silent()))

    def report(self) -> Report:
        """Read, and make the report.

        Raises:
            ScalekitError: There is no such stack, or the environment cannot be read.
            NoReport, NoState: A file is something else.

        """
        earlier = Earlier(self.since) if self.since else None
        names = list(self.stacks) or ([] if self.states else [""])
        config: Mapping[str, str] = configuration(self.folder, names[0] if names else "")
        here = environment(config)
        if earlier and not earlier.is_of(here.url):
            raise NoReport(f"--since is a report on another environment than {here.url}")
        held, shown = self._held(names)
        homes = Counter(each.home for each in held if each.home not in ("", here.url, here.previous_url))
        mine = [each for each in held if each.home in ("", here.url, here.previous_url)]
        if held and not mine:
            raise ConfigurationError(
                f"The stacks' resources live in {next(iter(homes))}, and the configured environment is {here.url}: choose "
                f"another stack, or other credentials."
            )
        reading = read(here, mine, self.include, self.progress)
        return Assembly(here, reading, here.policy, earlier).report(shown, homes)

    def _held(self, names: Sequence[str]) -> tuple[list[Managed], list[str]]:
        """What the stacks manage, and their names."""
        held: list[Managed] = []
        shown: list[str] = []
        file = project_file(self.folder)
        for name in names:
            stack = Stack(file.parent if file else self.folder, name)
            selected = stack.selected() if file else ""
            if not selected:
                if name:
                    raise ConfigurationError(
                        f"There is no stack {name} in {stack.folder}: `pulumi stack ls` lists them."
                    )
                raise ConfigurationError(
                    f"No stack is selected in {stack.folder}: name it with --stack, or give its state with --state."
                )
            held += managed(stack.resources(secrets=True), selected)
            shown.append(selected)
        for path in self.states:
            listed: Sequence[Mapping[str, Any]] = deployment(path.read_text(encoding="utf-8")).get("resources") or ()
            held += managed(listed, path.stem)
            shown.append(path.stem)
        return held, shown


def exit_code(report: Report, conditions: Sequence[str]) -> int:
    """The exit code.

    Args:
        report: The report.
        conditions: Of `--fail-on`: `drift`, `expired`, `expiring=14d`, `unmanaged`, `warning`.

    """
    if "drift" in conditions and report.drifted:
        return DRIFT
    if any(_holds(report, condition) for condition in conditions):
        return CONDITION
    return PARTLY if report.unreadable else 0


def is_condition(text: str) -> bool:
    return text in CONDITIONS or bool(_DAYS.fullmatch(text))


def _holds(report: Report, condition: str) -> bool:
    days = [each.details.days_left for each in report.certificates]
    match condition.partition("=")[0]:
        case "expired":
            return any(left < 0 for left in days)
        case "expiring":
            found = _DAYS.fullmatch(condition)
            return any(left < (int(found[1]) if found else _SOON) for left in days)
        case "unmanaged":
            return bool(report.unmanaged)
        case "warning":
            return any(each.finding.severity != "note" for each in report.health)
        case _:
            return False
