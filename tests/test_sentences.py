"""The sentences about replacement and removal that the model knows."""

import re

from pulumi_scalekit.publish.sentences import described
from pulumi_scalekit.resources import KINDS


def _with_keys(fields):
    for field in fields:
        yield field
        yield from _with_keys(field.shape.fields)


def test_what_the_model_knows_is_said_of_every_input_and_typed_nowhere():
    for kind in KINDS.values():
        for field in _with_keys(kind.fields):
            assert not re.search(r"(?i)a change (updates|replaces)|removed|removing", field.description), field.name
        for field in kind.inputs:
            said = described(field, kind)
            assert ("forces replacement" in said) == (field.name in kind.replacing)
            assert field.required or field.provider_only or "remove" in said, f"{kind.name}.{field.name}"
