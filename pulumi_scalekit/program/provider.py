"""An explicit provider: a further environment in the same program."""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Input, Output, ProviderResource, ResourceOptions
from typing_extensions import Never

from pulumi_scalekit.model.setting import OF_A_PROVIDER
from pulumi_scalekit.program import aliases, source_line
from pulumi_scalekit.program.configuration import DYNAMIC, PLUGIN, uses_plugin
from pulumi_scalekit.program.errors import no_such_property
from pulumi_scalekit.program.stack_settings import from_environment


class Provider(ProviderResource):
    """A further environment in the same program: `ResourceOptions(provider=…)` puts a resource there.

    Each instance has its own configuration. What is left out comes from the environment variables, not from the stack, but for `strict` and `ignore`. But for
    the secret, each argument is an output too.

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
        strict: Names of rules whose warnings are errors, separated by commas, or `all`. By default as the stack's configuration has it.
        ignore: Names of rules that say nothing, separated by commas. By default as the stack's configuration has it.

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
        strict: Input[str] | None = None,
        ignore: Input[str] | None = None,
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
        # What a team wants to hear of a change does not depend on the environment that it is made in.
        of_stack = pulumi.Config("scalekit")
        strict = of_stack.get("strict") if strict is None else strict
        ignore = of_stack.get("ignore") if ignore is None else ignore
        declared: tuple[Any, ...] = (
            environment_url,
            client_id,
            client_secret,
            adopt,
            previous_environment_url,
            strict,
            ignore,
        )
        given = [
            (setting, _lasting(value))
            for setting, value in zip(OF_A_PROVIDER, declared, strict=True)
            if value is not None
        ]
        self.settings: Mapping[str, Any] = {setting.key: value for setting, value in given}
        # Without the prefix the SDK of the dynamic provider would put the project's name before the key. The plugin takes
        # both, and with the same keys the switch between the two changes nothing.
        properties = {
            f"scalekit:{setting.key}": Output.secret(value) if setting.secret else value for setting, value in given
        }
        package = PLUGIN if uses_plugin() else DYNAMIC
        options = copy.copy(opts) if opts else ResourceOptions()
        options.aliases = aliases.of(f"pulumi:providers:{package}", resource_name, opts)
        with source_line.alone():
            super().__init__(package, resource_name, properties, options)
        # What a list of providers, and a component that hands them on, file it under. With the dynamic provider too, so that
        # the dynamic resources of others are not sent to it.
        self.package = PLUGIN

    def _get_providers(self, t: str, pkg: str | None, opts: ResourceOptions) -> Any:
        found = super()._get_providers(t, pkg, opts)
        source_line.cut()
        return found

    @property
    def environment_url(self) -> Output[str | None]:
        """The environment: what was given, or the environment variable."""
        return self._applied("environmentUrl")

    @property
    def client_id(self) -> Output[str | None]:
        """The environment's client: what was given, or the environment variable."""
        return self._applied("clientId")

    @property
    def adopt(self) -> Output[str | None]:
        """Whether a create takes over the object that equals its declaration."""
        return self._applied("adopt")

    @property
    def previous_environment_url(self) -> Output[str | None]:
        """The URL that this same environment had before."""
        return self._applied("previousEnvironmentUrl")

    @property
    def strict(self) -> Output[str | None]:
        """The rules whose warnings are errors."""
        return self._applied("strict")

    @property
    def ignore(self) -> Output[str | None]:
        """The rules that say nothing."""
        return self._applied("ignore")

    def _applied(self, key: str) -> Output[str | None]:
        # Not from the state, where its name depends on the package, and which holds what was given alone.
        return Output.from_input(self.settings.get(key, from_environment(key)))


def _lasting(value: Any) -> Any:
    """A value that can be read more than once, as an awaitable cannot."""
    return Output.from_input(value) if inspect.isawaitable(value) and not isinstance(value, Output) else value
