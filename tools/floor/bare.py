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


def post(props):
    body = {"display_name": props["displayName"], "external_id": props["externalId"]}
    return client().post("/organizations", json=body).json()["organization"]["id"]


def get(id_):
    return client().get(f"/organizations/{id_}").json()["organization"]


def delete(id_):
    client().delete(f"/organizations/{id_}")


class Bare(ResourceProvider):
    """The dynamic floor."""

    def check(self, _olds, news):
        return CheckResult(news, [])

    def diff(self, _id, _olds, _news):
        return DiffResult(changes=None)

    def create(self, props):
        return CreateResult(post(props), dict(props))

    def read(self, id_, props):
        found = get(id_)
        seen = {"displayName": found["display_name"], "externalId": found["external_id"]}
        return ReadResult(id_, {**props, **seen}, seen)

    def update(self, _id, _olds, news):
        return UpdateResult(dict(news))

    def delete(self, _id, _props):
        delete(_id)


_PICKLED = base64.b64encode(pickle.dumps(Bare(), protocol=4)).decode()


class Organization(pulumi.CustomResource):
    """An organization of either floor."""

    def __init__(self, name, display_name, external_id, *, plugin):
        props = {"displayName": display_name, "externalId": external_id}
        if not plugin:
            props["__provider"] = _PICKLED
        super().__init__(
            "bare:index:Organization" if plugin else "pulumi-python:dynamic/bare:Organization", name, props
        )


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
        return provider_pb2.DiffResponse()

    def Create(self, request, context):
        id_ = "" if request.preview else post(MessageToDict(request.properties))
        return provider_pb2.CreateResponse(id=id_, properties=request.properties)

    def Read(self, request, context):
        found = get(request.id)
        seen = ParseDict({"displayName": found["display_name"], "externalId": found["external_id"]}, Struct())
        return provider_pb2.ReadResponse(id=request.id, properties=seen, inputs=seen)

    def Delete(self, request, context):
        delete(request.id)
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
