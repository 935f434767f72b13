"""OrganizationMember: a user's membership of an organization."""

from typing import Annotated, TypedDict

from pulumi import Input

from pulumi_scalekit import outputs
from pulumi_scalekit.model.api import Api, Endpoint, Join, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.program.resource import (
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Resource,
    prop,
)
from pulumi_scalekit.resources.organization_member_findings import MEMBER_FINDINGS, consequence
from pulumi_scalekit.resources.role import ANY_ROLE, ROLE_NAME

_MEMBERSHIP = "/memberships/organizations/{organization_id}/users/{id}"
_USER = "/users/{id}"
_NO_MAIL = ("send_invitation_email", "false")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"


class UserProfile(TypedDict, total=False):
    """What is known of the user. It is the same in all organizations of the user."""

    given_name: Annotated[Input[str], prop("Given name, at most 255 characters.", length=(1, 255))]
    family_name: Annotated[Input[str], prop("Family name, at most 255 characters.", length=(1, 255))]
    name: Annotated[Input[str], prop("Full name as people see it.", length=(1, None))]
    locale: Annotated[Input[str], prop("Language and region, BCP 47: `en-US`.", length=(1, None))]
    phone_number: Annotated[Input[str], prop("Telephone number, E.164: `+14155552671`.", length=(1, None))]
    preferred_username: Annotated[Input[str], prop("User name, at most 512 characters.", length=(1, 512))]
    picture: Annotated[Input[str], prop("Address of a picture, at most 2048 characters.", length=(1, 2048))]
    gender: Annotated[Input[str], prop("Gender, in the user's words.", length=(1, None))]


def _to_wire(body: Body) -> Body:
    """Roles are objects in the API. A new user holds the membership, whose own endpoints are sent it alone."""
    sent = dict(body)
    if "roles" in sent:
        sent["roles"] = [{"name": name} for name in sent["roles"]]
    if "email" not in sent:
        return sent
    membership = {name: sent.pop(name) for name in ("roles", "metadata") if name in sent}
    return {**sent, "membership": membership}


def _from_wire(found: Body, declared: Values) -> Body:
    """A user with all memberships. Who is no member of the organization is not there."""
    memberships = found.get("memberships") or ()
    mine = next((one for one in memberships if one.get("organization_id") == declared.get("organization_id")), None)
    if mine is None:
        return {}
    return {
        "email": found.get("email"),
        "user_profile": found.get("user_profile"),
        "roles": [role["name"] for role in mine.get("roles") or () if role.get("name")],
        "metadata": mine.get("metadata"),
        "membership_status": mine.get("membership_status"),
        "create_time": mine.get("created_at") or mine.get("join_time"),
    }


class OrganizationMember(Resource, findings=MEMBER_FINDINGS, consequence=consequence):
    """A user's membership of an organization, such as the first administrator's.

    The user is named by e-mail address. Who is not known in the environment yet is created; who is gets the membership. No mail
    is sent unless `send_invitation_email` says so. It is for the few whom a tenant starts with: all others come by single
    sign-on, a directory or an invitation, and `adopt` and `report` do not list them. The id is the user's, `usr_…`.

    Destroying it ends the membership, and nothing else: the user stays, also one who is in no organization then. Such a user
    signs in nowhere, and is found again if a membership with the address is declared. With `delete_user` a user who has no other
    membership is deleted; one who has is never.
    """

    organization_id: Prop[str] = prop("The organization, `org_…`.", refers_to=("Organization.id",))
    email: Prop[str] = prop(
        "E-mail address of the user, in upper or lower case, at most 254 characters. Scalekit cannot change it: another address "
        "is another user.",
        length=(3, 254),
        pattern=rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*",
        pattern_words="must be an e-mail address alone, such as ada@acme.com",
        normal=str.lower,
        personal=True,
    )
    roles: OptionalListProp[str] = prop(
        "Names of the roles that the user has in the organization, a set: roles of the organization or of the environment. "
        "Left out, Scalekit gives the default role.",
        default=None,
        unordered=True,
        server_default=True,
        refers_to=ANY_ROLE,
        clear=REFUSE,
        clear_advice="Declare the role that the user is to have instead.",
        also=ROLE_NAME,
    )
    metadata: OptionalMapProp[str] = prop(
        "Free pairs of text at the membership, at most 20: keys of 3 to 25 characters, values of 1 to 256. Managed key by key: "
        "pairs that your application writes at run time are left alone.",
        default=None,
        by_key=True,
        items=(0, 20),
        keys=(3, 25),
        length=(1, 256),
    )
    user_profile: OptionalBlockProp[UserProfile, outputs.UserProfile] = prop(
        "What is known of the user. It is the same in all organizations of the user, so that a change of it is a change "
        "everywhere; leave out what the users or their identity providers keep. What is declared of a user who exists already "
        "has to be what is there.",
        default=None,
        personal=True,
    )
    send_invitation_email: OptionalProp[bool] = prop(
        "Whether Scalekit sends the user an invitation when the membership is created, which is then pending until it is "
        "accepted. Without it nothing is sent. A change of it later sends nothing.",
        default=None,
        provider_only=True,
    )
    delete_user: OptionalProp[bool] = prop(
        "Whether a destroy also deletes the user, if this was the only membership. Otherwise the user stays. It must be declared "
        "by an `up` before the destroy.",
        default=None,
        provider_only=True,
        wire="cascade",
    )
    membership_status: Prop[str] = prop("`ACTIVE`, `INACTIVE`, `PENDING_INVITE` or `INVITE_EXPIRED`.", init=False)
    create_time: Prop[str] = prop("When the membership was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_MEMBERSHIP,
        read_path=_USER,
        envelope="user",
        create=Endpoint(
            "POST",
            "/organizations/{organization_id}/users",
            owns=("email", "roles", "metadata", "user_profile", "send_invitation_email"),
            query=("send_invitation_email",),
            otherwise=(_NO_MAIL,),
        ),
        joins=Join(
            Listing("/users:search", "users", query=(("query", "{email}"),), page_size=30),
            key="email",
            endpoint=Endpoint(
                "POST",
                _MEMBERSHIP,
                owns=("roles", "metadata", "send_invitation_email"),
                query=("send_invitation_email",),
                otherwise=(_NO_MAIL,),
            ),
            shared=("user_profile",),
        ),
        update=(
            Endpoint("PATCH", _MEMBERSHIP, owns=("roles", "metadata")),
            Endpoint("PATCH", _USER, owns=("user_profile",)),
        ),
        delete=Endpoint("DELETE", _MEMBERSHIP, carries=("delete_user",), otherwise=(("cascade", "false"),)),
        unique="email",
        to_wire=_to_wire,
        from_wire=_from_wire,
    )
