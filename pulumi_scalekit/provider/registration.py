"""How a resource is registered: with the dynamic provider, or with the plugin if the stack says `scalekit:plugin true`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Alias, Input, Output, ResourceOptions
from pulumi.runtime.config import is_config_secret

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.provider.configuration import CLEAR_SECRET
from pulumi_scalekit.provider.dynamic import pickled


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
        ConfigurationError: `scalekit:clientSecret` stands in the stack's configuration in clear.

    """
    refuse_clear_secret()
    token, other = kind.token, kind.dynamic_token
    if not uses_plugin():
        token, other = other, token
        properties["__provider"] = pickled(kind.token)
    secrets = [field.state for field in kind.outputs if field.secret]
    options = ResourceOptions(aliases=[_alias(other, name, opts)], additional_secret_outputs=secrets or None)
    pulumi.CustomResource.__init__(resource, token, name, properties, ResourceOptions.merge(opts, options))


def _alias(token: str, name: str, opts: ResourceOptions | None) -> Alias | str:
    # The URN itself where it can be told: the SDK's way from an Alias to one takes a millisecond for each resource.
    if opts and opts.parent:
        return Alias(type_=token)
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{token}::{name}"


def refuse_clear_secret() -> None:
    """A secret in clear would be in the repository and in every state file."""
    if pulumi.Config("scalekit").get("clientSecret") is not None and not is_config_secret("scalekit:clientSecret"):
        raise ConfigurationError(CLEAR_SECRET)


class Provider(pulumi.ProviderResource):
    """A further environment in the same program: `ResourceOptions(provider=…)` puts a resource there.

    Each instance has its own configuration. What is left out comes from the environment variables, not from the stack.

    Args:
        resource_name: Its name in this program.
        opts: Pulumi's options.
        environment_url: `https://…`: the environment.
        client_id: `skc_…`: the environment's client.
        client_secret: Its secret. Always encrypted in the state.
        adopt: `identical` takes over an existing organization that equals the declaration; `no`, the default, never does.
        previous_environment_url: The URL that this same environment had before, while resources move.

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
    ) -> None:
        settings: Mapping[str, Any] = {
            "environmentUrl": environment_url,
            "clientId": client_id,
            "clientSecret": client_secret,
            "adopt": adopt,
            "previousEnvironmentUrl": previous_environment_url,
        }
        self.settings: Mapping[str, Any] = {key: value for key, value in settings.items() if value is not None}
        given = dict(self.settings)
        if client_secret is not None:
            given["clientSecret"] = Output.secret(client_secret)
        if uses_plugin():
            package, other, properties = "scalekit", "pulumi-python", given
        else:
            # Without the prefix the SDK would put the project's name before the key.
            package, other = "pulumi-python", "scalekit"
            properties = {f"scalekit:{key}": value for key, value in given.items()}
        alias = ResourceOptions(aliases=[Alias(type_=f"pulumi:providers:{other}")])
        super().__init__(package, resource_name, properties, ResourceOptions.merge(opts, alias))
