"""The emulator's objects, which tests and demos may edit to make a change outside Pulumi.

A record is a dict with the API's own field names. Edit it as you like, nested values included: the
next answer of the API has a later `update_time`.
"""

from __future__ import annotations

import copy
import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from pulumi_scalekit.emulator.behaviour.event_log import NOUNS, EventLog
from pulumi_scalekit.emulator.behaviour.portal_sessions import PortalSessions
from pulumi_scalekit.emulator.behaviour.read_lag import ReadLag

Clock = Callable[[], float]

STAMPS = ("create_time", "update_time")
# Attributes that every environment has: fields of the descriptors' user profile, as no document lists them.
STANDARD_ATTRIBUTES = {
    "email": "Email",
    "given_name": "Given name",
    "family_name": "Family name",
    "name": "Name",
    "preferred_username": "Preferred username",
    "phone_number": "Phone number",
    "picture": "Picture",
    "locale": "Locale",
    "gender": "Gender",
    "groups": "Groups",
}


class Record(dict[str, Any]):
    """One object. Keys that begin with an underscore are the emulator's own and in no answer."""

    settled: str = ""
    """The content at the last `settle`, as JSON."""
    settled_anew: Callable[[], None] | None = None
    """Told of each `settle` that finds a change."""

    def settle(self, now: Callable[[], str]) -> None:
        """Set `update_time` to now if any other field has changed since the last call."""
        content = json.dumps({key: value for key, value in self.items() if key not in STAMPS}, sort_keys=True)
        if content != self.settled:
            self.settled = content
            self["update_time"] = now()
            if self.settled_anew:
                self.settled_anew()

    def public(self) -> dict[str, Any]:
        return {key: value for key, value in self.items() if not key.startswith("_")}


