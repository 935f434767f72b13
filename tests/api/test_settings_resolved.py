"""Where the settings come from, and what an environment URL may be."""

import os
import subprocess
import sys

import pytest
from pydantic import SecretStr

from pulumi_scalekit.api import ConfigurationError
from pulumi_scalekit.api.client import client_for
from pulumi_scalekit.api.settings import Settings

CONFIG = {
    "scalekit:environmentUrl": "https://acme.scalekit.com",
    "scalekit:clientId": "skc_config",
    "scalekit:clientSecret": "config-secret",
}
ENVIRON = {
    "SCALEKIT_ENVIRONMENT_URL": "https://environ.scalekit.com/",
    "SCALEKIT_CLIENT_ID": "skc_environ",
    "SCALEKIT_CLIENT_SECRET": "environ-secret\n",
}


def test_configuration_goes_before_the_environment_key_by_key():
    settings = Settings.resolve({"scalekit:clientId": "skc_config"}, ENVIRON)
    assert settings == Settings("https://environ.scalekit.com", "skc_config", SecretStr("environ-secret"))
    assert Settings.resolve(CONFIG, ENVIRON) == Settings("https://acme.scalekit.com", "skc_config", "config-secret")


def test_all_that_is_missing_is_named_with_both_ways_to_set_it():
    with pytest.raises(ConfigurationError) as caught:
        Settings.resolve({"scalekit:environmentUrl": "https://acme.scalekit.com"}, {"SCALEKIT_CLIENT_ID": "  "})
    assert str(caught.value) == (
        "Scalekit settings are missing: scalekit:clientId, scalekit:clientSecret. Set them: "
        "`pulumi config set scalekit:clientId …` or SCALEKIT_CLIENT_ID; "
        "`pulumi config set --secret scalekit:clientSecret …` or SCALEKIT_CLIENT_SECRET."
    )


def test_where_nothing_is_set_the_version_of_the_cli_is_told_besides():
    with pytest.raises(ConfigurationError, match=r"^Scalekit settings are missing: .* Set them: .*`pulumi version`"):
        Settings.resolve({}, {})


@pytest.mark.parametrize(
    ("url", "here"), [("http://127.0.0.1:8080", True), ("http://[::1]:9", True), ("https://acme.scalekit.com", False)]
)
def test_an_environment_on_this_machine_is_known_as_such(url, here):
    assert Settings.resolve({**CONFIG, "scalekit:environmentUrl": url}, {}).loopback is here


@pytest.mark.parametrize("key", CONFIG)
def test_an_empty_setting_is_not_replaced_by_the_environment_variable(key):
    with pytest.raises(ConfigurationError, match=f"{key} is empty, as a variable is that nobody set"):
        Settings.resolve({**CONFIG, key: " "}, ENVIRON)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://acme.scalekit.com/", "https://acme.scalekit.com"),
        (" https://Acme.ScaleKit.com:443// ", "https://acme.scalekit.com"),
        ("HTTPS://auth.acme.example:8443", "https://auth.acme.example:8443"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:9", "http://[::1]:9"),
    ],
)
def test_an_environment_has_one_spelling(given, kept):
    assert Settings(given, "id", "secret").environment_url == kept


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("http://acme.scalekit.com", "credentials are only sent over https. Use https://acme.scalekit.com."),
        ("http://localhost.evil.test", "only sent over https"),
        ("http://127.0.0.1.evil.test", "only sent over https"),
        ("http://[::2]", "only sent over https"),
        ("http://0.0.0.0:1", "only sent over https"),
        ("acme.scalekit.com", "not a URL: give it as https://"),
        ("ftp://acme.scalekit.com", "not a URL"),
        ("https://https://acme.scalekit.com", "not a URL: give it as https://"),
        ("https://None", "not a URL"),
        ("https://", "not a URL"),
        ("https://[bad", "not a URL"),
        ("https://acme.scalekit.com:port", "not a URL"),
        ("https://acme.scalekit.com/api/v1", "give it without a path, as https://acme.scalekit.com."),
        ("https://acme.scalekit.com?x=1", "without a path"),
        ("https://me:hunter2@acme.scalekit.com", "must not hold a user name or password"),
    ],
)
def test_what_cannot_be_an_environment_is_refused_with_advice(given, said):
    with pytest.raises(ConfigurationError) as caught:
        Settings.resolve({**CONFIG, "scalekit:environmentUrl": given}, {})
    assert said in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "config-secret" not in str(caught.value)


def test_settings_are_equal_by_value_and_show_no_secret():
    one, other = Settings.resolve(CONFIG, {}), Settings.resolve(CONFIG, {})
    assert one == other
    assert hash(one) == hash(other)
    assert "config-secret" not in repr(one)
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != Settings.resolve({**CONFIG, "scalekit:clientSecret": "x"}, {}).fingerprint


def test_there_is_one_client_for_equal_settings():
    client = client_for(Settings.resolve(CONFIG, {}))
    assert client_for(Settings.resolve(CONFIG, {})) is client
    for key, value in {
        "environmentUrl": "https://other.scalekit.com",
        "clientId": "skc_2",
        "clientSecret": "x",
    }.items():
        other = client_for(Settings.resolve({**CONFIG, f"scalekit:{key}": value}, {}))
        assert other is not client
        other.close()
    client.close()
    again = client_for(Settings.resolve(CONFIG, {}))
    assert again is not client
    assert not again.closed
    again.close()


FORK = """
import os
from pulumi_scalekit.api import client as module
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.api.client import client_for
settings = Settings("https://acme.scalekit.com", "id", "secret")
parent = client_for(settings)
module._lock.acquire()
child = os.fork()
if not child:
    os._exit(client_for(settings) is parent)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is not of this operating system")
def test_a_forked_child_gets_a_client_of_its_own_even_if_the_lock_was_held():
    assert subprocess.run([sys.executable, "-c", FORK], timeout=60, check=False).returncode == 0


def test_the_client_can_be_used_without_pulumi():
    """Read alone: nothing of it may need the engine's SDK."""
    code = "import sys; sys.modules['pulumi'] = None; sys.modules['pulumi_scalekit'] = p = type(sys)('p'); "
    code += f"p.__path__ = {[next(iter(__import__('pulumi_scalekit').__path__))]!r}; import pulumi_scalekit.api"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
