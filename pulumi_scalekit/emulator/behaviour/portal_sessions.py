"""Who may enter the admin portal: links that open once and for a minute, and the sessions of the browsers that opened one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found

LINK_SECONDS = 60
SESSION_SECONDS = 6 * 60 * 60
_GONE = 410


@dataclass
class Link:
    """A way in for whoever has its token."""

    id: str
    organization_id: str
    features: tuple[str, ...]
    expires: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    opened: bool = False
    revoked: bool = False


@dataclass(frozen=True)
class Notice:
    """What the portal says at the next page."""

    severity: str
    title: str
    lines: tuple[str, ...] = ()


@dataclass
class Session:
    """A browser that opened a link. `form_token` is in every form, which a page of somebody else cannot know."""

    organization_id: str
    features: tuple[str, ...]
    expires: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    notice: Notice | None = None

    def allows(self, feature: str) -> bool:
        """A link that names no feature is for all of them."""
        return not self.features or feature in self.features


class PortalSessions:
    """The links and sessions of one environment. Hold the store's lock around each call."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._links: dict[str, Link] = {}
        self._sessions: dict[str, Session] = {}

    def create(self, link_id: str, organization_id: str, features: Sequence[str]) -> Link:
        link = Link(link_id, organization_id, tuple(features), self._clock() + LINK_SECONDS)
        self._links[link.token] = link
        return link

    def revoke(self, link_id: str, organization_id: str) -> None:
        """End a link; who has opened it already stays in, as Scalekit's documents say nothing else."""
        for link in self._links.values():
            if (link.id, link.organization_id) == (link_id, organization_id):
                link.revoked = True
                return
        raise not_found("portal link", link_id)

    def open(self, token: str, *, once: bool) -> Session:
        """Begin a session.

        Raises:
            Refusal: The link is unknown, was revoked or used, or its minute is over.

        """
        link = self._links.get(token)
        if link is None:
            raise Refusal(404, "There is no such link.")
        if link.revoked:
            raise Refusal(_GONE, "This link was revoked.")
        if link.opened and once:
            raise Refusal(_GONE, "This link was opened already, and it opens once.")
        if link.expires <= self._clock():
            raise Refusal(_GONE, "This link has expired: it can be opened for one minute.")
        link.opened = True
        session = Session(link.organization_id, link.features, self._clock() + SESSION_SECONDS)
        self._sessions[session.token] = session
        return session

    def session(self, token: str, organization_id: str) -> Session | None:
        """The session of a browser, if it still lasts and is for this organization."""
        session = self._sessions.get(token)
        if session is None or session.organization_id != organization_id or session.expires <= self._clock():
            return None
        return session
