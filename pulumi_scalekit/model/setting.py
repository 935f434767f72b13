"""What a user configures: the one list of settings, from which schema, messages and both providers take theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_scalekit.model.finding import ALL, rule_names
from pulumi_scalekit.model.names import near_miss, nearest
from pulumi_scalekit.model.registry import rules


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        key: Its name in the stack's configuration behind `scalekit:`, and in an explicit provider.
        description: What it is, in Markdown, without its last full stop.
        variable: The environment variable that stands in for it; empty where there is none.
        secret: Encrypted in the state; plaintext is rejected.
        of_stack: It is the stack's alone: an explicit provider does not have it.

    """

    key: str
    description: str
    variable: str = ""
    secret: bool = False
    of_stack: bool = False


SETTINGS = (
    Setting("environmentUrl", "The Scalekit environment, `https://…`", "SCALEKIT_ENVIRONMENT_URL"),
    Setting("clientId", "Client id of the environment's API credentials, `skc_…`", "SCALEKIT_CLIENT_ID"),
    Setting(
        "clientSecret",
        "Client secret that belongs to it. Plaintext is rejected; set it with `--secret`",
        "SCALEKIT_CLIENT_SECRET",
        secret=True,
    ),
    Setting(
        "adopt",
        "`identical`: a create takes over the object that equals its declaration in every declared property, and makes none "
        "beside it. An organization is found by its `externalId`, a role or permission by its `name`, a user attribute by its "
        "`key`, a redirect URI by itself, a connection or directory by organization, provider and type, a domain by "
        "organization and name, a mail server by provider, a mail template by organization and use case; what nothing identifies (machine clients, secrets, applications, organizations without "
        "`externalId`) is not created while the setting is on. `no`, the default, takes nothing over. Remove the setting "
        "afterwards: what was taken over is destroyed with the stack",
    ),
    Setting(
        "previousEnvironmentUrl",
        "The URL that this same environment had before: set it, run `pulumi up`, which moves every resource to the new "
        "URL, then remove the setting",
    ),
    Setting(
        "strict",
        "Names of rules whose warnings are errors, separated by commas, or `all`: `certificate-expired,domain-shared`. The "
        "rules stand in [docs/rules.md](https://github.com/pulumi-scalekit/pulumi-scalekit/blob/main/docs/rules.md)",
    ),
    Setting("ignore", "Names of rules that say nothing, separated by commas. Errors are never silenced"),
    Setting("plugin", "`true` uses the provider plugin", of_stack=True),
)

OF_A_PROVIDER = tuple(setting for setting in SETTINGS if not setting.of_stack)
"""Those that an explicit provider has too."""

VARIABLES = {setting.key: (setting.variable, setting.description) for setting in SETTINGS}
"""By key: the environment variable that stands in for it, and what it is."""

CLEAR_SECRET = (
    "scalekit:clientSecret is stored in plaintext in the stack's configuration. "  # noqa: S105 - says that there is one
    "Encrypt it: `pulumi config set --secret scalekit:clientSecret`."
)
_NAMESPACE = "scalekit"
ADOPT = ("no", "identical")
_ENGINES = ("version", "pluginDownloadURL", "pluginChecksums", "parameterization")
"""Keys that the engine adds."""


def judge(given: Mapping[str, Any], *, project: str = "") -> Iterator[tuple[str, str]]:
    """The broken rules of a provider's own properties, or of a stack's configuration: (key, reason).

    Args:
        given: By key without a prefix.
        project: The name of the Pulumi project. One that is called `scalekit` too has keys of its own among ours.

    """
    for name, value in given.items():
        if name not in VARIABLES and name not in _ENGINES and ":" not in name:
            if project != _NAMESPACE or nearest(name, VARIABLES):
                yield name, f"there is no setting {name}; {near_miss(name, VARIABLES)}"
        elif name == "adopt" and isinstance(value, str) and value not in ADOPT:
            yield name, "adopt must be identical or no"
        elif name in ("strict", "ignore") and isinstance(value, str):
            known = [*rules(), *([ALL] if name == "strict" else [])]
            for unknown in rule_names(value):
                if unknown not in known:
                    yield name, f"{name} names no rule {unknown}; {near_miss(unknown, known)}"
