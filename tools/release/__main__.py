"""`python -m tools.release`: `tag TAG` says whether a tag may be released, `assemble FOLDER` makes a release, `check` rehearses it."""

import sys
from pathlib import Path

from tools.engine.progress import StepError, say
from tools.release import assembly, rehearsal


def main(words: list[str]) -> int:
    try:
        match words:
            case ["tag", tag]:
                assembly.agrees(tag)
            case ["assemble", folder]:
                assembly.assemble(Path(folder).resolve())
            case ["check"]:
                rehearsal.rehearse()
            case _:
                say(str(__doc__))
                return 2
    except StepError as failed:
        say(str(failed))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
