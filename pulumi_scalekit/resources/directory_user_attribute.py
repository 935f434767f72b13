"""DirectoryUserAttribute: a further attribute of the users of directories."""

from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.user_attribute import CATEGORY, CUSTOM, DATATYPE, ENABLED, KEY, LABEL, Datatype

_COLLECTION = "/directory-user-attributes"
_ITEM = _COLLECTION + "/{id}"
_OWNED = ("label", "datatype", "required", "enabled")


class DirectoryUserAttribute(Resource):
    """A further attribute that the users of all directories may have, filled by the customers' directories.

    The key is the id. A `DirectoryMapping` says what a customer's directory calls it. An attribute of those who sign in through
    an identity provider is a `UserAttribute`.

    It uses endpoints that Scalekit has not published: its descriptors do not mark them, but its API reference does not list them
    (`/api/v1/directory-user-attributes` and `…/{key}`).
    """

    key: Prop[str] = prop(KEY)
    label: Prop[str] = prop(LABEL)
    datatype: Prop[Datatype] = prop(DATATYPE)
    required: OptionalProp[bool] = prop("Whether every user of a directory must have it.", default=None)
    enabled: OptionalProp[bool] = prop(ENABLED, default=None)
    category: Prop[str] = prop(CATEGORY, init=False)

    api = Api(
        item=_ITEM,
        id="key",
        envelope="user_attribute",
        create=Endpoint("POST", _COLLECTION, unpublished=True),
        update=(Endpoint("PATCH", _ITEM, owns=_OWNED, carries=("key",), left_out="reset", unpublished=True),),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        read_list=Listing(_COLLECTION, "user_attributes", paged="no"),
        listing=Listing(_COLLECTION, "user_attributes", paged="no"),
        inventory=Inventory(Listing(_COLLECTION, "user_attributes", paged="no", whole=True, only=CUSTOM)),
        unique="key",
        read_unpublished=True,
    )
