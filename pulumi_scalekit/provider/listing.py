"""The answer to Pulumi's `List`, a page a call: `pulumi do … list` asks for the next one with the token that ended the last.

Messages of the protocol are looked up when they are used: the oldest SDK that we support, 3.216, has no `List`. It registers
no such method either, so that an engine which asks is told that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import near_miss
from pulumi_scalekit.provider.grpc_values import properties
from pulumi_scalekit.remote.objects import Objects


def answer(request: Any, objects: Objects, context: grpc.ServicerContext) -> Iterator[Any]:
    """The messages that answer one call: a result an object, then what the next page is asked for with, if there is one.

    Args:
        request: The call.
        objects: The objects of the kind that it asks for.
        context: The call's.

    Raises:
        ScalekitError: The query does not fit, or Scalekit refused.

    """
    kind = objects.kind
    if not kind.is_listable:
        context.abort(grpc.StatusCode.UNIMPLEMENTED, f"Scalekit has no list of every {kind.words}, so none is given.")
    given = _given(kind, request.query)
    if any(value is UNKNOWN for value in given.values()):
        return iter([proto.ListResponse(computed=proto.ListResponse.Computed())])
    wanted = lifecycle.Wanted(request.limit, request.page_size, request.continuation_token)
    # Whole before anything is sent: a page is one request, and a refusal is then all that the engine hears.
    named, following = lifecycle.list_page(objects, given, wanted)
    messages = [proto.ListResponse(result=proto.ListResponse.Result(id=one.id, name=one.title)) for one in named]
    if following:
        ending = proto.ListResponse.Continuation(continuation_token=following)
        messages.append(proto.ListResponse(continuation=ending))
    return iter(messages)


def _given(kind: Kind, query: Any) -> Values:
    """The fields that a query gives, by name."""
    known = {kind.by_name[name].state: name for name in kind.list_inputs}
    given = {}
    for key, value in properties(query).items():
        if key not in known:
            hint = near_miss(key, known) if known else "it takes none"
            raise ScalekitError(f"listing every {kind.words}: there is no list input {key}; {hint}.")
        if value is not UNKNOWN and not isinstance(value, str):
            raise ScalekitError(f"listing every {kind.words}: {key} must be a text.")
        given[known[key]] = value
    return given
