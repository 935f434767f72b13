"""How a resource is registered: with the dynamic provider, or with the plugin if the stack says `scalekit:plugin true`."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Input, Output, ProviderResource, ResourceOptions
from pulumi.runtime.config import CONFIG, is_config_secret
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import get_monitor
from typing_extensions import Never

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import OWN_ID
from pulumi_scalekit.model.setting import OF_A_PROVIDER
from pulumi_scalekit.provider import paths
from pulumi_scalekit.provider.aliases import aliases
from pulumi_scalekit.provider.configuration import CLEAR_SECRET, judge
from pulumi_scalekit.provider.dynamic import pickled
from pulumi_scalekit.provider.program_error import message_alone, no_such_property

PLUGIN, DYNAMIC = "scalekit", "pulumi-python"
"""The package of a resource's type with the plugin, and with the dynamic provider."""


def uses_plugin() -> bool:
    """Whether this stack's resources are the plugin's."""
    return bool(pulumi.Config("scalekit").get_bool("plugin"))


def register(
    resource: pulumi.CustomResource,
    kind: Kind,
    name: str,
    properties: dict[str, Any],
    opts: ResourceOptions | None,
) -> None:
    """Register a resource, with an alias to its type under the other provider.

    Raises:
        ConfigurationError: The stack's configuration is refused; or `import_` is used without the plugin.
        TypeError: What stands second is no ResourceOptions.
        ValueError: A property path in the options names no property.

    """
    if opts is not None and not isinstance(opts, ResourceOptions):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise message_alone(
            TypeError(f'{kind.name} "{name}": opts must be pulumi.ResourceOptions; give properties by their names')
        )
    judge_configuration()
    if opts and opts.id is not None and kind.api.lookups:
        properties[OWN_ID] = None
    token, plugin = kind.token, uses_plugin()
    if not plugin:
        if opts and opts.import_:
            raise message_alone(
                ConfigurationError(
                    f'{kind.name} "{name}": import_ needs the provider plugin: `pulumi config set scalekit:plugin true`.'
                )
            )
        token = kind.dynamic_token
        if not isinstance(get_monitor(), MockMonitor):
            # Mocks call no provider, and a user's test is spared what is not its program's.
            properties["__provider"] = pickled(kind.token)
    options = copy.copy(opts) if opts else ResourceOptions()
    options.aliases = aliases(token, name, opts)
    secrets = [field.state for field in kind.outputs if field.secret]
    options.additional_secret_outputs = [*(options.additional_secret_outputs or ()), *secrets] or None
    if options.protect is None and kind.api.protects and properties.get("deletionProtection") is True:
        # A provider is asked about a delete when what depends on the resource is gone already; the engine refuses before.
        options.protect = True
    if options.delete_before_replace is None and _meets_itself(kind, properties):
        options.delete_before_replace = True
    paths.in_state(kind, name, options)
    pulumi.CustomResource.__init__(resource, token, name, properties, options)
    if options.custom_timeouts and not plugin:
        pulumi.log.warn(
            "custom_timeouts has no effect with the dynamic provider, to which Pulumi does not pass it on; "
            "with the provider plugin it has: `pulumi config set scalekit:plugin true`.",
            resource,
        )


def _meets_itself(kind: Kind, properties: Mapping[str, Any]) -> bool:
    """Whether the replacement of a resource would always meet the old object: it has the same unique value.

    Asked for a replacement by its user (`--replace`, a taint), the engine does not ask the provider which goes first.
    """
    unique = kind.by_name.get(kind.api.unique)
    return unique is not None and unique.name not in kind.replacing and properties.get(unique.state) is not None


def judge_configuration() -> None:
    """Refuse what must not stand in the stack's configuration.

    Raises:
        ConfigurationError: The client secret stands there in clear: it would be in the repository and in every state file;
            or a setting is misspelt.

    """
    if pulumi.Config("scalekit").get("clientSecret") is not None and not is_config_secret("scalekit:clientSecret"):
        raise message_alone(ConfigurationError(CLEAR_SECRET))
    given = {key.partition(":")[2]: value for key, value in CONFIG.get().items() if key.startswith("scalekit:")}
    for key, reason in judge(given, project=pulumi.get_project()):
        raise message_alone(ConfigurationError(f"scalekit:{key} in the stack's configuration: {reason}"))


class Provider(ProviderResource):
    """A further environment in the same program: `ResourceOptions(provider=…)` puts a resource there.

    Each instance has its own configuration. What is left out comes from the environment variables, not from the stack.

    Args:
        resource_name: Its name in this program.
        opts: Pulumi's options.
        environment_url: `https://…`: the environment.
        client_id: `skc_…`: the environment's client.
        client_secret: Its secret. Always encrypted in the state.
        adopt: `identical`: a create takes over the object that equals its declaration, and makes none beside it; `no`, the
            default, takes nothing over. Take it away afterwards: what was taken over is destroyed with the stack.
        previous_environment_url: The URL that this same environment had before: set it, then run `pulumi up`, after which
            it can go.

    """

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        environment_url: Input[str] | None = None,
        client_id: Input[str] | None = None,
        client_secret: Input[str] | None = None,
        adopt: Input[str] | None = None,
        previous_environment_url: Input[str] | None = None,
        **unknown: Never,
    ) -> None:
        if unknown:
            known = [re.sub("[A-Z]", lambda upper: f"_{upper[0].lower()}", setting.key) for setting in OF_A_PROVIDER]
            raise no_such_property(f'Provider "{resource_name}"', unknown, known)
        if not hasattr(ProviderResource, "_get_providers"):
            raise RuntimeError(
                "this version of Pulumi's SDK finds the provider of a resource in a way that this version of pulumi-scalekit "
                "does not know, so that resources would end in the wrong environment: update pulumi-scalekit, or pin an "
                "older pulumi."
            )
        declared = (environment_url, client_id, client_secret, adopt, previous_environment_url)
        given = [(one, value) for one, value in zip(OF_A_PROVIDER, declared, strict=True) if value is not None]
        self.settings: Mapping[str, Any] = {setting.key: value for setting, value in given}
        # Without the prefix the SDK of the dynamic provider would put the project's name before the key. The plugin takes
        # both, and with the same keys the switch between the two changes nothing.
        properties = {
            f"scalekit:{setting.key}": Output.secret(value) if setting.secret else value for setting, value in given
        }
        package = PLUGIN if uses_plugin() else DYNAMIC
        options = copy.copy(opts) if opts else ResourceOptions()
        options.aliases = aliases(f"pulumi:providers:{package}", resource_name, opts)
        super().__init__(package, resource_name, properties, options)
        # What a list of providers, and a component that hands them on, file it under. With the dynamic provider too, so that
        # the dynamic resources of others are not sent to it.
        self.package = PLUGIN
