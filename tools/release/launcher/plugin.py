"""What the launcher beside this file starts, isolated: it finds its modules in lib/ and nowhere else."""

import sys
from pathlib import Path

# Behind the standard library, which nothing in lib/ is to replace.
sys.path.append(str(Path(__file__).resolve().parent / "lib"))

try:
    from pulumi_scalekit.provider import protocol

    protocol.alone()
    from pulumi_scalekit.provider.serve import main
except ImportError as error:
    sys.exit(
        f"The Scalekit provider does not start: {error}\n"
        f"This copy of it is for @NEEDED@; this is {sys.executable}, {sys.version}.\n"
        "Name another Python in PULUMI_PYTHON_CMD, or install the plugin for this machine."
    )

main()
