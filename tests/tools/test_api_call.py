"""tools.api_call: what a call takes, for whoever adds a resource."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "tools.api_call", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_call_is_shown_with_its_fields_their_rules_and_who_may_call_it():
    shown = run("POST", "/organizations").stdout.splitlines()

    assert shown[0] == "POST   /organizations  (OrganizationService.CreateOrganization; published; client credentials)"
    assert any(line.strip().startswith("display_name string [string { min_len: 1 max_len: 200") for line in shown)
    assert [line for line in shown if line.startswith(("GET", "POST", "PUT", "PATCH", "DELETE"))] == shown[:1]


def test_a_call_may_be_quoted_as_a_whole():
    assert run("POST /organizations").stdout == run("POST", "/organizations").stdout


def test_a_word_lists_the_calls_that_have_it_in_their_path():
    listed = run("redirect-uris").stdout.splitlines()

    assert [line.split()[0] for line in listed] == ["DELETE", "POST"]
    assert all("NOT PUBLISHED" in line for line in listed)


def test_a_word_that_no_path_has_is_told():
    ended = run("nonsense")

    assert ended.returncode == 1
    assert "No call has 'nonsense' in its path" in ended.stderr
