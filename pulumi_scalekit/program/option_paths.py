"""Property paths in a resource's options, as `ignore_changes` has them: read by Pulumi's rules, written in the state's names.

A Python program writes `oidc.client_id`, `oidc["client_id"]` or, as a preview shows it, `oidc.clientId`; the engine knows only
the last one, and passes over a path that leads nowhere without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pulumi import ResourceOptions

from pulumi_scalekit.model import paths
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.program.errors import message_alone

_OPTIONS = ("ignore_changes", "replace_on_changes", "hide_diffs", "additional_secret_outputs")


def in_state(kind: Kind, name: str, opts: ResourceOptions) -> None:
    """Write the property paths in a resource's options as the state has them.

    Args:
        kind: The resource's description.
        name: Its name in the program.
        opts: Its options, which are changed.

    Raises:
        ValueError: A path names no property.

    """
    for option in _OPTIONS:
        given: Any = getattr(opts, option, None)
        if not given:
            continue
        where = f'{kind.name} "{name}": {option}'
        if isinstance(given, str) or not isinstance(given, Sequence):
            raise message_alone(TypeError(f"{where} must be a list of property paths"))
        written = [_written(kind, f"{where}: {path}", path) for path in given]
        if option == "additional_secret_outputs" and (deep := [path for path in written if not paths.is_plain(path)]):
            raise message_alone(
                ValueError(
                    f"{where}: {', '.join(deep)} is part of a property, and Pulumi encrypts whole properties only"
                )
            )
        setattr(opts, option, written)


def _written(kind: Kind, where: str, path: Any) -> str:
    if not isinstance(path, str):
        raise message_alone(TypeError(f"{where} must be text"))
    try:
        return paths.in_state(kind, path)
    except paths.NoSuchPath as error:
        raise message_alone(ValueError(f"{where}: {error}")) from None
