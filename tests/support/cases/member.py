from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.api import Api
from tests.support.cases.case import ABSENT, Case, Edit, Place, Program, at, put

EMAIL = "ada@acme.example"


def membership(store: Any, id_: str, organization: str) -> Any:
    """What a user is in an organization, as the store has it."""
    held = (store.users.get(id_) or {}).get("memberships", ())
    return next((one for one in held if one["organization_id"] == organization), None)


def _find(store: Any, id_: str, program: Program) -> Any:
    """The user, as long as there is the membership."""
    return store.users[id_] if membership(store, id_, program["organizationId"]) else None


def _remove(store: Any, id_: str, program: Program) -> None:
    store.users[id_]["memberships"].remove(membership(store, id_, program["organizationId"]))


def _mine(*path: str) -> Callable[[Any], Any]:
    """Reads a value of the user's last membership."""
    return lambda user: at(*path)(user["memberships"][-1])


def _roles(user: Any) -> list[str]:
    return sorted(role["name"] for role in user["memberships"][-1]["roles"])


def _take_role(user: Any) -> None:
    user["memberships"][-1]["roles"].pop()


def _put(value: Any, *path: str) -> Callable[[Any], None]:
    return lambda user: put(value, *path)(user["memberships"][-1])


def _member(api: Api) -> Program:
    return {
        "organizationId": api.organization(),
        "email": EMAIL,
        "roles": ["admin", api.role("billing")],
        "metadata": {"team": "finance", "keep_me": "yes"},
        "userProfile": {"givenName": "Ada", "familyName": "Byron", "locale": "en-GB"},
        "deleteUser": False,
    }


def _joined(api: Api) -> Program:
    """A user of another organization, whose profile is what is declared."""
    program = _member(api)
    elsewhere = api.organization(external_id="before")
    profile = {"given_name": "Ada", "family_name": "Byron", "locale": "en-GB"}
    api.send(
        "POST",
        f"/organizations/{elsewhere}/users",
        {"email": EMAIL, "user_profile": profile},
        send_invitation_email=False,
    )
    return program


MEMBER = Case(
    "organization member",
    "scalekit:index:OrganizationMember",
    _member,
    Place(_find, _remove),
    edits={
        "roles": Edit(["member"], _roles, ["member"]),
        "metadata": Edit(
            {"team": "legal", "region": "eu"}, _mine("metadata"), {"team": "legal", "region": "eu"}, reads=1
        ),
        "userProfile": Edit(
            {"givenName": "Augusta", "locale": "en-GB"},
            at("user_profile", "given_name"),
            "Augusta",
        ),
    },
    removals={"metadata": Edit(ABSENT, _mine("metadata"), {}, reads=1)},
    kept=("roles",),
    replacing={
        "organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")},
        "email": lambda _: {"email": "grace@acme.example", "userProfile": {"givenName": "Grace"}},
    },
    respelled={"email": "Ada@ACME.example"},
    drift={
        "roles": _take_role,
        "metadata.team": _put("sales", "metadata", "team"),
        "userProfile.givenName": put("Lady", "user_profile", "given_name"),
    },
    impossible={"metadata_update=merge": ("metadata",)},
    unclearable={"empty_metadata=ignored": ("metadata",)},
    unread=frozenset({"deleteUser"}),
    others_too=frozenset({"userProfile"}),  # the user stays where only the membership goes
)

JOINED_MEMBER = Case(
    "member who is a user already",
    "scalekit:index:OrganizationMember",
    _joined,
    Place(_find, _remove),
    edits={name: MEMBER.edits[name] for name in ("roles", "userProfile")},
    drift=MEMBER.drift,
    unread=MEMBER.unread,
    others_too=MEMBER.others_too,
)
