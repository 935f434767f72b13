"""`make bench` measures what it says: the parts of it that need no engine, in small."""

import re
import subprocess
import sys

from tools.bench.memory import peak
from tools.bench.operations import COMMANDS
from tools.bench.picture import picture
from tools.bench.refresh import refresh_beside_pages
from tools.bench.report import report

ROWS = [
    {
        "organizations": count,
        "latency, ms": latency,
        "provider": provider,
        "operation": operation,
        "requests": 12,
        "floor's requests": 10,
        "wall, ratio": ratio,
    }
    for count, ratio in ((100, 1.04), (300, 1.2))
    for latency in (0, 50)
    for provider in ("dynamic", "plugin")
    for operation in COMMANDS
]


def test_requests_of_a_refresh_stand_beside_one_read_each_and_all_pages():
    (row,) = refresh_beside_pages(sizes=(3,), environments=(150,), latency=0.0, runs=1)

    assert (row["one read each"], row["all pages"]) == (3, 2)
    assert 3 <= row["requests"] <= 5


def test_a_report_is_measured_with_its_requests():
    (row,) = report((2,), (0.0,))

    assert row["one read of each object"] == 6
    assert row["requests"] > 6
    assert row["s"] > 0


def test_the_memory_of_a_command_is_that_of_all_that_it_starts():
    grandchild = "import sys; held = bytearray(80_000_000); sys.stdin.read()"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    with peak() as seen:
        process = subprocess.Popen([sys.executable, "-c", child], stdin=subprocess.PIPE)
        while seen.resident < 80_000_000 and process.poll() is None:
            pass
        process.communicate()

    assert seen.resident > 80_000_000


def test_the_picture_shows_the_largest_stack(tmp_path):
    picture(ROWS, tmp_path / "speed.svg")

    said = re.findall(r"<title[^>]*>([^<]+)</title>", (tmp_path / "speed.svg").read_text())
    assert said[0] == (
        "Time of each operation with 300 organizations and as many connections, as a multiple of a provider that only sends "
        "the bare requests"
    )
    assert len(said) == 1 + 2 * 2 * len(COMMANDS)
    assert said[1].startswith("up, dynamic: 1.2 ")
    assert said[1].endswith(" floor, 12 requests (floor: 10)")
