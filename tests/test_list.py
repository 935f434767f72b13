"""`List`: every kind of which Scalekit tells what there is, page by page, and no request for a page that nobody asked for."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.provider.plugin import Plugin
from tests.support.api_variants import API_VARIANTS
from tests.support.cases import CASES
from tests.support.providers import UNKNOWN, Context, Refused, Served, plain, to_struct
from tests.support.stack import Stack

LISTABLE = [case for case in CASES if KINDS[case.token].is_listable]


@pytest.fixture
def switches(request) -> Switches:
    given = getattr(request.node, "callspec", None)
    params = given.params if given else {}
    pins = params["case"].pins if "case" in params else {}
    return replace(API_VARIANTS[params.get("variant", "default")], **pins)


@pytest.fixture
def served(config):
    """Makes the plugin, to ask for a kind: `served("Organization")`."""
    return lambda name: Served(KINDS[f"scalekit:index:{name}"], config)


def pages(provider, query=None, **wanted):
    """All pages, each asked for with what the last one ended with."""
    token, found = "", []
    while True:
        results, token = provider.page_of_list(query, continuation_token=token, **wanted)
        found.append(results)
        if not token:
            return found


def given(kind, program):
    """What a program says of what the objects are listed below."""
    names = [kind.by_name[name].state for name in kind.list_inputs]
    return {name: program[name] for name in names if name in program}


def requests(emulator, before):
    return [(entry.rpc.partition(".")[2], parse_qs(entry.query)) for entry in emulator.ledger.since(before)]


def test_what_is_not_listable():
    """The settings of a connection are declared with it; nothing says which connections have some, or who added a permission; and
    members are people.
    """
    assert {kind.name for kind in KINDS.values() if not kind.is_listable} == {
        "ConnectionSettings",
        "OrganizationMember",
        "RolePermissions",
    }


@pytest.mark.parametrize("case", LISTABLE, ids=str)
def test_an_object_is_listed_with_what_get_and_import_take(case, variant, config, api, emulator):
    kind, program = KINDS[case.token], case.program(api)
    stack = Stack(Served(kind, config))
    stack.up(program)
    query = given(kind, program)

    before = emulator.ledger.mark()
    listed = pages(stack.provider, query)
    found = [one for page in listed for one in page]

    # Who goes on in a further list reads the first one again, to know what it held. Where it held nothing, both are one page.
    further = [listing for listing in kind.api.listings if listing.further]
    assert len(listed) in ((1, 2) if further else (1,))
    assert len(emulator.ledger.since(before)) == len(listed) + len(further)
    import_id = kind.import_id(from_state(kind, plain(stack.outputs)), stack.id)
    if case.name.startswith("inherited"):
        assert found == [], "it says no more than that the organization has nothing of its own"
        return
    assert import_id in [id_ for id_, _ in found]
    assert dict(found)[import_id] == kind.title(from_state(kind, program))
    read = Served(kind, config).read(import_id, {}, {})
    assert read
    assert read[0] == stack.id


@pytest.mark.parametrize("case", [case for case in LISTABLE if not case.setting], ids=str)
def test_what_is_gone_is_not_listed(case, config, api, emulator):
    kind, program = KINDS[case.token], case.program(api)
    stack = Stack(Served(kind, config))
    stack.up(program)
    query = given(kind, program)
    before = stack.provider.page_of_list(query)[0]
    case.place.remove(emulator.store, stack.id, program)
    assert len(stack.provider.page_of_list(query)[0]) == len(before) - 1


def test_a_page_of_the_list_is_one_of_scalekit_and_the_next_is_asked_for_when_it_is_wanted(served, api, emulator):
    made = [api.post("/organizations", {"display_name": f"No {n}"})["organization"]["id"] for n in range(250)]
    before = emulator.ledger.mark()
    found, token = served("Organization").page_of_list()
    assert found == [(id_, f"No {249 - n}") for n, id_ in enumerate(reversed(made)) if n < 100]
    assert requests(emulator, before) == [("ListOrganization", {"page_size": ["100"]})]
    # Another process may go on.
    rest = served("Organization").page_of_list(continuation_token=token)
    assert len(rest[0]) == 100
    last, end = served("Organization").page_of_list(continuation_token=rest[1])
    assert [id_ for id_, _ in (*found, *rest[0], *last)] == made[::-1]
    assert end == ""
    assert len(emulator.ledger.since(before)) == 3


@pytest.mark.parametrize(("page_size", "numbers"), [(1, [1] * 5), (2, [2, 2, 1]), (5, [5]), (1000, [5])])
@pytest.mark.parametrize("name", ["Organization", "Domain", "Connection"])
def test_no_page_is_longer_than_it_may_be(served, api, emulator, name, page_size, numbers):
    """However Scalekit pages the list: by a token, by a number, or not at all."""
    organization, others = api.organization(), []
    for n in range(5):
        api.domain(organization, f"acme{n}.example")
        api.connection(organization, provider="OKTA")
        others += [api.organization(external_id=f"other-{n}")] if n else []
    query = {} if name == "Organization" else {"organizationId": organization}
    before = emulator.ledger.mark()
    found = pages(served(name), query, page_size=page_size)
    # A number counts whole pages, so a full one may have an empty one behind it.
    assert [len(page) for page in found if page] == numbers
    assert len({id_ for page in found for id_, _ in page}) == 5
    assert len(emulator.ledger.since(before)) == len(found), [vars(entry) for entry in emulator.ledger.since(before)]


@pytest.mark.parametrize("is_rest", [False, True], ids=["the protocol's limit", "the CLI's limit"])
def test_a_limit_is_of_all_pages_together(served, api, emulator, is_rest):
    """The protocol repeats the limit of the first page; `pulumi do` gives what is left of it."""
    for n in range(130):
        api.post("/organizations", {"display_name": f"No {n}"})
    before = emulator.ledger.mark()
    first, token = served("Organization").page_of_list(limit=120)
    second, end = served("Organization").page_of_list(limit=20 if is_rest else 120, continuation_token=token)
    assert (len(first), len(second), end) == (100, 20, "")
    assert len({*first, *second}) == 120
    assert len(emulator.ledger.since(before)) == 2


def test_the_last_object_of_a_limit_is_one(served, api):
    for n in range(5):
        api.post("/organizations", {"display_name": f"No {n}"})
    first, token = served("Organization").page_of_list(limit=3, page_size=2)
    second, end = served("Organization").page_of_list(limit=3, page_size=2, continuation_token=token)
    assert (len(first), len(second), end) == (2, 1, "")


def test_a_limit_that_is_reached_asks_for_nothing_more(served, api, emulator):
    for n in range(3):
        api.post("/organizations", {"display_name": f"No {n}"})
    before = emulator.ledger.mark()
    found = pages(served("Organization"), limit=3, page_size=2)
    assert [len(page) for page in found] == [2, 1]
    assert len(emulator.ledger.since(before)) == 2


def test_a_page_on_which_nothing_counts_is_passed_over(served, api, emulator):
    """The default application and machine clients are listed among the applications, and are none."""
    names = [f"App {n}" for n in range(3)]
    for name in names:
        api.post("/clients", {"client_type": "WEB_APP", "name": name})
    before = emulator.ledger.mark()
    found = pages(served("Application"), page_size=1)
    assert sorted(name for page in found for _, name in page) == names
    assert [len(page) for page in found if page] == [1, 1, 1]
    assert len(emulator.ledger.since(before)) == len(api.get("/clients", page_size=30)["clients"])


def test_what_nobody_can_declare_is_not_listed(served, api):
    organization = api.organization()
    api.role("clerk")
    api.post(f"/organizations/{organization}/roles", {"name": "org_own", "display_name": "Own"})
    found, _ = served("OrganizationRole").page_of_list({"organizationId": organization})
    assert found == [(f"{organization}/org_own", "Own")]
    assert "clerk" in [id_ for id_, _ in served("Role").page_of_list()[0]]


def test_connections_of_one_organization_or_of_all(served, api, emulator):
    first, second = api.organization(), api.organization(external_id="second")
    ids = {organization: f"{organization}/{api.connection(organization)}" for organization in (first, second)}
    connections = served("Connection")
    before = emulator.ledger.mark()
    assert connections.page_of_list({"organizationId": first}) == ([(ids[first], "OKTA")], "")
    assert {id_ for id_, _ in connections.page_of_list()[0]} == {*ids.values()}
    assert len(emulator.ledger.since(before)) == 2


def test_a_list_notes_nothing_of_what_it_names(served, api, emulator):
    """A `get` keeps an object from being deleted in the same run; a list is no claim to it."""
    stack = Stack(served("Organization"))
    stack.up({"displayName": "Acme"})
    assert [name for _, name in stack.provider.page_of_list()[0]] == ["Acme"]
    stack.up(None)
    assert emulator.store.organizations == {}


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        ("Domain", {}, "listing every domain: organizationId must be given"),
        ("DirectorySecret", {"organizationId": "org_1"}, "listing every directory secret: directoryId must be given"),
        ("Domain", {"organisationId": "org_1"}, "there is no list input organisationId; did you mean organizationId?"),
        ("Organization", {"organizationId": "org_1"}, "there is no list input organizationId; it takes none"),
        ("Domain", {"organizationId": 5}, "organizationId must be a text"),
    ],
)
def test_a_query_that_does_not_fit_is_refused_before_anything_is_sent(served, emulator, name, query, told):
    with pytest.raises(Refused, match=told):
        served(name).page_of_list(query)
    assert len(emulator.ledger) == 0


@pytest.mark.parametrize("token", ["x", "[]", "5", '{"page": 1}'])
def test_a_foreign_token_is_refused(served, token):
    with pytest.raises(Refused, match="listing every organization: the continuation token is none that this provider"):
        served("Organization").page_of_list(continuation_token=token)


def test_a_kind_without_a_list_says_so(served):
    with pytest.raises(Refused, match="Scalekit has no list of every connection settings") as refused:
        served("ConnectionSettings").page_of_list({})
    assert refused.value.status_code == grpc.StatusCode.UNIMPLEMENTED


def test_of_an_unknown_query_the_list_is_unknown(served, emulator):
    asked = proto.ListRequest(token="scalekit:index:Domain", query=to_struct({"organizationId": UNKNOWN}))
    (answer,) = served("Domain").plugin.List(asked, Context())
    assert answer.WhichOneof("response") == "computed"
    assert len(emulator.ledger) == 0


def test_what_scalekit_refuses_is_an_error(served, api, emulator):
    with pytest.raises(Refused, match=r"listing every domain failed: GET /organizations/org_404/domains .*404") as gone:
        served("Domain").page_of_list({"organizationId": "org_404"})
    assert gone.value.status_code == grpc.StatusCode.NOT_FOUND
    emulator.faults.add(Fault("status", status=403, path="/api/v1/clients", times=None))
    with pytest.raises(Refused, match="Scalekit has not published this endpoint") as forbidden:
        served("Application").page_of_list()
    assert forbidden.value.status_code == grpc.StatusCode.PERMISSION_DENIED


def test_a_refusal_where_a_feature_may_be_off_has_the_advice_of_the_kind(served, api, emulator):
    organization = api.organization()
    emulator.faults.add(Fault("status", status=403, path=".*/session-policy", times=None))
    with pytest.raises(Refused, match="Session policies need the feature session_policy"):
        served("SessionPolicy").page_of_list({"organizationId": organization})


def test_an_item_that_cannot_be_read_is_an_error_and_no_crash(served, api, emulator):
    organization = api.organization()
    api.domain(organization, "acme.example")
    (domain,) = emulator.store.domains.values()
    domain["id"] = ""
    with pytest.raises(Refused, match="Scalekit's answer cannot be read: an object in it has no id"):
        served("Domain").page_of_list({"organizationId": organization})


def test_the_answer_streams_over_grpc(served, api):
    """As the engine asks: a server of gRPC's own, a stream, and a status in place of the rest of it."""
    organization = api.organization()
    ids = [f"{organization}/{api.domain(organization, f'acme{n}.example')}" for n in range(3)]
    server = grpc.server(ThreadPoolExecutor(2))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(served("Domain").plugin, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            asked = proto.ListRequest(
                token="scalekit:index:Domain", query=to_struct({"organizationId": organization}), page_size=2
            )
            *results, ending = stub.List(asked, wait_for_ready=True, timeout=60)
            assert [one.result.id for one in results] == ids[:2]
            asked.continuation_token = ending.continuation.continuation_token
            assert [one.result.id for one in stub.List(asked)] == ids[2:]
            with pytest.raises(grpc.RpcError) as refused:
                list(stub.List(proto.ListRequest(token="scalekit:index:Domain")))
            assert refused.value.details() == "listing every domain: organizationId must be given."
    finally:
        server.stop(None).wait()


def test_the_schema_says_what_each_list_takes():
    resources = json.loads(Plugin().GetSchema(proto.GetSchemaRequest(), Context()).schema)["resources"]
    taken = {
        token.rpartition(":")[2]: ({*found["listInputs"]["properties"]}, {*found["listInputs"]["required"]})
        for token, found in resources.items()
        if "listInputs" in found
    }
    below, directory = {"organizationId"}, {"organizationId", "directoryId"}
    assert taken == {
        **dict.fromkeys(
            [
                "Organization",
                "Permission",
                "Role",
                "DefaultRoles",
                "EnvironmentSessionSettings",
                "EnvironmentUserManagement",
                "CustomDomain",
                "UserAttribute",
                "DirectoryUserAttribute",
                "EnvironmentConnection",
                "Application",
                "DefaultApplication",
                "Interceptor",
                "LogStream",
                "TokenTemplate",
                "RedirectUri",
                "EmailServer",
                "McpServer",
                "CustomProvider",
                "McpConfig",
            ],
            (set(), set()),
        ),
        **dict.fromkeys(
            [
                "Domain",
                "Directory",
                "DirectoryMapping",
                "OrganizationClient",
                "OrganizationRole",
                "OrganizationDefaultRoles",
                "OrganizationBranding",
                "SessionPolicy",
                "UserLimit",
            ],
            (below, below),
        ),
        "Connection": (below, set()),
        "EmailTemplate": (below, set()),
        "DirectorySecret": (directory, directory),
        "ApplicationSecret": ({"clientId"}, {"clientId"}),
        "McpServerClient": ({"mcpServerId"}, {"mcpServerId"}),
        "OrganizationClientSecret": ({"organizationId", "clientId"}, {"organizationId", "clientId"}),
    }
