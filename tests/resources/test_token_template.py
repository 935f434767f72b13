import json
from dataclasses import replace

import pytest

from pulumi_scalekit import Interceptor, TokenTemplate
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from tests.support.stack import CheckFailed

PATH = "/token-templates"
CLAIMS = {"org": "{{organization.name}}"}


@pytest.fixture
def template(stack):
    return stack(TokenTemplate)


def kept(emulator):
    return [one["_template"] for one in emulator.store.interceptors.values()]


def test_a_create_looks_first_and_writes_once(template, emulator, asked):
    template.up({"template": json.dumps(CLAIMS)})

    assert asked() == [f"GET {PATH}", f"GET {PATH}/context", f"PUT {PATH}"]
    assert (template.id, kept(emulator)) == ("default", [CLAIMS])
    assert next(iter(emulator.store.interceptors.values()))["enabled"] is False


@pytest.mark.parametrize("there", [CLAIMS, {"org": "another"}])
def test_one_that_somebody_else_made_is_not_written_over(template, api, emulator, there):
    api.put(PATH, {"template": there})

    with pytest.raises(ScalekitError, match=r"an environment has no second.*scalekit:adopt.*NAME default"):
        template.up({"template": json.dumps(CLAIMS)})
    assert kept(emulator) == [there]


def test_one_that_is_equal_is_taken_over_if_the_stack_says_so(stack, api, emulator, asked, capsys):
    api.put(PATH, {"template": CLAIMS})
    asked()
    stack(TokenTemplate, adopt="identical").up({"template": json.dumps(CLAIMS), "enabled": True})

    assert asked() == [f"GET {PATH}", f"PATCH {PATH}:enable", f"GET {PATH}"]
    assert "existed already and equals its declaration" in "".join(capsys.readouterr())
    api.put(PATH, {"template": {"org": "another"}})
    with pytest.raises(ScalekitError, match="now it differs"):
        stack(TokenTemplate, adopt="identical").up({"template": json.dumps(CLAIMS)})


def test_with_adopt_identical_a_first_one_is_made(stack, emulator):
    stack(TokenTemplate, adopt="identical").up({"template": json.dumps(CLAIMS)})

    assert kept(emulator) == [CLAIMS]


def test_a_replacement_deletes_first(template):
    """The engine may be told to replace it, and there cannot be two."""
    template.up({"template": json.dumps(CLAIMS)})
    news = {**template.inputs, "template": "{}"}
    _, delete_first = template.provider.replaces(template.id, template.inputs, template.outputs, news)

    assert delete_first


def test_a_create_whose_answer_is_lost_is_sent_again(template, emulator):
    emulator.faults.add(Fault("drop", method="PUT", times=1))
    template.up({"template": json.dumps(CLAIMS)})

    assert kept(emulator) == [CLAIMS]
    assert template.refresh() == []


def test_deleting_it_takes_no_interceptor_along(template, stack, emulator):
    stack(Interceptor).up({"displayName": "Compliance", "triggerPoint": "PRE_SIGNUP", "apiUrl": "https://a.example"})
    template.up({"template": json.dumps(CLAIMS), "enabled": True})
    template.up(None)

    assert [one["trigger_point"] for one in emulator.store.interceptors.values()] == ["PRE_SIGNUP"]


def test_where_the_endpoint_is_missing_nothing_counts_as_deleted(template, emulator):
    template.up({"template": json.dumps(CLAIMS)})
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")

    for operation in (template.refresh, lambda: template.up(None)):
        with pytest.raises(ScalekitError, match="does not mean that the token template is gone"):
            operation()


REFUSED = [
    ("plan: gold", "is no JSON (Expecting value, line 1, column 1)"),
    ('{"a": 1,}', "is no JSON"),
    ('["a"]', "is JSON, but no object"),
    ('{"a": 1, "b": {"c": 1, "c": 2}}', "has a key twice in one object"),
    ('{"a": [12345678901234567]}', "would be rounded"),
    ('{"a": NaN}', "NaN or Infinity"),
    ('{"roles": [], "sub": "x"}', "sets roles, sub, which Scalekit sets itself"),
    ('{"a": {"b": ["{{user.id"]}}', "an expression that begins or ends only"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_work_is_refused_at_preview(template, emulator, text, words):
    with pytest.raises(CheckFailed) as refused:
        template.up({"template": text})

    assert words in refused.value.failures["template"]
    assert emulator.store.interceptors == {}


@pytest.mark.parametrize("number", [0, -1, 3.5, 1e15, 9007199254740991, 1e300, -0.25])
def test_numbers_arrive_as_they_are(template, emulator, number):
    """The API knows floating-point numbers alone."""
    template.up({"template": json.dumps({"level": number})})

    assert kept(emulator) == [{"level": number}]
    assert template.refresh() == []


def test_texts_are_compared_to_the_letter(template, emulator):
    template.up({"template": json.dumps({"name": " Ünï\n"}, ensure_ascii=True)})
    assert template.preview({"template": json.dumps({"name": " Ünï\n"}, ensure_ascii=False)}) == "same"
    assert template.preview({"template": json.dumps({"name": " Ünï"})}) == "update"
    assert kept(emulator) == [{"name": " Ünï\n"}]
    assert template.refresh() == []
