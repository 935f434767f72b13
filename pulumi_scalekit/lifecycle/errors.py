"""Everything that an operation on an object can end with, beside what the API says to a single request.

ScalekitError
├── WrongEnvironment    (remote) the object lives in another environment: nothing was sent
├── EndpointMissing     (remote) an unpublished endpoint does not answer: the object may still be there
├── AlreadyExists       create: there is one like it, and it is not taken over
├── InDoubt             create: it may have taken effect, and nothing tells its object from others
├── InitFailed          create: the object is there, and a later step failed
├── HalfUpdated         update: one part was written, and a later step failed
├── NotTaken            create, update: the API answered with success and did not do it
├── Dropped             update: Scalekit dropped what the write left out, and sending it again failed
└── Protected           delete: the object, or what it is in, has deletion protection
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values


@dataclass(frozen=True)
class Created:
    """An object that is there.

    Attributes:
        id: The API's id.
        state: Its declared inputs and its outputs.
        ours: Whether this very call's own answer brought the id: only then may it be undone.

    """

    id: str
    state: Values
    ours: bool


class AlreadyExists(ScalekitError):
    """An object like the declared one exists, and it is not taken over."""


class InDoubt(ScalekitError):
    """It is not known whether a create took effect, and nothing tells its object from others."""

    def __init__(self, message: str) -> None:
        super().__init__(message, uncertain=True)


class InitFailed(ScalekitError):
    """The object was created, and a later step of its create failed.

    Attributes:
        created: The object as it is.

    """

    def __init__(self, message: str, created: Created) -> None:
        super().__init__(message)
        self.created = created


class HalfUpdated(ScalekitError):
    """Some properties were written, and a later step of the update failed.

    Attributes:
        state: The resource as it is now, as far as it is known.
        written: The properties that were written.
        doubted: The properties that may have been written, and hold a secret that no read shows.

    """

    def __init__(self, failed: ScalekitError, state: Values, written: list[str], doubted: list[str]) -> None:
        super().__init__(str(failed), uncertain=failed.uncertain)
        self.state = state
        self.written = written
        self.doubted = doubted


class NotTaken(ScalekitError):
    """The API answered a write with success, and what is there is not what was sent.

    Attributes:
        live: What is there.

    """

    def __init__(self, message: str, live: Values) -> None:
        super().__init__(message)
        self.live = live


class Dropped(ScalekitError):
    """Scalekit dropped what a write left out, and sending it again failed.

    Attributes:
        secrets: The paths of the dropped secrets that no read shows.

    """

    took_effect = True

    def __init__(self, failed: ScalekitError, values: list[str], secrets: list[str]) -> None:
        words = f" No read shows whether {', '.join(secrets)} is there: look in the dashboard." if secrets else ""
        super().__init__(
            f"{failed} Before that, Scalekit dropped what the change left out ({', '.join([*values, *secrets])}), and this "
            f"was to send it again. Run `pulumi up --refresh`, which writes what the program declares.{words}",
            uncertain=failed.uncertain,
        )
        self.secrets = frozenset(secrets)


class Protected(ScalekitError):
    """The resource has deletion protection."""
