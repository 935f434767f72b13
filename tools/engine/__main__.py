"""`python -m tools.engine`: find a usable Pulumi engine, or get one into `.engine/bin`.

`--print-path` only prints the folder to put first on PATH, and fails when there is no engine yet.
`--dependencies demo` installs the Python packages that a demo needs instead, `--dependencies dev` all; `tools/setup` asks for
that once per change of pyproject.toml.
"""

import argparse
import signal
import sys
from pathlib import Path

from tools.engine import dependencies, obtain
from tools.engine.progress import say


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.engine", description="Finds or gets a Pulumi engine.")
    parser.add_argument("--print-path", action="store_true", help="print the folder of the engine that is there")
    parser.add_argument("--dependencies", choices=dependencies.EXTRAS, help="install Python packages, no engine")
    parser.add_argument("--into", type=Path, default=obtain.FOLDER, help="where an engine is put (%(default)s)")
    chosen = parser.parse_args()
    if chosen.dependencies:
        return dependencies.install(chosen.dependencies)
    if chosen.print_path:
        engine = obtain.find(chosen.into)
        if engine:
            print(engine.folder)
        return 0 if engine else 1
    engine = obtain.obtain(chosen.into)
    if engine:
        say(f"Pulumi {engine} is ready.")
    return 0 if engine else 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stopped CI job is a Ctrl-C: the build ends with us
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        say("\nInterrupted. The next run goes on from here.")
        sys.exit(130)
