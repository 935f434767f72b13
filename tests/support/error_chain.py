"""An error with all that hangs on it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it was raised from, and so on."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def everything_about(error: BaseException) -> str:
    """All that might be printed or stored with an error."""
    texts = [
        text
        for each in chain(error)
        for text in (str(each), repr(each), repr(each.args), repr(vars(each)), *traceback.format_exception(each))
    ]
    return "\n".join(texts)
