"""The order of a set: the same at a preview, where an element may not be known yet, and at the update that follows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_scalekit.lifecycle import check
from pulumi_scalekit.model.field import UNKNOWN, Field
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.resources import RESOURCES

IDS = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)


def ordered(kind, old, new):
    """A role's permissions are a set at the top."""
    before = {**ROLE, "permissions": old} if old else {}
    values, failures = check(kind, before, {**ROLE, "permissions": new})
    assert failures == []
    return values["permissions"]


ROLE = {"name": "clerk", "display_name": "Clerk"}
KIND = next(one.kind for one in RESOURCES if one.__name__ == "Role")


@given(old=IDS, kept=IDS, fresh=st.lists(st.sampled_from("ijklm"), min_size=1, max_size=4, unique=True), data=st.data())
def test_what_becomes_known_later_stands_where_it_stood_at_the_preview(old, kept, fresh, data):
    program = data.draw(st.permutations([*(one for one in kept if one in old), *fresh]))
    new = set(data.draw(st.lists(st.sampled_from(fresh), min_size=1, unique=True)))
    previewed = ordered(KIND, old, [UNKNOWN if one in new else one for one in program])
    done = ordered(KIND, old, program)
    assert len(previewed) == len(done)
    assert all(before in (UNKNOWN, after) for before, after in zip(previewed, done, strict=True))
    assert set(done) == set(program)


@given(old=IDS.filter(bool), data=st.data())
def test_another_order_is_no_change(old, data):
    assert ordered(KIND, old, data.draw(st.permutations(old))) == old


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], ["c", "a", "c"], ["c", "a"]),
        (["b", "a"], ["a", "b", "c"], ["b", "a", "c"]),
        (["b", "a"], ["c", "a"], ["c", "a"]),
        (["a", "b", "c"], ["c"], ["c"]),
        (["a"], [UNKNOWN, "a", UNKNOWN], ["a", UNKNOWN, UNKNOWN]),
        (["a", "b"], [UNKNOWN, "b"], [UNKNOWN, "b"]),
    ],
)
def test_each_element_stands_once_and_in_its_old_place(old, new, expected):
    assert ordered(KIND, old, new) == expected


def sets(fields, path=()):
    for field in fields:
        if field.unordered:
            yield (*path, field.name), field
        yield from sets(field.shape.fields, (*path, field.name))


SETS = [(one.kind, path, field) for one in RESOURCES for path, field in sets(one.kind.inputs)]


@pytest.mark.parametrize(("kind", "path", "field"), SETS, ids=lambda value: getattr(value, "name", None) or str(value))
def test_every_set_keeps_its_place_for_what_is_not_known(kind: Kind, path, field: Field):
    """In blocks too."""
    item = field.shape.item
    known = list(item.values[:2]) if item.values else list("zy")
    if item.fields:
        known = [
            {part.name: part.shape.values[0] if part.shape.values else text for part in item.fields if part.required}
            for text in known
        ]

    def declared(items):
        for name in reversed(path):
            items = {name: items}
        return items

    bare = Kind(kind.name, "", (kind.by_name[path[0]],), kind.api)
    kept, _ = check(bare, declared([known[0]]), declared([UNKNOWN, known[0]]))
    for name in path:
        kept = kept[name]
    assert kept == [known[0], UNKNOWN]
