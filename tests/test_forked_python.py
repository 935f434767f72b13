"""What the fork server forks is, to whoever started it, the process that an interpreter would have been."""

import os
import signal
import subprocess
import sys

import pytest

from tests.support.forked_python.environment import ForkedPython, is_possible
from tests.support.processes import eventually, gone

pytestmark = pytest.mark.skipif(
    not is_possible(), reason="processes are forked on Linux, where no coverage is measured"
)

TOLD = """
import atexit, json, os, signal, sys, threading
signals = [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM)]
print(json.dumps([
    sys.argv, sys.path[0] == os.path.dirname(os.path.abspath(__file__)), __name__, __file__, os.getcwd(), os.environ["GREETING"],
    os.environ.get("LEFT_BEHIND"), sys.stdin.read(), sys.stdout.encoding, sys.stdout.write_through, signals,
    [one.name for one in threading.enumerate()], sorted(os.listdir("/proc/self/fd")),
]))
print("oh", file=sys.stderr)
atexit.register(print, "over")
sys.exit(3)
"""
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
WAITS = "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)\n"


@pytest.fixture(scope="module")
def forked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forked")
    made = ForkedPython(
        folder / "venv", {**ENVIRONMENT, "LEFT_BEHIND": "by the server"}, scripts=[folder / "script.py"]
    )
    yield made
    made.close()


@pytest.fixture
def script(forked):
    def write(text):
        file = forked.folder.with_name("script.py")
        file.write_text(text)
        return file

    return write


@pytest.mark.parametrize("unbuffered", [[], ["-u"]], ids=["buffered", "unbuffered"])
def test_it_finds_what_it_would_have_found(forked, script, tmp_path, unbuffered):
    said = []
    for python in (forked.python, sys.executable):
        command = [python, *unbuffered, script(TOLD), "a b", ""]
        environment = {**ENVIRONMENT, "GREETING": "hello"}
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, input="héllo", capture_output=True, text=True, check=False
        )
        said.append((ended.returncode, ended.stdout, ended.stderr))

    assert said[0][0] == 3, said[0]
    assert said[0][1].endswith("over\n")
    assert said[0][2] == "oh\n"
    assert said[0] == said[1]


def test_other_settings_of_python_get_an_interpreter_of_their_own(forked, script):
    text = "import sys; print('pulumi' in sys.modules, sys.flags.optimize)"

    def said(*arguments, **settings):
        environment = {**ENVIRONMENT, **settings}
        return subprocess.check_output([forked.python, *arguments], text=True, env=environment).strip()

    assert said(script(text)) == "True 0"
    assert said(script(text), PYTHONOPTIMIZE="1") == "False 1"
    assert said("-c", text) == "False 0"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_arrives_and_is_what_ended_it(forked, script, number):
    with subprocess.Popen(
        [forked.python, script(WAITS)], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asking:
        child = int(asking.stdout.readline())
        asking.send_signal(number)
        assert asking.wait(60) == -number
        assert ("KeyboardInterrupt" in asking.stderr.read()) == (number == signal.SIGINT)
    eventually(lambda: gone(child))


def test_it_does_not_outlive_who_asked_for_it(forked, script):
    with subprocess.Popen([forked.python, script(WAITS)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as asking:
        child = int(asking.stdout.readline())
        assert child != asking.pid
        asking.kill()
    eventually(lambda: gone(child))
