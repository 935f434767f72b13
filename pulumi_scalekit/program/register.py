"""How a resource is registered: with the dynamic provider, or with the plugin if the stack says `scalekit:plugin true`."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import ResourceOptions

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import OWN_ID
from pulumi_scalekit.model.provider_string import provider_string
from pulumi_scalekit.program import aliases, debug_lines, late_output, mocks, option_paths, outstanding, source_line
from pulumi_scalekit.program.configuration import judge_configuration, uses_plugin
from pulumi_scalekit.program.errors import message_alone


def register(
    resource: pulumi.CustomResource,
    kind: Kind,
    name: str,
    properties: dict[str, Any],
    opts: ResourceOptions | None,
) -> None:
    """Register a resource.

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
        if mocks.current() is None:
            # Mocks call no provider, and a user's test is spared what is not its program's.
            properties["__provider"] = provider_string(kind.token)
    options = copy.copy(opts) if opts else ResourceOptions()
    if not aliases.are_added_late():
        options.aliases = aliases.of(token, name, opts)
    secrets = [field.state for field in kind.outputs if field.secret]
    options.additional_secret_outputs = [*(options.additional_secret_outputs or ()), *secrets] or None
    if options.protect is None and kind.api.cascades_to and properties.get("deletionProtection") is True:
        # The engine refuses before it deletes what depends on the resource; a provider could refuse only after that.
        options.protect = True
    if options.delete_before_replace is None and _meets_itself(kind, properties):
        options.delete_before_replace = True
    option_paths.in_state(kind, name, options)
    with source_line.alone(), debug_lines.together(), late_output.late(resource, properties):
        pulumi.CustomResource.__init__(resource, token, name, properties, options)
    outstanding.together(resource)
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
