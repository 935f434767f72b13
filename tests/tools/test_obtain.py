"""`python -m tools.engine` on machines that have, lack or refuse this and that."""

import signal

import pytest

from tests.support.machine import BUILDS, COMPANIONS, REFUSED, ROOT, SERVES, Machine
from tests.support.processes import eventually, gone


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_an_engine_on_path_is_taken_as_it_is(machine):
    machine.has_pulumi()
    machine.has("curl", SERVES)
    machine.has("go", BUILDS)

    assert f"Pulumi 3.259.0 in {machine.bin} is ready" in machine.run()
    assert machine.run("--print-path").strip() == str(machine.bin)
    assert not machine.called("curl")
    assert not machine.called("go")
    assert not machine.installed()


def test_one_that_is_too_old_is_named_and_passed_over(machine):
    machine.has_pulumi("3.138.0")
    machine.has("go", BUILDS)

    output = machine.run()

    assert f"{machine.bin / 'pulumi'} is version 3.138.0, too old: 3.139.0 is the oldest that works" in output
    assert f"Pulumi 3.259.0 in {machine.engine / 'bin'} is ready" in output


def test_the_oldest_that_works_is_taken(machine):
    machine.has_pulumi("3.139.0")

    assert "Pulumi 3.139.0" in machine.run()


@pytest.mark.parametrize("version", ["", "dev"])
def test_one_that_does_not_tell_its_version_is_passed_over(machine, version):
    machine.has_pulumi(version)
    machine.has("go", BUILDS)

    assert "does not tell its version" in machine.run()
    assert "pulumi" in machine.installed()


def test_one_that_cannot_run_python_is_passed_over(machine):
    machine.has_pulumi()
    (machine.bin / "pulumi-language-python").unlink()
    machine.has("go", BUILDS)

    assert "has no pulumi-language-python beside it or on PATH" in machine.run()
    assert "pulumi" in machine.installed()


def test_the_official_installer_comes_first(machine):
    machine.has("curl", SERVES)
    machine.has("go", BUILDS)

    machine.run()

    assert "pulumi-language-python-exec" in machine.installed()
    assert not machine.called("go")


def test_a_refused_download_falls_through_to_go(machine):
    machine.has("curl", 'cat "$CURL_HOME/.curlrc" >> "$HOME/limits"\n' + REFUSED)
    machine.has("go", BUILDS)
    (machine.folder / ".curlrc").write_text("proxy = proxy.example.com")

    output = machine.run()

    assert "Failed to connect to get.pulumi.com" in output
    assert len(machine.called("curl")) == 1
    assert machine.installed() == {"pulumi", "language_host.py", *COMPANIONS}
    limits = (machine.folder / "limits").read_text().splitlines()
    assert "connect-timeout = 5" in limits, "a server that does not answer is given up in seconds"
    assert "proxy = proxy.example.com" in limits, "what the user has set for curl still holds"


def test_an_installer_that_brings_nothing_that_runs_falls_through_to_go(machine):
    machine.has("curl", 'until [ "$1" = --output ]; do shift; done\necho "exit 0" > "$2"\n')
    machine.has("go", BUILDS)

    machine.run()

    assert machine.called("go")
    assert "pulumi" in machine.installed()


def test_a_second_run_sets_up_nothing_again(machine):
    machine.has("curl", REFUSED)
    machine.has("go", BUILDS)
    machine.run()
    before = machine.called("curl"), machine.called("go")

    output = machine.run()

    assert output == f"Pulumi 3.259.0 in {machine.engine / 'bin'} is ready.\n"
    assert (machine.called("curl"), machine.called("go")) == before


def test_a_newer_checkout_brings_its_language_host(machine):
    machine.has("go", BUILDS)
    machine.run()
    (machine.engine / "bin/language_host.py").write_text("an older one")

    machine.run()

    assert (machine.engine / "bin/language_host.py").read_text() == (ROOT / "tools/engine/language_host.py").read_text()


def test_a_build_that_breaks_off_leaves_nothing_that_counts_and_the_next_run_recovers(machine):
    machine.has("go", BUILDS + "echo no space left on device\nkill -9 $$\n")

    output = machine.run(exits=1)

    assert "no space left on device" in output
    assert not machine.installed()
    assert machine.run("--print-path", exits=1) == ""

    machine.has("go", BUILDS)
    machine.run()
    assert "pulumi" in machine.installed()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_the_build_and_the_next_run_recovers(machine, number):
    machine.has("go", f'echo $$ > "{machine.folder}/pid"\nexec sleep 600\n')
    process = machine.start()
    pid = machine.folder / "pid"
    eventually(lambda: pid.exists() and bool(pid.read_text().strip()))

    process.send_signal(number)

    output, _ = process.communicate()
    assert process.returncode == 130
    assert "Interrupted" in output
    assert "Traceback" not in output
    eventually(lambda: gone(int(pid.read_text())))

    machine.has("go", BUILDS)
    machine.run()
    assert "pulumi" in machine.installed()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_at_the_very_start_of_the_build_ends_it_too(machine, number):
    """The build itself sends it, as soon as it runs."""
    machine.has("go", f'echo $$ > "{machine.folder}/pid"\nkill -{number.value} $PPID\nexec sleep 600\n')
    process = machine.start()
    output, _ = process.communicate()
    assert process.returncode == 130, output
    assert "Traceback" not in output
    eventually(lambda: gone(int((machine.folder / "pid").read_text())))


def test_two_at_once_build_once(machine):
    machine.has("go", BUILDS.replace("cp ", "sleep 1; cp "))
    with machine.start() as first, machine.start() as second:
        outputs = first.stdout.read(), second.stdout.read()

    assert all("is ready" in output for output in outputs)
    assert len([call for call in machine.called("go") if call.startswith("go build")]) == 1


def test_where_nothing_works_the_ways_out_are_named(machine):
    output = machine.run(exits=1)

    assert "there is no Go on this machine" in output
    assert "https://www.pulumi.com/docs/install/" in output
    assert "https://go.dev/dl/" in output
