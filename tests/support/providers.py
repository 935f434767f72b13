"""Both providers as the engine sees them.

Values go the way they go over the wire: numbers as floats, no nulls, secrets unwrapped on the way in and encrypted (here:
noted) on the way back.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn, Protocol

import grpc
from google.protobuf import json_format, struct_pb2
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.output import Unknown
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import status_pb2

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.declarations import Declarations
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import NOTES
from pulumi_scalekit.provider.dynamic import DynamicProvider
from pulumi_scalekit.provider.plugin import Plugin

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET_KEY = "4dabf18193072939515e22adb298388d"
Props = dict[str, Any]


class Provider(Protocol):
    """One of the two providers, as the engine sees it."""

    def check(self, olds: Props, news: Props) -> tuple[Props, dict[str, str]]: ...
    def replaces(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> tuple[list[str], bool]: ...
    def insists(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> bool: ...
    def create(self, news: Props) -> tuple[str, Props]: ...
    def read(self, id: str, inputs: Props, outputs: Props) -> tuple[str, Props, Props] | None: ...
    def update(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> Props: ...
    def delete(self, id: str, outputs: Props) -> None: ...


class Dynamic:
    """The dynamic provider, as the SDK's host calls it."""

    tells_absence = False
    """The engine takes whatever a `get` returns for an object, so one that is not there has to be an error."""

    def __init__(self, kind: Kind, config: dict[str, str]) -> None:
        self.provider = DynamicProvider(kind.token)
        self.provider.configure(ConfigureRequest(Config(config, "project")))

    def check(self, olds: Props, news: Props) -> tuple[Props, dict[str, str]]:
        # Each command of the engine has a process of its own, and in it a resource is checked once.
        self.provider._environment.run.declarations = Declarations()
        result = self.provider.check(sent(olds), sent(news))
        return result.inputs, refused(result.failures)

    def replaces(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> tuple[list[str], bool]:
        result = self.provider.diff(id, sent(old_outputs), sent(news))
        assert result.changes is not False or plain(news) == plain(old_inputs)
        return result.replaces or [], bool(result.delete_before_replace)

    def insists(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> bool:
        return bool(self.provider.diff(id, sent(old_outputs), sent(news)).changes)

    def create(self, news: Props) -> tuple[str, Props]:
        result = self.provider.create(sent(news))
        return result.id, result.outs or {}

    def read(self, id: str, inputs: Props, outputs: Props) -> tuple[str, Props, Props] | None:
        result = self.provider.read(id, sent(outputs))
        if not result.id:
            return None
        return result.id, marked_as(inputs, result.inputs), result.outs or {}

    def update(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> Props:
        return self.provider.update(id, sent(old_outputs), sent(news)).outs or {}

    def delete(self, id: str, outputs: Props) -> None:
        self.provider.delete(id, sent(outputs))


_SENTENCE = re.compile(r"""((?:\["[^"]*"\]|\[\d+\]|[^\s:\[])+)(:?) (.+)""", re.DOTALL)


def refused(failures: Any) -> dict[str, str]:
    """What a check refused, by the property's path in the state's names.

    The path stands in the reason, before it or in place of the property's name: of a property that is named beside it the
    engine prints the value, secret or not.
    """
    assert not any(one.property for one in failures)
    sentences = [found.groups() for one in failures if (found := _SENTENCE.fullmatch(one.reason))]
    assert len(sentences) == len(failures)
    return {
        re.sub("_([a-z])", lambda found: found[1].upper(), path): reason if colon else f"{path.split('.')[-1]} {reason}"
        for path, colon, reason in sentences
    }


class Refused(ScalekitError):
    """The plugin answered with a status instead of a result."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.status_code = code


class InitFailed(Refused):
    """The plugin answered that the object is there and not finished: the engine keeps what it was told."""

    def __init__(self, code: grpc.StatusCode, message: str, half: proto.ErrorResourceInitFailed) -> None:
        super().__init__(code, message)
        self.id, self.outputs, self.inputs = half.id, from_struct(half.properties), from_struct(half.inputs)
        self.reasons = list(half.reasons)


class Aborted(Exception):
    """How gRPC leaves a method whose call has its answer already."""


class Context:
    """What gRPC hands to a servicer."""

    refusal: Refused | None = None

    def abort(self, code: grpc.StatusCode, details: str) -> NoReturn:
        assert code != grpc.StatusCode.INTERNAL, details  # a bug of ours
        self.refusal = Refused(code, details)
        raise Aborted

    def abort_with_status(self, status: Any) -> NoReturn:
        told = status_pb2.Status.FromString(dict(status.trailing_metadata)["grpc-status-details-bin"])
        half = proto.ErrorResourceInitFailed()
        is_half = bool(told.details) and told.details[0].Unpack(half)
        self.refusal = (
            InitFailed(status.code, status.details, half) if is_half else Refused(status.code, status.details)
        )
        raise Aborted

    def code(self) -> grpc.StatusCode | None:
        return self.refusal and self.refusal.status_code


class Served:
    """The plugin's methods, called as gRPC would: with messages that went over the wire."""

    tells_absence = True

    def __init__(self, kind: Kind, config: dict[str, str]) -> None:
        self.kind, self.plugin = kind, Plugin(lambda _urn, text: print(text))  # noqa: T201 - as the engine shows it
        given = {key.removeprefix("scalekit:"): value for key, value in config.items()}
        secret = {SECRET_KEY: "1b47061264138c4ac30d75fd1eb44270", "value": given.pop("clientSecret")}
        self.call("Configure", proto.ConfigureRequest(args=to_struct({**given, "clientSecret": secret})))

    def call(self, method: str, request: Any) -> Any:
        arrived = type(request).FromString(request.SerializeToString())
        context = Context()
        try:
            answer = getattr(self.plugin, method)(arrived, context)
        except Aborted:
            assert context.refusal
            raise context.refusal from None
        return type(answer).FromString(answer.SerializeToString())

    def page_of_list(self, query: Props | None = None, **wanted: Any) -> tuple[list[tuple[str, str]], str]:
        """One page: (id, name) of each object, and the token for the next one."""
        asked = proto.ListRequest(token=self.kind.token, query=to_struct(query or {}), **wanted)
        arrived, context = proto.ListRequest.FromString(asked.SerializeToString()), Context()
        try:
            answers = [
                proto.ListResponse.FromString(one.SerializeToString()) for one in self.plugin.List(arrived, context)
            ]
        except Aborted:
            assert context.refusal
            raise context.refusal from None
        # A token ends an answer, and comes once.
        assert [one.WhichOneof("response") for one in answers[:-1]] == ["result"] * len(answers[:-1])
        results = [(one.result.id, one.result.name) for one in answers if one.HasField("result")]
        return results, answers[-1].continuation.continuation_token if answers else ""

    def check(self, olds: Props, news: Props) -> tuple[Props, dict[str, str]]:
        urn = f"urn:pulumi:dev::project::{self.kind.token}::resource"
        request = proto.CheckRequest(
            urn=urn, type=self.kind.token, olds=to_struct(sent(olds)), news=to_struct(sent(news))
        )
        answer = self.call("Check", request)
        return from_struct(answer.inputs), refused(answer.failures)

    def diff(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> Any:
        request = proto.DiffRequest(
            id=id,
            type=self.kind.token,
            olds=to_struct(sent(old_outputs)),
            old_inputs=to_struct(sent(old_inputs)),
            news=to_struct(sent(news)),
        )
        return self.call("Diff", request)

    def replaces(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> tuple[list[str], bool]:
        answer = self.diff(id, old_inputs, old_outputs, news)
        if plain(news) != plain(old_inputs):
            assert answer.changes == proto.DiffResponse.DIFF_SOME
            changed, shown = (
                set(changed_paths(plain(old_inputs), plain(news))),
                set(answer.detailedDiff) - {"environmentUrl"},
            )
            # A note of a secret in doubt is a change that no input shows.
            assert shown == changed or (NOTES in old_outputs and changed < shown)
        return list(answer.replaces), answer.deleteBeforeReplace

    def insists(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> bool:
        return self.diff(id, old_inputs, old_outputs, news).changes == proto.DiffResponse.DIFF_SOME

    def create(self, news: Props) -> tuple[str, Props]:
        request = proto.CreateRequest(type=self.kind.token, properties=to_struct(sent(news)), preview=True)
        predicted = from_struct(self.call("Create", request).properties)
        request.preview = False
        answer = self.call("Create", request)
        outputs = from_struct(answer.properties)
        assert not set(sent(outputs)) - set(predicted), "a preview left out what the create brought"
        return answer.id, outputs

    def read(self, id: str, inputs: Props, outputs: Props) -> tuple[str, Props, Props] | None:
        request = proto.ReadRequest(
            id=id, type=self.kind.token, inputs=to_struct(sent(inputs)), properties=to_struct(sent(outputs))
        )
        answer = self.call("Read", request)
        if not answer.id:
            assert not answer.HasField("properties")
            assert not answer.HasField("inputs")
            return None
        return answer.id, from_struct(answer.inputs), from_struct(answer.properties)

    def update(self, id: str, old_inputs: Props, old_outputs: Props, news: Props) -> Props:
        request = proto.UpdateRequest(
            id=id,
            type=self.kind.token,
            olds=to_struct(sent(old_outputs)),
            old_inputs=to_struct(sent(old_inputs)),
            news=to_struct(sent(news)),
            preview=True,
        )
        predicted = from_struct(self.call("Update", request).properties)
        request.preview = False
        outputs = from_struct(self.call("Update", request).properties)
        known = {key: value for key, value in sent(predicted).items() if value != UNKNOWN}
        assert {key: sent(outputs).get(key) for key in known} == known, "a preview promised what did not come"
        return outputs

    def delete(self, id: str, outputs: Props) -> None:
        self.call("Delete", proto.DeleteRequest(id=id, type=self.kind.token, properties=to_struct(sent(outputs))))


def to_struct(value: dict[str, Any]) -> struct_pb2.Struct:
    """JSON as protobuf has it; an unknown value is its sentinel."""
    made = struct_pb2.Struct()
    json_format.ParseDict(_sentinels(value), made)
    return made


def _sentinels(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sentinels(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_sentinels(item) for item in value]
    return UNKNOWN if isinstance(value, Unknown) else value


def from_struct(struct: struct_pb2.Struct) -> dict[str, Any]:
    """And back."""
    return json_format.MessageToDict(struct)


PROVIDERS: dict[str, Any] = {"dynamic": Dynamic, "plugin": Served}


def sent(value: Any) -> Any:
    """A value as a provider that accepts no secrets gets it."""
    if isinstance(value, dict):
        if SECRET_KEY in value:
            return sent(value["value"])
        return {key: sent(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [sent(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def marked_as(before: Any, value: Any) -> Any:
    """A provider's answer with the marks that the engine adds: what was secret before is secret."""
    if isinstance(before, dict) and SECRET_KEY in before:
        return {**before, "value": value}
    if isinstance(before, dict) and isinstance(value, dict) and SECRET_KEY not in value:
        return {key: marked_as(before.get(key), item) for key, item in value.items()}
    return value


def plain(value: Any) -> Any:
    """The same, to compare: an unknown value equals nothing."""
    value = sent(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if not key.startswith("__")}
    return object() if isinstance(value, Unknown) else value


def changed_paths(old: Any, new: Any, above: str = "") -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        keys = {*old, *new}
        return [
            path for key in keys for path in changed_paths(old.get(key), new.get(key), f"{above}.{key}".lstrip("."))
        ]
    return [] if old == new else [above]
