"""The dynamic provider: what `pip install` gives, with no plugin to install.

The state of every resource names `DynamicProvider` (`model.provider_string`), so its name is a file format: the class belongs
to `pulumi_scalekit`, whatever file it stands in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.output import Unknown

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import GUARDED, OWN_ID, from_state, to_state
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.provider import dynamic_host
from pulumi_scalekit.provider.checked import checked
from pulumi_scalekit.provider.grpc_values import plain, secret
from pulumi_scalekit.provider.hidden_outputs import INSTANCE, hidden_outputs, instance
from pulumi_scalekit.provider.undo import undo_create, undo_update
from pulumi_scalekit.provider.wording import refusal
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects

P = ParamSpec("P")
R = TypeVar("R")


class _Shown(ScalekitError):
    """An expected error as a user sees it: the SDK puts the name of the class before the message."""


_Shown.__module__, _Shown.__qualname__, _Shown.__name__ = "builtins", "Scalekit", "Scalekit"


def _expected(operation: Callable[P, R]) -> Callable[P, R]:
    """Show an expected error as its message alone. A bug keeps its traceback.

    The SDK prints a traceback over every exception, as far as `sys.tracebacklimit` allows. That is process-wide, so it is
    set at the last moment, both ways: another thread may have set it for its own.
    """

    @wraps(operation)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with dynamic_host.a_call():
                return operation(*args, **kwargs)
        except ScalekitError as error:
            sys.tracebacklimit = 0
            raise _Shown(str(error)) from None
        except BaseException:
            sys.tracebacklimit = 1000
            raise

    return call


class DynamicProvider(ResourceProvider):
    """Serves one kind of resource to Pulumi's dynamic provider host.

    Args:
        token: The type of the resource, `scalekit:index:Organization`. The only thing that is pickled.

    """

    # The state of every resource names this class. The name must not follow the file that it stands in.
    __module__ = "pulumi_scalekit"

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token

    def __reduce__(self) -> tuple[type[DynamicProvider], tuple[str]]:
        return DynamicProvider, (self.token,)

    @property
    def kind(self) -> Kind:
        return KINDS[self.token]

    @_expected
    def configure(self, req: ConfigureRequest) -> None:
        """Take the stack's configuration. Called once per process and kind; nothing is sent."""
        self._environment = environment(_Config(req), dynamic_host.run())
        self._environment.warn = dynamic_host.warn
        dynamic_host.end_with_engine(self._environment.client.cancel)

    @_expected
    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        kind = self.kind
        old = _known(kind, _olds)
        self._environment.run.declare(kind.token, lifecycle.identity(kind, old))
        found = checked(kind, self._environment, old, _known(kind, news))
        for show, shown in ((self._environment.warn, found.warnings), (dynamic_host.note, found.notes)):
            for finding in shown:
                show(f"{kind.label_with_owner(found.inputs)}: {refusal(kind, finding, python=True)}")
        return CheckResult(
            to_state(kind, _unknown(found.inputs), plain),
            [CheckFailure("", refusal(kind, failure, python=True)) for failure in found.failures],
        )

    @_expected
    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        objects = self._objects(str(_olds.get(INSTANCE, "")))
        state, news = _known(objects.kind, _olds), _known(objects.kind, _news)
        found = lifecycle.diff(objects, _id, state, state, news)
        # A delete is handed the outputs alone, so they have to say what the plugin reads from the inputs.
        guarded = GUARDED in _olds
        again = found.moves or lifecycle.is_guarded(objects, news, before=guarded) != guarded
        if not found.changes and not again and _olds.get("__provider") == _news.get("__provider"):
            # A state of the plugin has it in its outputs alone, and the engine would see an added input.
            return DiffResult(changes=False)
        # No verdict: the engine then compares the inputs itself, property by property, and honours ignoreChanges and
        # replaceOnChanges. It also updates a state without __provider, with which it could neither refresh nor delete.
        return DiffResult(
            changes=True if again or found.in_doubt else None,
            replaces=found.replaces,
            delete_before_replace=found.delete_first or None,
        )

    @_expected
    def create(self, props: dict[str, Any]) -> CreateResult:
        mine = instance({})
        objects = self._objects(mine)
        kind, inputs = objects.kind, _known(objects.kind, props)
        try:
            created = lifecycle.create(objects, inputs)
        except lifecycle.InitFailed as error:
            # Without an answer the engine keeps nothing of the resource, so nothing may stay behind.
            raise undo_create(objects, error) from None
        guarded = lifecycle.is_guarded(objects, inputs, before=False)
        hidden = hidden_outputs(mine, guarded=guarded)
        return CreateResult(created.id, {**to_state(kind, created.state, secret), **hidden})

    @_expected
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        kind = self.kind
        before, mine = _known(kind, props), instance(props)
        found = lifecycle.read(self._objects(mine), id_, before)
        if found is None:
            if "environment_url" not in before:
                # The engine takes any answer to a `get` for an object, since __provider is always in it.
                raise ScalekitError(f"reading {kind.words} {id_}: it does not exist in {self._environment.url}.")
            return ReadResult("", {})
        outputs = {**to_state(kind, found.state, secret), **hidden_outputs(mine, guarded=GUARDED in props)}
        if kind.api.lookups and "environment_url" not in before:
            outputs[OWN_ID] = found.id
        # The engine marks inputs as they were marked before. A mark of ours inside a block that is secret as a whole would be
        # one more than the program's, and a difference for ever.
        mark = plain if "environment_url" in before else secret
        return ReadResult(found.id, outputs, to_state(kind, found.inputs, mark))

    @_expected
    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        mine = instance(_olds)
        objects = self._objects(mine)
        kind, before, inputs = objects.kind, _known(objects.kind, _olds), _known(objects.kind, _news)
        try:
            state = lifecycle.update(objects, _id, before, inputs)
        except lifecycle.HalfUpdated as error:
            # The engine keeps the state of before, so that must be true of a secret that no read shows.
            raise undo_update(objects, _id, error, before, inputs) from None
        guarded = lifecycle.is_guarded(objects, inputs, before=GUARDED in _olds)
        return UpdateResult({**to_state(kind, state, secret), **hidden_outputs(mine, guarded=guarded)})

    @_expected
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        objects = self._objects(str(_props.get(INSTANCE, "")))
        lifecycle.delete(objects, _id, _known(objects.kind, _props), guarded=GUARDED in _props)

    def _objects(self, instance: str) -> Objects:
        """The objects of this kind, for one call about one resource."""
        return Objects(self.kind, self._environment.for_call(resource=instance))


