"""The provider plugin: Pulumi's provider protocol over the lifecycle, for every language.

Nothing here knows a resource or a function by name: adding one needs no line in this file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit import __version__, lifecycle
from pulumi_scalekit.api.errors import ConfigurationError, ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import GUARDED, OWN_ID
from pulumi_scalekit.model.paths import astray, in_python, leads_to
from pulumi_scalekit.model.provider_string import provider_string
from pulumi_scalekit.model.registry import FUNCTIONS, KINDS
from pulumi_scalekit.model.setting import VARIABLES, judge
from pulumi_scalekit.provider import listing, plugin_settings
from pulumi_scalekit.provider.checked import checked
from pulumi_scalekit.provider.detailed_diff import detail
from pulumi_scalekit.provider.grpc_errors import as_grpc_error, init_failed, missing_settings
from pulumi_scalekit.provider.grpc_values import plain, properties, struct, values
from pulumi_scalekit.provider.hidden_outputs import INSTANCE, hidden_outputs, instance
from pulumi_scalekit.provider.wording import in_state_names, refusal
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.remote.run import Run

_AFTER_THE_UPDATE = "(known after pulumi up)"

Show = Callable[[str, str], None]


class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """One provider instance, as the engine starts it.

    Args:
        warn: Shows the user a warning about a resource: (URN, text).
        of_python: Whether the user's program is written in Python, whose names messages then have. Called when there is a message.
        run: What this run of the engine holds.
        note: Shows what is no warning.

    """

    def __init__(
        self,
        warn: Show = lambda _urn, _text: None,
        of_python: Callable[[], bool] = lambda: True,
        run: Run | None = None,
        note: Show = lambda _urn, _text: None,
    ) -> None:
        self._warn = warn
        self._note = note
        self._run = run
        self._of_python = of_python
        self._environment: Environment | None = None
        # What the states of this run call each resource, by URN: a create is handed no state.
        self._instances: dict[str, str] = {}

    def say(self, text: str) -> str:
        """A message with the names of the user's language."""
        return text if self._of_python() else in_state_names(text)

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        return proto.ProviderHandshakeResponse(accept_secrets=False, accept_resources=False, accept_outputs=False)

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Any:
        return Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=__version__)

    def GetSchema(self, request: Any, context: grpc.ServicerContext) -> Any:
        # Late: only who generates code asks for it.
        from pulumi_scalekit.publish import schema

        text = schema.as_json(list(KINDS.values()), tuple(FUNCTIONS.values()), __version__)
        return proto.GetSchemaResponse(schema=text)

    @as_grpc_error
    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        # urn:pulumi:STACK::PROJECT::TYPE::NAME
        project = request.urn.split("::")[1] if "::" in request.urn else ""
        # Not at the property: the engine would print its value, which may be a secret under a misspelt name.
        found = judge(plugin_settings.given(request.news), project=project)
        failures = [proto.CheckFailure(reason=reason) for _, reason in found]
        return proto.CheckResponse(inputs=request.news, failures=failures)

    @as_grpc_error
    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        old, new = plugin_settings.given(request.olds), plugin_settings.given(request.news)
        changed = sorted(name for name in VARIABLES if old.get(name) != new.get(name))
        # Never a replacement: a replaced provider would replace every resource in it.
        changes = proto.DiffResponse.DIFF_SOME if changed else proto.DiffResponse.DIFF_NONE
        return proto.DiffResponse(changes=changes, diffs=changed)

    @as_grpc_error
    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        given = plugin_settings.judged(request.args)
        if missing := plugin_settings.missing(given):
            missing_settings(context, missing)
        self._environment = environment({f"scalekit:{name}": str(value) for name, value in given.items()}, self._run)
        return proto.ConfigureResponse(supportsPreview=True, acceptSecrets=False, acceptResources=False)

    @as_grpc_error
    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        kind = _kind(request.type)
        old = values(kind, request.olds)
        if self._environment:
            self._environment.run.declare(kind.token, lifecycle.identity(kind, old))
        found = checked(kind, self._environment, old, values(kind, request.news), resource=request.urn)
        inputs = found.inputs
        guarded = GUARDED in request.olds.fields
        if self._environment and lifecycle.is_guarded(Objects(kind, self._environment), inputs, before=guarded):
            inputs = {**inputs, GUARDED: True}
        for show, shown in ((self._warn, found.warnings), (self._note, found.notes)):
            for finding in shown:
                show(request.urn, self._sentence(kind, finding))
        return proto.CheckResponse(
            inputs=struct(kind, inputs, plain),
            failures=[proto.CheckFailure(reason=self._sentence(kind, failure)) for failure in found.failures],
        )

    @as_grpc_error
    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        objects = self._objects(request, request.olds)
        kind = objects.kind
        state = values(kind, request.olds)
        old = values(kind, request.old_inputs) if request.old_inputs.fields else state
        found = lifecycle.diff(objects, request.id, state, old, values(kind, request.news))
        changes = [
            change for change in found.changes if not any(leads_to(path, change.path) for path in request.ignoreChanges)
        ]
        # Only a program in another language brings such paths here. They must not hold up a refresh, which has them from the state.
        for reason in filter(None, (astray(kind, path) for path in request.ignoreChanges)):
            self._warn(request.urn, f"ignoreChanges: {reason}.")
        for change in changes:
            if change.handed_back:
                path = in_python(kind, change.path) if self._of_python() else change.path
                self._warn(request.urn, f"{path} is no longer declared: Scalekit keeps it as it is.")
        detailed = {change.path: detail(change) for change in changes}
        if found.moves:
            detailed["environmentUrl"] = proto.PropertyDiff(kind=proto.PropertyDiff.UPDATE)
        return proto.DiffResponse(
            changes=proto.DiffResponse.DIFF_SOME if detailed else proto.DiffResponse.DIFF_NONE,
            replaces=list(dict.fromkeys(change.property for change in changes if change.replaces)),
            diffs=list(dict.fromkeys([*(change.property for change in changes), *(["environmentUrl"] * found.moves)])),
            detailedDiff=detailed,
            hasDetailedDiff=True,
            deleteBeforeReplace=found.delete_first,
            stables=[field.state for field in kind.outputs if field.stable],
        )

    @as_grpc_error
    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        # A replacement is the same resource: the old object is not in the hands of another resource.
        mine = self._instances.get(request.urn) or instance({})
        objects = self._objects(request, resource=mine)
        kind, inputs = objects.kind, values(objects.kind, request.properties)
        if request.preview:
            predicted = lifecycle.preview(objects, inputs, {})
            return proto.CreateResponse(properties=_state(kind, predicted, request.properties, mine))
        try:
            created = lifecycle.create(objects, inputs)
        except lifecycle.InitFailed as error:
            kept = error.created
            state = _state(kind, kept.state, request.properties, mine)
            init_failed(context, kept.id, state, request.properties, self.say(str(error)))
        return proto.CreateResponse(id=created.id, properties=_state(kind, created.state, request.properties, mine))

    @as_grpc_error
    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        objects = self._objects(request, request.properties)
        kind, before = objects.kind, values(objects.kind, request.properties)
        found = lifecycle.read(objects, request.id, before)
        if found is None:
            # Neither properties nor inputs: only that means "it does not exist" to refresh, get and import alike.
            return proto.ReadResponse()
        outputs = _state(kind, found.state, request.inputs, instance(properties(request.properties)))
        inputs = struct(kind, {**found.inputs, **({GUARDED: True} if GUARDED in request.inputs.fields else {})})
        if kind.api.lookups and "environment_url" not in before:
            outputs[OWN_ID] = found.id
        return proto.ReadResponse(id=found.id, properties=outputs, inputs=inputs)

    @as_grpc_error
    def List(self, request: Any, context: grpc.ServicerContext) -> Any:
        return listing.answer(request, Objects(_kind(request.token), self._configured), context)

    @as_grpc_error
    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        objects, mine = self._objects(request, request.olds), instance(properties(request.olds))
        kind = objects.kind
        state, inputs = values(kind, request.olds), values(kind, request.news)
        if request.preview:
            predicted = lifecycle.preview(objects, inputs, state)
            return proto.UpdateResponse(properties=_state(kind, predicted, request.news, mine))
        try:
            updated = lifecycle.update(objects, request.id, state, inputs)
        except lifecycle.HalfUpdated as error:
            state = _state(kind, error.state, request.news, mine)
            init_failed(context, request.id, state, request.news, self.say(str(error)))
        return proto.UpdateResponse(properties=_state(kind, updated, request.news, mine))

    @as_grpc_error
    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        objects = self._objects(request, request.properties)
        state = values(objects.kind, request.properties)
        lifecycle.delete(objects, request.id, state, guarded=GUARDED in request.old_inputs)
        return Empty()

    @as_grpc_error
    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        function = FUNCTIONS.get(request.tok)
        if function is None:
            raise ScalekitError(f"there is no function {request.tok}")
        arguments = values(function.arguments, request.args)
        judged, failures = lifecycle.check(function.arguments, {}, arguments)
        if failures:
            refused = [
                proto.CheckFailure(property=failure.path, reason=self.say(failure.reason)) for failure in failures
            ]
            return proto.InvokeResponse(failures=refused)
        if function.writes and request.preview:
            # The engine takes no unknown value from a function, and programs read its keys.
            later: Values = {"text": _AFTER_THE_UPDATE, "flag": False}
            answer = {field.name: later[field.shape.name] for field in function.outputs if field.shape.name in later}
        else:
            given = (lambda text: self._warn("", self.say(text))) if function.local else self._configured
            answer = function.values(function.call(given, **judged))
        # `return` is a word of Python, so it cannot be passed by name.
        answered: dict[str, Any] = {"return": struct(function.answer, answer)}
        return proto.InvokeResponse(**answered)

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Send nothing more. What is in flight is finished and answered, so that its id is kept."""
        if self._environment:
            self._environment.client.cancel()
        return Empty()

    def _sentence(self, kind: Kind, failure: lifecycle.Failure) -> str:
        """A broken rule in the names of the user's language, the property's path first."""
        return self.say(refusal(kind, failure, python=self._of_python()))

    @property
    def _configured(self) -> Environment:
        if self._environment is None:
            raise ConfigurationError("the provider was not configured")
        return self._environment

    def _objects(self, request: Any, outputs: Any = None, *, resource: str = "") -> Objects:
        """The objects of a kind for one call: its own deadline, and warnings that name its resource.

        Args:
            request: The call.
            outputs: The outputs in the state, which tell the resource from others.
            resource: What tells a resource from others that is in no state yet.

        """
        known = outputs.fields[INSTANCE].string_value if outputs and INSTANCE in outputs.fields else request.urn
        if outputs and INSTANCE in outputs.fields:
            self._instances[request.urn] = known
        here = self._configured.for_call(
            resource=resource or known,
            warn=lambda text: self._warn(request.urn, self.say(text)),
            seconds=getattr(request, "timeout", 0),
        )
        return Objects(_kind(request.type), here)


def _kind(token: str) -> Kind:
    kind = KINDS.get(token)
    if kind is None:
        raise ScalekitError(f"there is no resource type {token}; this version knows {', '.join(KINDS)}")
    return kind


def _state(kind: Kind, found: Values, inputs: Any, mine: str) -> Any:
    """A resource's state, with what the dynamic provider looks for in it: so a stack goes there without an update.

    Args:
        kind: The resource's description.
        found: Its inputs and outputs.
        inputs: What was declared.
        mine: What tells the resource from others.

    """
    state = struct(kind, found)
    state.fields["__provider"].string_value = provider_string(kind.token)
    state.update(hidden_outputs(mine, guarded=GUARDED in inputs.fields))
    return state
