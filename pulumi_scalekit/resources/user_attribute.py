"""UserAttribute: a further attribute of users' profiles."""

from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.program.resource import OptionalBlockProp, OptionalProp, Prop, Resource, prop

Datatype = Literal["STRING", "NUMBER", "BOOL", "ARRAY", "OBJECT"] | enums.UserAttributeDatatype

_COLLECTION = "/user-profile-attributes"
_ITEM = _COLLECTION + "/{id}"
_OWNED = ("label", "datatype", "required", "enabled", "sso_addition_info")
_WORD: dict[str, Any] = {
    "pattern": r"[a-zA-Z][a-zA-Z0-9_-]+",
    "pattern_words": "must begin with a letter and go on with letters, digits, underscores and hyphens",
}
KEY = prop(
    "Key, unique in the environment: 3 to 25 letters, digits, `_` and `-`, beginning with a letter.",
    length=(3, 25),
    **_WORD,
)
LABEL = prop("Name that people see, 3 to 250 characters.", length=(3, 250))
DATATYPE = prop("What its values are.")
ENABLED = prop("Whether it is in use.")
CATEGORY = prop("`CUSTOM`, or `STANDARD` for Scalekit's own.", stable=True)
# 2 is CUSTOM where an environment writes enums as numbers.
CUSTOM = ("category", (None, "CUSTOM", 2))


class SsoAdditionInfo(TypedDict):
    """What the attribute is called at identity providers that map nothing else to it. Scalekit wants both names."""

    default_saml_mapping: Annotated[
        Input[str], prop("Its name in SAML assertions, at most 25 characters.", length=(2, 25), **_WORD)
    ]
    default_oidc_mapping: Annotated[
        Input[str], prop("Its name in OIDC claims, at most 25 characters.", length=(2, 25), **_WORD)
    ]


class UserAttribute(Resource):
    """A further attribute of users' profiles, filled by the customers' identity providers.

    The key is the id. It uses endpoints that Scalekit has not published: its descriptors do not mark them, but its API reference
    does not list them (`/api/v1/user-profile-attributes` and `…/{key}`).
    """

    key: Prop[str] = prop(KEY)
    label: Prop[str] = prop(LABEL)
    datatype: Prop[Datatype] = prop(DATATYPE)
    required: OptionalProp[bool] = prop("Whether every user must have it.", default=None)
    enabled: OptionalProp[bool] = prop(ENABLED, default=None)
    sso_addition_info: OptionalBlockProp[SsoAdditionInfo, outputs.SsoAdditionInfo] = prop(
        "What it is called at identity providers.",
        default=None,
    )
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