class Store:
    """All objects of one environment, by id (roles and permissions by name)."""

    def __init__(self, clock: Clock, client_id: str) -> None:
        self.clock = clock
        # Held for the length of a request; hold it too for an edit that a request must see as a whole.
        self.lock = threading.RLock()
        # A random start, so that two environments never have the same ids.
        self._next_id = secrets.randbelow(10**16) + 10**16
        self._last_instant = 0.0
        self.environment_id = self.new_id("env")
        self.organizations: dict[str, Record] = {}
        self.connections: dict[str, Record] = {}
        self.environment_connections: dict[str, Record] = {}
        self.domains: dict[str, Record] = {}
        self.directories: dict[str, Record] = {}
        self.organization_clients: dict[str, Record] = {}
        self.organization_roles: dict[tuple[str, str], Record] = {}
        self.permissions: dict[str, Record] = {}
        self.roles: dict[str, Record] = {}
        self.applications: dict[str, Record] = {}
        self.resources: dict[str, Record] = {}
        self.resource_clients: dict[str, Record] = {}
        self.custom_providers: dict[str, Record] = {}
        self.mcp_configs: dict[str, Record] = {}
        self.user_attributes: dict[str, Record] = {}
        self.directory_user_attributes: dict[str, Record] = {}
        self.email_servers: dict[str, Record] = {}
        self.email_templates: dict[str, Record] = {}
        self.interceptors: dict[str, Record] = {}
        self.log_streams: dict[str, Record] = {}
        self.users: dict[str, Record] = {}
        # Session settings and user management of the environment, by these names in the API.
        self.environment_settings: dict[str, Record] = {}
        # Of the environment, while it has one.
        self.custom_domains: dict[str, Record] = {}
        # By organization.
        self.session_policies: dict[str, Record] = {}
        self.user_limits: dict[str, Record] = {}
        self.organization_default_roles: dict[str, Record] = {}
        self.organization_brandings: dict[str, Record] = {}
        # Users per role, by role name or (organization, role name): a role with users cannot be deleted.
        self.role_users: dict[str | tuple[str, str], int] = {}
        self.portal = PortalSessions(clock)
        self.read_lag = ReadLag()
        # What the environment has, and what organizations without a session policy inherit; a test may change both.
        self.features: dict[str, bool] = {"sso": True, "dir_sync": True, "session_policy": True}
        self.application_session_policy: dict[str, Any] = {
            "absolute_session_timeout": 7,
            "absolute_session_timeout_unit": "DAYS",
            "idle_session_timeout_enabled": True,
            "idle_session_timeout": 60,
            "idle_session_timeout_unit": "MINUTES",
            "access_token_expiry": 5,
        }
        self._deleted_organizations: set[str] = set()
        self._secret_digests: dict[str, str] = {}
        self._tokens: dict[str, float] = {}
        self._environment_defaults(client_id)
        self._log = EventLog(self)

    def _environment_defaults(self, client_id: str) -> None:
        for name, display_name in (("admin", "Admin"), ("member", "Member")):
            self.roles[name] = self.record(
                id=self.new_id("role"),
                name=name,
                display_name=display_name,
                description="",
                default_creator=name == "admin",
                default_member=name == "member",
                permissions=[],
            )
        for key, label in STANDARD_ATTRIBUTES.items():
            standard = {
                "key": key,
                "label": label,
                "datatype": "ARRAY" if key == "groups" else "STRING",
                "category": "STANDARD",
                "required": key == "email",
                "enabled": True,
            }
            names = {"default_saml_mapping": key, "default_oidc_mapping": key}
            self.user_attributes[key] = self.record(**standard, sso_addition_info=names)
            self.directory_user_attributes[key] = self.record(**standard)
        self.applications[client_id] = self.record(
            id=client_id, keyId=client_id, name="Default application", client_type="ENV", secrets=[]
        )

    def note_events(self) -> None:
        """Note what happened since the last call. What a test edits happened when it is noticed."""
        with self.lock:
            self._log.note(self)

    def events(self) -> list[dict[str, Any]]:
        """What happened, in the order in which it was noticed."""
        with self.lock:
            for record in (record for name in NOUNS for record in getattr(self, name).values()):
                record.settle(self.now)
            self._log.note(self, whole=True)
            return self._log.events

    def record(self, **content: Any) -> Record:
        record = Record(content)
        record["create_time"] = self.now()
        record.settle(lambda: record["create_time"])
        return record

    def new_id(self, prefix: str) -> str:
        with self.lock:
            self._next_id += secrets.randbelow(1000) + 1
            return f"{prefix}_{self._next_id}"

    def now(self) -> str:
        """The time of the server; each call returns a later time."""
        with self.lock:
            self._last_instant = max(self.clock(), self._last_instant + 1e-3)
            return timestamp(self._last_instant)

    def delete_organization(self, organization_id: str) -> None:
        """Remove an organization and everything below it, as its DELETE does."""
        with self.lock:
            del self.organizations[organization_id]
            self._deleted_organizations.add(organization_id)
            children: tuple[dict[str, Record], ...] = (
                self.connections,
                self.domains,
                self.directories,
                self.organization_clients,
                self.email_templates,
            )
            for collection in children:
                for key in [k for k, v in collection.items() if v.get("organization_id") == organization_id]:
                    del collection[key]
            self.session_policies.pop(organization_id, None)
            self.user_limits.pop(organization_id, None)
            self.organization_default_roles.pop(organization_id, None)
            self.organization_brandings.pop(organization_id, None)
            for role in [key for key in self.organization_roles if key[0] == organization_id]:
                del self.organization_roles[role]
                self.role_users.pop(role, None)
            self._end_memberships(organization_id)

    def _end_memberships(self, organization_id: str) -> None:
        """Remove the memberships in an organization, and the users who had no other one."""
        for user in list(self.users.values()):
            left = [one for one in user.get("memberships", ()) if one["organization_id"] != organization_id]
            if len(left) < len(user.get("memberships", ())):
                user["memberships"] = left
                if not left:
                    del self.users[user["id"]]

    def was_deleted(self, organization_id: str) -> bool:
        return organization_id in self._deleted_organizations

    def grant(self, token: str, life: float) -> None:
        with self.lock:
            self._tokens[token] = self.clock() + life

    def granted(self, token: str) -> bool:
        with self.lock:
            return self._tokens.get(token, 0.0) > self.clock()

    def revoke_tokens(self) -> None:
        """Make every token that was issued answer 401."""
        with self.lock:
            self._tokens.clear()

    def keep_secret(self, secret_id: str, plain: str) -> None:
        """Keep what is needed to know a secret again, and no more."""
        self._secret_digests[secret_id] = _digest(plain)

    def is_secret(self, secret_id: str, plain: str) -> bool:
        return secrets.compare_digest(self._secret_digests.get(secret_id, ""), _digest(plain))

    def copied(self) -> Store:
        """The objects as they are now, in a store to read from."""
        past = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | set):
                setattr(past, name, copy.deepcopy(value))
        return past

    def snapshot(self) -> dict[str, Any]:
        """All collections, as JSON."""
        with self.lock:
            collections = {
                name: value
                for name, value in vars(self).items()
                if isinstance(value, dict) and not name.startswith("_")
            }
            return {
                "environment_id": self.environment_id,
                **{
                    name: {_key(key): value for key, value in collection.items()}
                    for name, collection in collections.items()
                },
            }


def timestamp(instant: float) -> str:
    return datetime.fromtimestamp(instant, timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _digest(plain: str) -> str:
    # Unsalted and fast, since what is digested is random and long.
    return hashlib.sha256(plain.encode()).hexdigest()


def _key(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else "/".join(key)
