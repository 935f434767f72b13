"""How a resource is registered: with the dynamic provider, or with the plugin if the stack says `scalekit:plugin true`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Alias, Input, Output, ResourceOptions
from pulumi.runtime.config import is_config_secret

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.kind import Kind, Shape
from pulumi_scalekit.model.setting import OF_A_PROVIDER
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
        ConfigurationError: `scalekit:clientSecret` stands in the stack's configuration in clear; or `import_` is used
            without the plugin.
        TypeError: What stands second is no ResourceOptions.

    """
    if opts is not None and not isinstance(opts, ResourceOptions):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f'{kind.name} "{name}": opts must be pulumi.ResourceOptions; give properties by their names')
    refuse_clear_secret()
    token, other = kind.token, kind.dynamic_token
    if not uses_plugin():
        if opts and opts.import_:
            raise ConfigurationError("import_ needs the provider plugin: `pulumi config set scalekit:plugin true`.")
        token, other = other, token
        properties["__provider"] = pickled(kind.token)
    secrets = [field.state for field in kind.outputs if field.secret]
    options = ResourceOptions(aliases=[_alias(other, name, opts)], additional_secret_outputs=secrets or None)
    merged = ResourceOptions.merge(opts, options)
    if merged.protect is None and kind.api.protects and properties.get("deletionProtection") is True:
        # A provider is asked about a delete when what depends on the resource is gone already; the engine refuses before.
        merged.protect = True
    if merged.delete_before_replace is None and _meets_itself(kind, properties):
        merged.delete_before_replace = True
    merged.ignore_changes = _in_state(kind, merged.ignore_changes)
    merged.replace_on_changes = _in_state(kind, merged.replace_on_changes)
    pulumi.CustomResource.__init__(resource, token, name, properties, merged)


def _meets_itself(kind: Kind, properties: Mapping[str, Any]) -> bool:
    """Whether the replacement of a resource would always meet the old object: it has the same unique value.

    Asked for a replacement by its user (`--replace`, a taint), the engine does not ask the provider which goes first.
    """
    unique = kind.by_name.get(kind.api.unique)
    return unique is not None and unique.name not in kind.replacing and properties.get(unique.state) is not None


def _in_state(kind: Kind, paths: list[str] | None) -> list[str] | None:
    """Property paths as the state has them: a Python program writes `oidc.client_id`, and the engine knows `oidc.clientId`."""

    def path(written: str) -> str:
        shape, parts = kind.shape, list[str]()
        for part in written.split("."):
            field = shape.by_name.get(part) if shape.name == "block" else None
            parts.append(field.state if field else part)
            shape = field.shape if field else Shape("map")
        return ".".join(parts)

    return paths and [path(written) for written in paths]


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
    ) -> None:
        declared = (environment_url, client_id, client_secret, adopt, previous_environment_url)
        given = [(one, value) for one, value in zip(OF_A_PROVIDER, declared, strict=True) if value is not None]
        self.settings: Mapping[str, Any] = {setting.key: value for setting, value in given}
        # Without the prefix the SDK of the dynamic provider would put the project's name before the key. The plugin takes
        # both, and with the same keys the switch between the two changes nothing.
        properties = {
            f"scalekit:{setting.key}": Output.secret(value) if setting.secret else value for setting, value in given
        }
        package, other = ("scalekit", "pulumi-python") if uses_plugin() else ("pulumi-python", "scalekit")
        alias = ResourceOptions(aliases=[Alias(type_=f"pulumi:providers:{other}")])
        super().__init__(package, resource_name, properties, ResourceOptions.merge(opts, alias))
