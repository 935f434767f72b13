"""The floor that `make bench` measures against: two providers that only send the bare requests, under the same engine.

No validation, no comparison, no errors, no retries: what is left is the price of the engine, of Python and of HTTP.
"""

import base64
import os
import pickle
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
import httpx
import pulumi
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, ResourceProvider, UpdateResult
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

_lock = threading.Lock()
_client: list[httpx.Client] = []


def client() -> httpx.Client:
    """One client and one token for the process."""
    with _lock:
        if not _client:
            url = os.environ["SCALEKIT_ENVIRONMENT_URL"]
            form = {
                "grant_type": "client_credentials",
                "client_id": os.environ["SCALEKIT_CLIENT_ID"],
                "client_secret": os.environ["SCALEKIT_CLIENT_SECRET"],
            }
            token = httpx.post(f"{url}/oauth/token", data=form).json()["access_token"]
            headers = {"Authorization": f"Bearer {token}"}
            limits = httpx.Limits(max_connections=64, max_keepalive_connections=40)
            _client.append(httpx.Client(base_url=f"{url}/api/v1", headers=headers, limits=limits))
    return _client[0]


def ask(method, path, body=None):
    answer = client().request(method, path, json=body)
    answer.raise_for_status()
    return answer.json() if answer.content else {}


def settings(props):
    oidc = props["oidc"]
    return {
        "provider": props["provider"],
        "type": props["type"],
        "ui_button_title": props["uiButtonTitle"],
        "oidc_config": {name: oidc[name] for name in ("issuer", "client_id", "client_secret")},
    }


def create(props):
    """The id of a new object."""
    if "displayName" in props:
        body = {"display_name": props["displayName"], "external_id": props["externalId"]}
        return ask("POST", "/organizations", body)["organization"]["id"]
    above = f"/organizations/{props['organizationId']}/connections"
    id_ = ask("POST", above, {"provider": props["provider"], "type": props["type"]})["connection"]["id"]
    update(id_, props)
    if props["enabled"]:
        ask("PATCH", f"{above}/{id_}:enable")
    return id_


def read(id_, props):
    """The properties as they are."""
    if "displayName" in props:
        found = ask("GET", f"/organizations/{id_}")["organization"]
        return {**props, "displayName": found["display_name"], "externalId": found["external_id"]}
    found = ask("GET", f"/organizations/{props['organizationId']}/connections/{id_}")["connection"]
    return {**props, "uiButtonTitle": found["ui_button_title"]}


def update(id_, props):
    ask("PATCH", f"/organizations/{props['organizationId']}/connections/{id_}", settings(props))


def delete(id_, props):
    if "displayName" in props:
        ask("DELETE", f"/organizations/{id_}")
        return
    path = f"/organizations/{props['organizationId']}/connections/{id_}"
    ask("PATCH", f"{path}:disable")
    ask("DELETE", path)


class Bare(ResourceProvider):
    """The dynamic floor."""

    def check(self, _olds, news):
        return CheckResult(news, [])

    def diff(self, _id, olds, news):
        return DiffResult(changes=any(olds.get(name) != value for name, value in news.items()))

    def create(self, props):
        return CreateResult(create(props), dict(props))

    def read(self, id_, props):
        found = read(id_, props)
        return ReadResult(id_, found, found)

    def update(self, id_, _olds, news):
        update(id_, news)
        return UpdateResult(dict(news))

    def delete(self, id_, props):
        delete(id_, props)


_PICKLED = base64.b64encode(pickle.dumps(Bare(), protocol=4)).decode()


class _Resource(pulumi.CustomResource):
    """A resource of either floor."""

    def __init__(self, name, plugin, **props):
        kind = type(self).__name__
        if not plugin:
            props["__provider"] = _PICKLED
        super().__init__(f"bare:index:{kind}" if plugin else f"pulumi-python:dynamic/bare:{kind}", name, props)


class Organization(_Resource):
    pass


class Connection(_Resource):
    pass


class BarePlugin(provider_pb2_grpc.ResourceProviderServicer):
    """The plugin floor."""

    def Handshake(self, request, context):
        return provider_pb2.ProviderHandshakeResponse()

    def CheckConfig(self, request, context):
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request, context):
        return provider_pb2.DiffResponse()

    def Configure(self, request, context):
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def GetPluginInfo(self, request, context):
        return plugin_pb2.PluginInfo(version="0.0.1")

    def Check(self, request, context):
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request, context):
        same = request.old_inputs == request.news
        kinds = provider_pb2.DiffResponse.DiffChanges
        return provider_pb2.DiffResponse(changes=kinds.DIFF_NONE if same else kinds.DIFF_SOME)

    def Create(self, request, context):
        id_ = "" if request.preview else create(MessageToDict(request.properties))
        return provider_pb2.CreateResponse(id=id_, properties=request.properties)

    def Read(self, request, context):
        seen = ParseDict(read(request.id, MessageToDict(request.inputs)), Struct())
        return provider_pb2.ReadResponse(id=request.id, properties=seen, inputs=seen)

    def Update(self, request, context):
        if not request.preview:
            update(request.id, MessageToDict(request.news))
        return provider_pb2.UpdateResponse(properties=request.news)

    def Delete(self, request, context):
        delete(request.id, MessageToDict(request.properties))
        return Empty()

    def Cancel(self, request, context):
        return Empty()


def serve():
    server = grpc.server(ThreadPoolExecutor(32))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(BarePlugin(), server)
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    sys.exit(serve())
