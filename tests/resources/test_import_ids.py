"""What an import id may not be. What it finds is tested in tests/test_lifecycle.py."""

import pytest

from pulumi_scalekit import Organization
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.resources import RESOURCES

# The others are picked from a list, or have one id only.
ADDRESSED = [one for one in RESOURCES if "{" in one.kind.api.item and not one.kind.api.read_list]


@pytest.mark.parametrize("id_", [".", ".."])
@pytest.mark.parametrize("resource", ADDRESSED, ids=lambda one: one.__name__)
def test_a_part_that_leads_elsewhere_is_refused(stack, asked, resource, id_):
    import_id = resource.kind.import_id(dict.fromkeys(resource.kind.by_name, "org_1"), id_)
    # The id of an environment has a form of its own.
    told = r"an id has the form env_" if resource.kind.api.is_of_environment else r"it would lead elsewhere\.$"
    with pytest.raises(ScalekitError, match=told):
        stack(resource).provider.read(import_id, {}, {})

    assert asked() == []


@pytest.mark.parametrize("value", ["", ".."])
def test_a_key_that_leads_elsewhere_is_refused(stack, asked, value):
    with pytest.raises(ScalekitError, match=r"it would lead elsewhere\.$"):
        stack(Organization).provider.read(f"external:{value}", {}, {})

    assert asked() == []
