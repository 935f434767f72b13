"""The provider plugin: Pulumi's provider protocol over the lifecycle, for every language.

Nothing here knows a resource or a function by name: adding one needs no line in this file.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import ConfigurationError, ScalekitError
from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.lifecycle import Change, Environment
from pulumi_scalekit.model import schema
from pulumi_scalekit.model.kind import UNKNOWN, Kind, Values
from pulumi_scalekit.provider.configuration import CLEAR_SECRET, VARIABLES, environment, judge
from pulumi_scalekit.provider.failure import half_done, missing_settings, told
from pulumi_scalekit.provider.values import plain, properties, refusal, struct, values
from pulumi_scalekit.resources import KINDS

_KINDS = {"add": 0, "delete": 2, "update": 4}
_REPLACE = 1
"""Behind each kind of change stands the same one that replaces."""

Warn = Callable[[str, str], None]


class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """One provider instance, as the engine starts it.

    Args:
        warn: Shows the user a line about a resource: (URN, text).

    """

    def __init__(self, warn: Warn = lambda _urn, _text: None) -> None:
        self._warn = warn
        self._environment: Environment | None = None

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        return proto.ProviderHandshakeResponse(accept_secrets=False, accept_resources=False, accept_outputs=False)

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Any:
        return Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=version("pulumi-scalekit"))

    def GetSchema(self, request: Any, context: grpc.ServicerContext) -> Any:
        text = schema.as_json(list(KINDS.values()), FUNCTIONS, version("pulumi-scalekit"))
        return proto.GetSchemaResponse(schema=text)

    @told
    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        failures = [proto.CheckFailure(property=name, reason=reason) for name, reason in judge(_settings(request.news))]
        return proto.CheckResponse(inputs=request.news, failures=failures)

    @told
    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        old, new = _settings(request.olds), _settings(request.news)
        changed = sorted(name for name in VARIABLES if old.get(name) != new.get(name))
        # Never a replacement: a replaced provider would replace every resource in it.
        changes = proto.DiffResponse.DIFF_SOME if changed else proto.DiffResponse.DIFF_NONE
        return proto.DiffResponse(changes=changes, diffs=changed)

    @told
    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        for name, value in request.args.fields.items():
            if name.endswith("clientSecret") and value.string_value:
                raise ConfigurationError(CLEAR_SECRET)
        config = {f"scalekit:{name}": str(value) for name, value in _settings(request.args).items()}
        missing = {
            f"scalekit:{name}": f"{text} (or the environment variable {variable})"
            for name, (variable, text) in VARIABLES.items()
            if variable and not config.get(f"scalekit:{name}") and not os.environ.get(variable)
        }
        if missing:
            missing_settings(context, missing)
        self._environment = environment(config)
        return proto.ConfigureResponse(supportsPreview=True, acceptSecrets=False, acceptResources=False)

    @told
    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind = _kind(request.type)
        inputs, failures = lifecycle.check(kind, values(kind, request.olds), values(kind, request.news))
        return proto.CheckResponse(
            inputs=struct(kind, inputs, plain),
            failures=[_refused(kind, one) for one in failures],
        )

    @told
    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind = _kind(request.type)
        old = values(kind, request.old_inputs if request.old_inputs.fields else request.olds)
        found = lifecycle.diff(kind, old, values(kind, request.news), values(kind, request.olds))
        ignored = tuple(request.ignoreChanges)
        changes = [change for change in found.changes if not _under(change.path, ignored)]
        for change in changes:
            if change.handed_back:
                self._warn(request.urn, f"{change.path} is no longer declared: Scalekit keeps it as it is.")
        return proto.DiffResponse(
            changes=proto.DiffResponse.DIFF_SOME if changes else proto.DiffResponse.DIFF_NONE,
            replaces=list(dict.fromkeys(change.property for change in changes if change.replaces)),
            diffs=list(dict.fromkeys(change.property for change in changes)),
            detailedDiff={change.path: _detail(change) for change in changes},
            hasDetailedDiff=True,
            deleteBeforeReplace=found.delete_first,
            stables=[field.state for field in kind.outputs if field.stable],
        )

    @told
    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind, inputs = _kind(request.type), values(_kind(request.type), request.properties)
        where = self._where(request)
        if request.preview:
            return proto.CreateResponse(properties=struct(kind, _predicted(kind, where, inputs, {})))
        try:
            created = lifecycle.create(kind, where, inputs)
        except lifecycle.InitFailed as error:
            kept = error.created
            half_done(context, kept.id, struct(kind, kept.state), request.properties, str(error))
        return proto.CreateResponse(id=created.id, properties=struct(kind, created.state))

    @told
    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind = _kind(request.type)
        found = lifecycle.read(kind, self._where(request), request.id, values(kind, request.properties))
        if found is None:
            # Neither properties nor inputs: only that means "it does not exist" to refresh, get and import alike.
            return proto.ReadResponse()
        return proto.ReadResponse(id=found.id, properties=struct(kind, found.state), inputs=struct(kind, found.inputs))

    @told
    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind = _kind(request.type)
        state, inputs, where = values(kind, request.olds), values(kind, request.news), self._where(request)
        if request.preview:
            return proto.UpdateResponse(properties=struct(kind, _predicted(kind, where, inputs, state)))
        try:
            updated = lifecycle.update(kind, where, request.id, state, inputs)
        except lifecycle.HalfUpdated as error:
            half_done(context, request.id, struct(kind, error.state), request.news, str(error))
        return proto.UpdateResponse(properties=struct(kind, updated))

    @told
    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind = _kind(request.type)
        lifecycle.delete(kind, self._where(request), request.id, values(kind, request.properties))
        return Empty()

    @told
    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        function = next((one for one in FUNCTIONS if one.token == request.tok), None)
        if function is None:
            raise ScalekitError(f"there is no function {request.tok}")
        arguments = values(function.arguments, request.args)
        judged, failures = lifecycle.check(function.arguments, {}, arguments)
        if failures:
            refused = [_refused(function.arguments, one) for one in failures]
            return proto.InvokeResponse(failures=refused)
        answer = function.run(self._configured, judged)
        # `return` is a word of Python, so it cannot be passed by name.
        answered: dict[str, Any] = {"return": struct(function.answer, answer)}
        return proto.InvokeResponse(**answered)

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Send nothing more. What is in flight is finished and answered, so that its id is kept."""
        if self._environment:
            self._environment.client.cancel()
        return Empty()

    @property
    def _configured(self) -> Environment:
        if self._environment is None:
            raise ConfigurationError("the provider was not configured")
        return self._environment

    def _where(self, request: Any) -> Environment:
        """The environment for one call: its own deadline, and warnings that name its resource."""
        where = copy.copy(self._configured)
        seconds = getattr(request, "timeout", 0)
        object.__setattr__(where, "warn", lambda text: self._warn(request.urn, text))
        if seconds:
            object.__setattr__(where, "client", where.client.within(seconds))
        return where


def _settings(given: Any) -> dict[str, Any]:
    """A provider's own properties. A stack that comes from the dynamic provider has them with a prefix."""
    return {name.removeprefix("scalekit:"): value for name, value in properties(given).items()}


def _kind(token: str) -> Kind:
    kind = KINDS.get(token)
    if kind is None:
        raise ScalekitError(f"there is no resource type {token}; this version knows {', '.join(KINDS)}")
    return kind


def _refused(kind: Kind, failure: lifecycle.Failure) -> Any:
    name, reason = refusal(kind, failure.path, failure.reason)
    return proto.CheckFailure(property=name, reason=reason)


def _detail(change: Change) -> Any:
    return proto.PropertyDiff(kind=_KINDS[change.what] + (_REPLACE if change.replaces else 0), inputDiff=True)  # type: ignore[arg-type]


def _under(path: str, ignored: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in ignored)


def _predicted(kind: Kind, where: Environment, inputs: Values, state: Values) -> Values:
    """What a preview can know: inputs, outputs that stay, and that the rest is not known yet."""
    outputs = {
        field.name: state[field.name] if field.name in state and (field.stable or field.kept) else UNKNOWN
        for field in kind.outputs
    }
    return {**inputs, **outputs, "environment_url": where.url}