class _Config(Mapping[str, str]):
    """The stack's configuration as a mapping. Without a colon the SDK would put the project's name before a key."""

    def __init__(self, request: ConfigureRequest) -> None:
        self._get = request.config.get
        # An explicit provider that comes back from the plugin: a preview still has what it was given there, unprefixed.
        self._unprefixed: Mapping[str, Any] = getattr(request.config, "_props", {})

    def __getitem__(self, key: str) -> str:
        value = self._get(key)
        if value is None:
            value = self._unprefixed.get(key.removeprefix("scalekit:"))
        if value is None:
            raise KeyError(key)
        return str(value)

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


def _known(kind: Kind, properties: Mapping[str, Any]) -> Values:
    return from_state(kind, _replace(properties, lambda value: UNKNOWN if isinstance(value, Unknown) else value))


def _unknown(values: Values) -> Values:
    replaced: Values = _replace(values, lambda value: Unknown() if value is UNKNOWN else value)  # type: ignore[no-untyped-call]
    return replaced


def _replace(value: Any, leaf: Callable[[Any], Any]) -> Any:
    if isinstance(value, Mapping):
        return {key: _replace(item, leaf) for key, item in value.items()}
    if isinstance(value, list):
        return [_replace(item, leaf) for item in value]
    return leaf(value)
