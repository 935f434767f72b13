"""An error of the API's client, in the two parts of a diagnosis."""

from __future__ import annotations

from pulumi_scalekit.api.errors import ApiError, Forbidden, Malformed, ScalekitError, Unreachable


def told(error: ScalekitError) -> tuple[str, str]:
    """What went wrong, and what to do."""
    if isinstance(error, Unreachable | Malformed):
        return f"{_begun(error.doing)} failed: {error.said}.", f"{error.advice}."
    if not isinstance(error, ApiError):
        return str(error), ""
    said = f"{error.method} {error.path} was answered {error.status} {error.code}".strip()
    if error.message:
        said += f", {error.message.rstrip('.')}"
    id_ = f" [request id {error.request_id}]" if error.request_id else ""
    advice = error.advice
    if isinstance(error, Forbidden) and error.permissions:
        advice = f"It needs the permission {', '.join(error.permissions)}: use credentials that have it"
    return f"{_begun(error.doing)} failed: {said}.{id_}", f"{advice}."


def _begun(doing: str) -> str:
    """What was being done, at the beginning of a sentence."""
    return doing[:1].upper() + doing[1:]
