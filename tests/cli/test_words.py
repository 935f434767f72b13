"""The `pulumi-scalekit` command as somebody meets it who has never seen it."""

import sys

import click
import pytest
import yaml
from click.testing import CliRunner

from pulumi_scalekit.cli import main
from pulumi_scalekit.emulator.serving import rules

COMMANDS = {verb: main.get_command(click.Context(main), verb) for verb in main.list_commands(click.Context(main))}


@pytest.fixture
def say():
    """Runs the command, and returns its exit code, output and errors."""

    def run(*words):
        ended = CliRunner().invoke(main, words, catch_exceptions=False, prog_name="pulumi-scalekit")
        return ended.exit_code, ended.stdout, ended.stderr

    return run


def test_help_says_what_it_is_for_and_lists_the_verbs(say):
    code, shown, _ = say("--help")

    assert code == 0
    assert "Scalekit tenants and their single sign-on, declared in code." in shown
    listed = [line.split()[0] for line in shown.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed == list(COMMANDS)
    assert {"adopt", "doctor", "emulate", "portal-link", "report", "review", "schema"} == set(COMMANDS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_and_every_option_is_explained(say, verb):
    code, shown, _ = say(verb, "--help")

    assert code == 0
    assert COMMANDS[verb].help
    assert "..." not in say("--help")[1].partition("Commands:")[2], "the first sentence is cut off in the list of verbs"
    for given in COMMANDS[verb].params:
        if isinstance(given, click.Argument):  # has no help of its own
            assert f"{given.metavar} is " in shown
        else:
            assert given.help, given.name
    assert "--help" in shown


def test_a_verb_that_is_not_there(say):
    code, _, said = say("provision")

    assert code == 2
    assert "No such command 'provision'" in said
    assert "pulumi-scalekit --help" in said


def test_schema_is_the_packages_schema(say):
    code, shown, _ = say("schema")

    assert code == 0
    assert shown.startswith("# Generated")
    assert yaml.safe_load(shown)["name"] == "scalekit"
    assert "scalekit:index:Organization" in yaml.safe_load(shown)["resources"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--port", "http"), "'http' is not a valid integer"),
        (("--port", "99999"), "99999 is not in the range 0<=x<=65535"),
        (("--switch", "delete_answer"), "'delete_answer' is not NAME=VALUE"),
        (("--switch", "speed=high"), "no switch is called speed; see --switches"),
        (("--switch", "delete_answer=maybe"), "delete_answer"),
        (("--seed", "nowhere.json"), "File 'nowhere.json' does not exist"),
    ],
)
def test_a_word_that_emulate_does_not_know(say, words, reason):
    code, _, said = say("emulate", *words)

    assert code == 2
    assert reason in said
    assert "Traceback" not in said


def test_the_switches_are_listed_with_their_values_and_reasons(say):
    code, shown, _ = say("emulate", "--switches")

    assert code == 0
    assert "delete_answer=" in shown
    assert "\n    " in shown


def test_emulate_without_its_extra_says_how_to_get_it(say, monkeypatch):
    monkeypatch.setitem(sys.modules, "protovalidate", None)
    rules._validator.cache_clear()  # an earlier test may have filled it, and then the command would serve for ever

    code, _, said = say("emulate", "--port", "0")

    assert code == 1
    assert "pip install 'pulumi-scalekit[emulator]'" in said


def test_a_seed_that_is_not_json_is_named(say, tmp_path):
    seed = tmp_path / "seed.json"
    seed.write_text("organizations: []")

    code, _, said = say("emulate", "--port", "0", "--seed", str(seed))

    assert code == 1
    assert f"{seed} is not JSON: " in said
