"""CustomDomain: there is no way back, so nothing is sent but what is meant, and once."""

from dataclasses import replace

import pytest
from pulumi.output import Unknown

from pulumi_scalekit import CustomDomain
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from pulumi_scalekit.model.finding import ResourceChange
from tests.support.stack import PROVIDERS, CheckFailed, Stack

MINE = {"customDomain": "auth.acme.com"}


@pytest.fixture(params=PROVIDERS)
def stack(request, config):
    """Makes an empty stack of it."""
    return lambda resource: Stack(PROVIDERS[request.param](resource.kind, config))


@pytest.fixture
def path(emulator):
    return f"/environments/{emulator.store.environment_id}/custom-domains"


@pytest.fixture
def there(emulator):
    """Set the environment's custom domain behind our back, or read it."""

    def place(name=None):
        if name:
            record = emulator.store.record(custom_domain=name, custom_domain_status="ACTIVE")
            emulator.store.custom_domains[emulator.store.environment_id] = record
        return emulator.store.custom_domains.get(emulator.store.environment_id, {}).get("custom_domain")

    return place


def test_it_is_looked_for_and_then_made_once(stack, organization, asked, path, there):
    domain = stack(CustomDomain)
    asked()

    domain.up(MINE)

    assert asked() == ["POST /events/paginated", f"POST {path}:check", f"POST {path}"]
    assert there() == "auth.acme.com"
    assert domain.outputs["customDomainStatus"] == "PENDING"


def test_the_same_one_is_taken_over_and_nothing_is_sent(stack, organization, asked, path, there):
    there("auth.acme.com")
    domain = stack(CustomDomain)
    asked()

    domain.up({"customDomain": "Auth.Acme.com"})

    assert asked() == ["POST /events/paginated", f"POST {path}:check"]
    assert domain.outputs["customDomainStatus"] == "ACTIVE"


@pytest.mark.parametrize("second", ["refused", "replaces"])
def test_another_one_that_is_there_is_never_overwritten(stack, organization, emulator, asked, path, there, second):
    emulator.switches = replace(emulator.switches, second_custom_domain=second)
    there("login.acme.com")

    with pytest.raises(ScalekitError, match="custom_domain is login.acme.com at Scalekit, which has no call"):
        stack(CustomDomain).up(MINE)

    assert there() == "login.acme.com"
    assert f"POST {path}" not in asked()


def test_another_one_is_refused_at_preview_at_the_property(stack, organization, asked, there):
    domain = stack(CustomDomain)
    domain.up(MINE)
    asked()

    with pytest.raises(CheckFailed) as refused:
        domain.preview({"customDomain": "login.acme.com"})

    said = refused.value.failures["customDomain"]
    assert said.startswith("custom_domain is auth.acme.com in the state, and Scalekit has no call that changes it")
    assert "run `pulumi refresh` first. If not, declare auth.acme.com." in said
    assert asked() == []


def test_one_that_is_known_at_the_update_alone_is_refused_there(stack, organization, emulator, there):
    emulator.switches = replace(emulator.switches, second_custom_domain="replaces")
    domain = stack(CustomDomain)
    domain.up(MINE)
    assert domain.preview({"customDomain": Unknown()}) == "update"
    domain.inputs = {}

    with pytest.raises(ScalekitError, match="custom_domain is auth.acme.com at Scalekit"):
        domain.up({"customDomain": "login.acme.com"})

    assert there() == "auth.acme.com"


def test_one_that_somebody_has_changed_is_reported_and_left(stack, organization, there):
    domain = stack(CustomDomain)
    domain.up(MINE)
    there("login.acme.com")

    assert domain.refresh() == ["customDomain"]
    with pytest.raises(CheckFailed) as refused:
        domain.up(MINE)
    assert "declare login.acme.com" in refused.value.failures["customDomain"]
    assert domain.up({"customDomain": "login.acme.com"}) == "same"


def test_one_that_came_back_is_not_sent_again(stack, organization, emulator, asked, path, there):
    domain = stack(CustomDomain)
    domain.up(MINE)
    emulator.store.custom_domains.clear()
    assert domain.refresh() == ["customDomain"]
    there("auth.acme.com")
    asked()

    domain.up(MINE)

    assert asked() == [f"POST {path}:check"]
    assert domain.refresh() == []


def test_one_that_was_taken_away_is_made_again(stack, organization, emulator, there):
    domain = stack(CustomDomain)
    domain.up(MINE)
    emulator.store.custom_domains.clear()
    domain.refresh()

    domain.up(MINE)

    assert there() == "auth.acme.com"


def test_it_says_what_it_means_that_it_is_gone():
    said = CustomDomain.kind.consequence(ResourceChange({"custom_domain": "auth.acme.com"}, {"custom_domain": ""}))
    assert said == "The environment is no longer reached at https://auth.acme.com, and who signs in there cannot."


def test_an_environment_that_is_not_there_is_named(stack):
    with pytest.raises(ScalekitError, match="there is no such environment here: check environment_id"):
        stack(CustomDomain).up({**MINE, "environmentId": "env_404"})


def test_an_environment_without_one_has_none_to_import(stack, organization, emulator, there):
    domain, environment = stack(CustomDomain), emulator.store.environment_id
    if domain.provider.tells_absence:
        assert domain.provider.read(environment, {}, {}) is None
    else:
        with pytest.raises(ScalekitError, match="reading custom domain env_.*: it does not exist"):
            domain.provider.read(environment, {}, {})

    there("auth.acme.com")
    assert domain.provider.read(environment, {}, {})[1]["customDomain"] == "auth.acme.com"


def test_its_status_is_what_scalekit_says_at_the_refresh(stack, organization, there):
    domain = stack(CustomDomain)
    domain.up(MINE)
    there("auth.acme.com")

    assert domain.refresh() == []
    assert domain.outputs["customDomainStatus"] == "ACTIVE"


def test_to_destroy_it_leaves_it_and_says_so(stack, organization, there, capsys):
    domain = stack(CustomDomain)
    domain.up(MINE)

    domain.up(None)

    assert there() == "auth.acme.com"
    assert 'custom domain "auth.acme.com"' in (said := "".join(capsys.readouterr()))
    assert "Scalekit keeps it as it is. Keep its DNS records; to have it taken away, ask Scalekit's support." in said


def test_where_the_check_is_not_answered_nothing_is_made_and_nothing_is_gone(stack, organization, emulator, there):
    domain = stack(CustomDomain)
    emulator.faults.add(Fault("status", status=404, method="POST", path=".*:check", times=None))
    with pytest.raises(ScalekitError, match="the endpoint itself does not answer"):
        domain.up(MINE)
    assert there() is None

    emulator.faults.clear()
    domain.up(MINE)
    emulator.faults.add(Fault("status", status=404, method="POST", path=".*:check", times=None))
    with pytest.raises(ScalekitError, match="That does not mean that the custom domain is gone"):
        domain.refresh()


def test_a_check_is_repeated_like_any_read(stack, organization, emulator):
    domain = stack(CustomDomain)
    domain.up(MINE)
    emulator.faults.add(Fault("status", status=503, method="POST", path=".*:check", times=1))

    assert domain.refresh() == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("https://auth.acme.com", "is an address"), ("acme", "has no dot"), ("*.acme.com", "is a pattern"), ("", "")],
)
def test_what_is_no_name_is_refused_at_preview(stack, name, reason):
    with pytest.raises(CheckFailed) as refused:
        stack(CustomDomain).preview({"customDomain": name})
    assert reason in refused.value.failures["customDomain"]
