"""What the dynamic provider undoes: its host keeps neither half an object nor half an update."""

from __future__ import annotations

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle import HalfUpdated, InitFailed, delete
from pulumi_scalekit.lifecycle.advice import ways
from pulumi_scalekit.lifecycle.state import declared
from pulumi_scalekit.lifecycle.write import write
from pulumi_scalekit.model.compare import changed_secrets
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.remote.objects import Objects


def undo_create(objects: Objects, failed: InitFailed) -> ScalekitError:
    """Take back a create that failed half way, for a caller that cannot keep half an object.

    Returns:
        The error to show: what failed, and what became of the object.

    """
    kind = objects.kind
    created = failed.created
    left = f"{created.id} is left behind. {ways(kind, created.state)} before you run `pulumi up` again."
    if not created.ours:
        return ScalekitError(f"{failed} Only what this very create answered with is undone, so {left}")
    if not kind.api.delete:
        return ScalekitError(f"{failed} Scalekit cannot delete it, so {left}")
    try:
        delete(objects, created.id, {**created.state, "deletion_protection": False})
    except ScalekitError as error:
        return ScalekitError(f"{failed} Undoing the create failed too ({error}), so {left}")
    return ScalekitError(f"{failed} The create was undone, so nothing is left behind.")


def undo_update(objects: Objects, id: str, failed: HalfUpdated, state: Values, inputs: Values) -> ScalekitError:
    """Undo what holds a secret that no read shows, for a caller that cannot keep half an update.

    The state of before is all that such a caller has. It would show no difference if the program went back to it, while
    another secret is live.

    Args:
        objects: The objects of its kind, where it lives.
        id: The API's id.
        failed: The update.
        state: The state of before.
        inputs: What was to be written.

    Returns:
        The error to show: what failed, and what is there now.

    """
    kind = objects.kind
    objects = objects.hiding(state, inputs)
    touched = [*failed.written, *failed.doubted]
    undone: list[str] = []
    try:
        for endpoint in kind.api.update:
            names = [name for name in endpoint.owns if name in touched and name in state]
            if changed_secrets(kind, state, inputs, names):
                doing = f"taking back the update of {kind.label(state)} ({id})"
                write(objects, endpoint, id, inputs, declared(kind, state), names, doing)
                undone += names
    except ScalekitError as error:
        secrets = ", ".join(sorted(changed_secrets(kind, state, inputs, touched)))
        return ScalekitError(
            f"{failed} Taking the change back failed too ({error}), so {secrets} may have the new or the former value, and "
            f"nothing shows which. `pulumi up` with this program writes it again. Before you go back to the former program, "
            f"run `pulumi up` with this program until it succeeds."
        )
    left = [name for name in failed.written if name not in undone]
    words = f" {', '.join(undone)} is as before: the change was taken back." if undone else ""
    if left:
        words += f" Written before that: {', '.join(left)}."
        return ScalekitError(
            f"{failed}{words} `pulumi up` goes on from here; to take the change back, run `pulumi refresh` first."
        )
    return ScalekitError(f"{failed}{words} Run `pulumi up` again.") if undone else failed
