"""What a call of Scalekit's API takes and answers, as its vendor describes it: for whoever adds a resource.

python -m tools.api_call directories            lists the calls with this word in the path
python -m tools.api_call POST /organizations    shows the call: its fields, their rules, who may call it
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from google.protobuf import text_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from pulumi_scalekit.emulator.serving import descriptors, routes
from pulumi_scalekit.emulator.serving.routes import Route

PREFIX = "/api/v1"
TYPES = {
    getattr(FieldDescriptor, name): name.removeprefix("TYPE_").lower()
    for name in vars(FieldDescriptor)
    if name.startswith("TYPE_")
}


def head(route: Route) -> str:
    """The call in one line."""
    published = "published" if route.published else "NOT PUBLISHED"
    allowed = "client credentials" if route.client_allowed else "not with client credentials"
    return f"{route.verb:6} {route.template.removeprefix(PREFIX)}  ({route.rpc}; {published}; {allowed})"


def fields(message: Descriptor, indent: str = "    ", above: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields of a message, a line each, those of messages in it below."""
    if message.full_name in above or message.full_name.startswith("google."):
        return
    for field in message.fields:
        yield indent + " ".join(part for part in (field.name, shape(field), rules(field)) if part)
        entry = field.message_type
        if entry and not entry.GetOptions().map_entry:
            yield from fields(entry, indent + "  ", (*above, message.full_name))


def shape(field: FieldDescriptor) -> str:
    """A field's type, and for an enum its values."""
    entry = field.message_type
    if entry and entry.GetOptions().map_entry:
        return f"map of {shape(entry.fields_by_name['value'])}"
    if field.enum_type:
        kind = "one of " + ", ".join(value.name for value in field.enum_type.values)
    else:
        kind = entry.name if entry else TYPES[field.type]
    return f"list of {kind}" if field.is_repeated else kind


def rules(field: FieldDescriptor) -> str:
    """What the API demands of a field, in the words of buf.validate."""
    options = descriptors.load().options(field, "buf.validate.field")
    text = text_format.MessageToString(options, as_one_line=True)
    return f"[{text}]" if text else ""


def shown(route: Route) -> Iterator[str]:
    """A call with all that it takes and answers."""
    yield head(route)
    yield f"  takes{f' (in the body: {route.body})' if route.body else ''}:"
    yield from fields(route.request)
    yield f"  answers {route.success}:"
    yield from fields(route.response)


def main(arguments: list[str]) -> int:
    """Print the calls that the arguments name; 1 where there is none."""
    # A call may be quoted as a whole, as it stands in the list.
    *verbs, word = " ".join(arguments).split() or [""]
    verb = verbs[0] if verbs else ""
    known = sorted(routes.load(), key=lambda route: (route.template, route.verb))
    named = [route for route in known if word in route.template and verb.upper() in ("", route.verb)]
    found = [route for route in named if route.template == PREFIX + word] or named
    for route in found:
        print("\n".join(shown(route)) if verb else head(route))
    if not found:
        print(f"No call has {word!r} in its path." if word else __doc__, file=sys.stderr)
    return 0 if found and arguments else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
