"""httpx, without its command line."""

from __future__ import annotations

import sys

if "httpx" in sys.modules:
    import httpx
else:
    # Where rich and Pygments are installed, as many tools bring them, httpx imports its command line with them: that takes
    # longer than all the rest of it, in every process that sends. None is how Python is told that a module is not there.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
    try:
        import httpx
    finally:
        del sys.modules["httpx._main"]

__all__ = ["httpx"]
