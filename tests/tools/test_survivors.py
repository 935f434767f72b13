"""The list of changes that survive a mutation run: each of its lines is of a function that there is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    line for line in (ROOT / "tools/survivors.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split()[0])
def test_a_survivor_is_of_a_function_that_there_is_and_has_a_reason(line):
    mutated, number, kind, reason = line.split(maxsplit=3)
    module, _, function = mutated.rpartition(".")
    name = function.rpartition("ǁ")[2] if "ǁ" in function else function.removeprefix("x_")

    assert int(number) > 0
    assert kind in "bcde"
    assert reason
    assert re.search(
        rf"^ *def {name}\(", (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    for file in re.findall(r"tests/\S+\.py", reason):
        assert (ROOT / file).exists()
