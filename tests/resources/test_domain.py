import pytest

from pulumi_scalekit import Domain
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import PROVIDERS, Stack


def test_the_same_name_cannot_stand_twice_so_the_old_one_goes_first(stack, organization, asked):
    domain = stack(Domain)
    program = {"organizationId": organization, "domain": "acme.example"}
    domain.up(program)
    path = f"/organizations/{organization}/domains"
    old = domain.id
    asked()

    assert domain.up({**program, "domainType": "ALLOWED_EMAIL_DOMAIN"}) == "replace"

    assert asked() == [f"DELETE {path}/{old}", f"POST {path}"]


def test_what_is_left_out_after_an_import_does_not_make_it_anew(stack, organization, asked):
    """Scalekit has a default for the type, and a domain that was made without one shows it."""
    domain = stack(Domain)
    program = {"organizationId": organization, "domain": "acme.example"}
    domain.up(program)
    _, domain.inputs, domain.outputs = domain.provider.read(f"{organization}/{domain.id}", {}, {})
    assert domain.inputs == {**program, "domainType": "ORGANIZATION_DOMAIN"}
    asked()

    assert domain.up(program) == "update"

    assert asked() == []
    assert domain.preview({**program, "domainType": "ALLOWED_EMAIL_DOMAIN"}) == "replace"


def test_a_connection_that_is_declared_later_does_not_make_it_anew(stack, organization, asked, api):
    """No answer shows it: after an import it may be tied as the program says."""
    domain = stack(Domain)
    program = {"organizationId": organization, "domain": "acme.example"}
    domain.up(program)
    tied = {**program, "connectionId": api.connection(organization)}
    asked()

    assert domain.up(tied) == "update"

    assert asked() == []
    assert domain.preview(tied) == "same"
    assert domain.preview({**tied, "connectionId": api.connection(organization)}) == "replace"


def test_another_name_is_made_before_the_old_one_goes(stack, organization, asked):
    domain = stack(Domain)
    domain.up({"organizationId": organization, "domain": "acme.example"})
    asked()

    domain.up({"organizationId": organization, "domain": "acme2.example"})

    assert [request.split()[0] for request in asked()] == ["POST", "DELETE"]


def test_upper_case_is_no_drift(stack, organization):
    domain = stack(Domain)
    domain.up({"organizationId": organization, "domain": "Acme.Example"})

    assert domain.refresh() == []
    assert domain.inputs["domain"] == "acme.example"
    assert domain.preview({"organizationId": organization, "domain": "ACME.example"}) == "same"


def test_what_the_dns_needs_is_an_output(stack, organization, emulator):
    domain = stack(Domain)
    domain.up({"organizationId": organization, "domain": "acme.example"})

    record = emulator.store.domains[domain.id]
    assert domain.outputs["txtRecordKey"] == record["txt_record_key"]
    assert domain.outputs["txtRecordSecret"] == record["txt_record_secret"]
    assert domain.outputs["verificationStatus"] == "VERIFIED"


def test_a_public_mail_domain_is_refused_in_the_apis_words(stack, organization):
    with pytest.raises(ScalekitError, match=r'creating domain "gmail.com" failed: .*public or disposable'):
        stack(Domain).up({"organizationId": organization, "domain": "gmail.com"})


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_international_name_is_its_a_label(provider, config, organization, emulator):
    """However the program and the answers spell it: neither a change nor drift."""
    domain = Stack(PROVIDERS[provider](Domain.kind, config))
    program = {"organizationId": organization, "domain": "Bücher.example"}
    domain.up(program)

    record = emulator.store.domains[domain.id]
    assert record["domain"] == "xn--bcher-kva.example"
    for answered in ("xn--bcher-kva.example", "bücher.example", "XN--BCHER-KVA.example"):
        record["domain"] = answered
        domain.provider = PROVIDERS[provider](Domain.kind, config)  # without a list of a second ago
        assert domain.refresh() == []
        for declared in ("Bücher.example", "bücher.example", "xn--bcher-kva.example"):
            assert domain.preview({**program, "domain": declared}) == "same"
    record["domain"] = "buecher.example"
    domain.provider = PROVIDERS[provider](Domain.kind, config)
    assert domain.refresh() == ["domain"]
