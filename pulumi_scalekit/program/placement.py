"""Which provider serves a resource: the `scalekit.Provider` that its program names, in whichever form, or the stack's own.

Pulumi's SDK looks a provider up by the package in the resource's type, and a dynamic resource's is `pulumi-python`, whoever
wrote it. So the SDK alone would not find `providers={"scalekit": eu}`, and would take another author's provider for ours.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import pulumi
from pulumi import ProviderResource, ResourceOptions

from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.program import option_paths
from pulumi_scalekit.program.configuration import DYNAMIC, PLUGIN
from pulumi_scalekit.program.errors import message_alone
from pulumi_scalekit.program.provider import Provider

Providers = tuple[ProviderResource | None, Mapping[str, ProviderResource]]


def settled(
    resource: pulumi.Resource, kind: Kind, package: str, opts: ResourceOptions, look_up: Callable[[], Providers]
) -> Providers:
    """The provider that serves a resource, and those that it hands on to what stands below it.

    Args:
        resource: The resource.
        kind: Its description.
        package: That of its type, `PLUGIN` or `DYNAMIC`.
        opts: Its options, after every transformation. Their property paths are written in the state's names.
        look_up: What the SDK would take.

    Raises:
        TypeError: The provider that is named cannot serve it.
        ValueError: A property path names no property.

    """
    option_paths.in_state(kind, resource.pulumi_resource_name, opts)
    levels = [_by_package(resource, opts.providers), _inherited(opts.parent)]
    if opts.provider is not None:
        levels.insert(0, _by_package(resource, [opts.provider]))
    chosen, handed_on = look_up()
    ours = [_ours(resource, package, level) for level in levels]
    return _serving(resource, package, opts, ours, chosen), handed_on


def _serving(
    resource: pulumi.Resource,
    package: str,
    opts: ResourceOptions,
    found: list[ProviderResource | None],
    chosen: ProviderResource | None,
) -> ProviderResource | None:
    if opts.provider is not None:
        single, several = found[:2]
        if single is None and opts.provider.package == DYNAMIC:
            _refuse(resource, "provider", opts.provider)
        if single is not None and several not in (None, single):
            _refuse_two(resource)
    named = next((provider for provider in found if provider is not None), None)
    if named is None:
        if chosen is not None:
            _refuse(resource, f'providers["{DYNAMIC}"]', chosen)
        return None
    if named.package == package:
        return named
    # The SDK compares the package with that of the type; of the provider itself only its URN and id go to the engine.
    served = copy.copy(named)
    served.package = package
    return served


def _by_package(resource: pulumi.Resource, providers: Any) -> Mapping[str, Any]:
    if providers is None or isinstance(providers, Mapping):
        return providers or {}
    if isinstance(providers, Sequence) and all(isinstance(provider, ProviderResource) for provider in providers):
        return {provider.package: provider for provider in providers}
    raise message_alone(
        TypeError(
            f"{_label(resource)}: provider must be a scalekit.Provider, and providers a list or a mapping of such"
        )
    )


def _inherited(parent: pulumi.Resource | None) -> Mapping[str, Any]:
    found = {package: parent.get_provider(f"{package}:index:") for package in (PLUGIN, DYNAMIC)} if parent else {}
    return {package: provider for package, provider in found.items() if provider is not None}


def _ours(resource: pulumi.Resource, package: str, level: Mapping[str, Any]) -> ProviderResource | None:
    """The provider of ours in a mapping, under either package's name."""
    named: list[ProviderResource] = []
    for key in (PLUGIN, DYNAMIC):
        provider: Any = level.get(key)
        # Of the plugin there may be one that was made without our class.
        if isinstance(provider, Provider) or (package == PLUGIN and getattr(provider, "package", "") == PLUGIN):
            named.append(provider)
        elif key == PLUGIN and provider is not None:
            _refuse(resource, f'providers["{PLUGIN}"]', provider)
    if len({id(provider) for provider in named}) > 1:
        _refuse_two(resource)
    return named[0] if named else None


def _refuse(resource: pulumi.Resource, where: str, given: Any) -> NoReturn:
    what = f'a provider of package "{given.package}"' if isinstance(given, ProviderResource) else repr(given)
    raise message_alone(
        TypeError(
            f"{_label(resource)}: {where} is {what}, which cannot serve it. "
            f'Give it or a component above it a scalekit.Provider: `provider=…` or `providers={{"{PLUGIN}": …}}`.'
        )
    )


def _refuse_two(resource: pulumi.Resource) -> NoReturn:
    raise message_alone(
        TypeError(
            f"{_label(resource)}: its options and those of the components above it name two different scalekit.Provider "
            f'at the same place. Name one provider only, and in a mapping under "{PLUGIN}".'
        )
    )


def _label(resource: pulumi.Resource) -> str:
    return f'{type(resource).__name__} "{resource.pulumi_resource_name}"'
