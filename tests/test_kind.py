"""A kind is judged when its class body is read: all that does not fit together, at once."""

import pytest

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.remote import wire

ITEM = "/organizations/{organization_id}/things/{id}"


def declare(api_of):
    class Thing(Resource):
        organization_id: Prop[str] = prop("Where.")
        name: Prop[str] = prop("What.")
        steers: OptionalProp[bool] = prop("How.", default=None, provider_only=True)
        create_time: Prop[str] = prop("When.", init=False)
        api = api_of

    return Thing.kind


def test_a_create_owns_every_input_that_is_sent_and_not_in_its_path():
    kind = declare(Api(ITEM, "thing", create=Endpoint("POST", "/organizations/{organization_id}/things")))

    assert kind.api.create.owns == ("name",)


def test_all_that_does_not_fit_is_listed():
    api = Api(
        "/organizations/{organisation_id}/things/{id}",
        "thing",
        create=Endpoint("POST", "/things", owns=("nam",), carries=("tpye",)),
        update=(
            Endpoint("PATCH", "/things/{id}", action={True: ":on", False: ":off"}, moves={"status": ("DONE",)}),
            Endpoint("PUT", "/things/{id}", keeps=("owner",)),
        ),
        identity=("provider",),
        unique="key",
        lookup="external",
    )

    with pytest.raises(TypeError) as refused:
        declare(api)

    assert str(refused.value).split("; ") == [
        "Thing: {organisation_id} in the path /organizations/{organisation_id}/things/{id} is no property",
        "owns of POST /things names nam, which is no property",
        "carries of POST /things names tpye, which is no property",
        "moves of PATCH /things/{id} names status, which is no property",
        "keeps of PUT /things/{id} names owner, which is no property",
        "provider, by which it is found, is no property",
        "key, by which it is found, is no property",
        "there is no lookup external",
        "organization_id is sent by no endpoint",
        "name is sent by no endpoint",
    ]


def test_a_type_and_its_default_must_agree():
    with pytest.raises(TypeError, match=r"Thing.size: default=None needs an Optional… type"):

        class Thing(Resource):
            size: Prop[int] = prop("How large.", default=None)

    with pytest.raises(TypeError, match=r"Other.size: its type is an optional one, which needs default=None"):

        class Other(Resource):
            size: OptionalProp[int] = prop("How large.")


@pytest.mark.parametrize("odd", ["/thing_1", "org_1/", "org_1", "org_1/thing_1/more", "/"])
def test_an_import_id_of_another_form_comes_back_whole(odd):
    kind = declare(Api(ITEM, "thing", create=Endpoint("POST", "/organizations/{organization_id}/things")))

    assert kind.split_import_id("org_1/thing_1") == ({"organization_id": "org_1"}, "thing_1")
    assert kind.split_import_id(odd) == ({}, odd)


def test_what_may_belong_to_an_organization_or_to_the_environment_has_an_address_in_both():
    collection = "/organizations/{organization_id:-}/things"
    kind = declare(
        Api(collection + "/{id}", "thing", create=Endpoint("POST", collection), listing=Listing(collection, "things"))
    )
    below = {"organization_id": "org_1"}

    assert [wire.path(kind.api.item, values, "thing_1") for values in ({}, below)] == [
        "/organizations/-/things/thing_1",
        "/organizations/org_1/things/thing_1",
    ]
    assert [kind.import_id(values, "thing_1") for values in ({}, below)] == ["thing_1", "org_1/thing_1"]
    assert (kind.api.optional, kind.list_inputs) == ({"organization_id"}, {"organization_id": False})
    assert kind.listing({}) == kind.listing(below) == kind.api.listing
    assert "organization_id" in kind.replacing


def test_what_a_property_refers_to_is_an_output_of_a_resource():
    outputs = {f"{kind.name}.{name}" for kind in KINDS.values() for name in ("id", *kind.by_name)}

    def named(fields):
        return {
            *(source for field in fields for source in field.refers_to),
            *(source for field in fields for source in named((field.shape.item or field.shape).fields)),
        }

    found = {source for kind in KINDS.values() for source in named(kind.inputs)}
    assert found <= outputs
    assert {"OrganizationRole.name", "EnvironmentConnection.key_id"} <= found


def test_a_kind_is_called_by_its_classs_name_unless_it_is_spelled_otherwise():
    class PlainThing(Resource):
        api = Api("/things/{id}", "thing")

    class XyzThing(Resource, spelled="XYZ thing"):
        api = Api("/things/{id}", "thing")

    assert [(kind.words, kind.file_name) for kind in (PlainThing.kind, XyzThing.kind)] == [
        ("plain thing", "plain-thing"),
        ("XYZ thing", "xyz-thing"),
    ]
    assert {"MCP server", "MCP server client", "MCP config"} <= {kind.words for kind in KINDS.values()}


def test_every_property_that_holds_the_id_of_another_resource_refers_to_it():
    ids = {
        f"{kind.name}.{field.name}": field.refers_to
        for kind in KINDS.values()
        for field in kind.inputs
        if field.name in kind.api.parameters and field.name.endswith("_id")
    }

    assert [path for path, refers_to in ids.items() if not refers_to] == []
    assert ids["Domain.organization_id"] == ("Organization.id",)
