"""The last report, with which a new one is compared."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator

from pulumi_scalekit.pages.values import in_words


class NoReport(ValueError):
    """What was given is no report in JSON; the text says so."""


class Earlier:
    """The settings that an earlier report had seen, and that were declared nowhere.

    Args:
        text: What `pulumi-scalekit report --format json` wrote.

    Raises:
        NoReport: It is something else.

    """

    def __init__(self, text: str) -> None:
        try:
            found = json.loads(text)
            tenants = found["tenants"] if found["kind"] == "report" else None
            listed = [setting for tenant in tenants or () for setting in tenant["settings"]]
            self._environment = str(found["environmentUrl"])
            self._known: defaultdict[str, dict[str, str]] = defaultdict(dict)
            for each in listed:
                self._known[str(each["key"])][str(each["path"])] = str(each["value"])
        except (ValueError, KeyError, TypeError):
            raise NoReport(
                "--since is no report in JSON, which `pulumi-scalekit report --format json` writes"
            ) from None
        if tenants is None:
            raise NoReport("--since is JSON of another command, and not of `pulumi-scalekit report`")

    def is_of(self, environment_url: str) -> bool:
        """Whether it is of the same environment."""
        return self._environment == environment_url

    def differs(self, key: str, path: str, value: str) -> str | None:
        """What it had for a setting, if that was something else."""
        before = self._known.get(key, {}).get(path, in_words(None))
        return None if before == value else before

    def missing(self, key: str, there: Collection[str]) -> Iterator[tuple[str, str]]:
        """What it had of an object that is not set any more."""
        for path, value in self._known.get(key, {}).items():
            if path not in there and value != in_words(None):
                yield path, value
