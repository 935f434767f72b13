from __future__ import annotations

import pytest


def test_a_domain_that_was_created_by_api_is_verified(api):
    path = api.bare_organization()
    response = api.ask("POST", f"{path}/domains", {"domain": "acme.com"})
    assert response.status_code == 200
    domain = response.json()["domain"]
    assert domain["domain_type"] == "ORGANIZATION_DOMAIN"
    assert (domain["verification_status"], domain["verification_method"]) == ("VERIFIED", "ADMIN")
    assert domain["environment_id"] == api.store.environment_id
    assert domain["txt_record_key"]
    assert domain["txt_record_secret"]
    assert api.get(f"{path}/domains/{domain['id']}")["domain"] == domain


@pytest.mark.parametrize("domain", ["gmail.com", "Mailinator.com"])
def test_public_mail_domains_are_refused(api, domain):
    refusal = api.refused(400, "POST", f"{api.bare_organization()}/domains", {"domain": domain})
    assert "public" in refusal["message"]


def test_a_domain_has_at_least_four_letters(api):
    refusal = api.refused(400, "POST", f"{api.bare_organization()}/domains", {"domain": "a.b"})
    assert refusal["details"][0]["validation_error_info"]["field_violations"][0]["field"] == "domain.domain"


@pytest.mark.parametrize(
    "domain",
    [
        "https://acme.com", "ada@acme.com", "*.acme.com", "acme.com:443", "acme.com/", "ac me.com", "acme.com.", "localhost",
        "192.0.2.1", "bücher.example", "-acme.com", "acme..com",
    ],
)  # fmt: skip
def test_what_is_no_domain_name_is_refused(api, domain):
    refusal = api.refused(400, "POST", f"{api.bare_organization()}/domains", {"domain": domain})
    assert refusal["details"][0]["validation_error_info"]["field_violations"][0]["field"] == "domain.domain"


def test_an_international_domain_is_its_a_label(api):
    path = api.bare_organization()
    assert (
        api.post(f"{path}/domains", {"domain": "xn--bcher-kva.example"})["domain"]["domain"] == "xn--bcher-kva.example"
    )


def test_a_sign_in_domain_belongs_to_one_organization_and_a_mail_domain_to_many(api):
    one, other = api.bare_organization(), api.bare_organization()
    api.post(f"{one}/domains", {"domain": "acme.com"})
    api.refused(400, "POST", f"{other}/domains", {"domain": "ACME.com"})
    for path in (one, other):
        api.post(f"{path}/domains", {"domain": "acme.com", "domain_type": "ALLOWED_EMAIL_DOMAIN"})


@pytest.mark.parametrize(
    ("switch", "of_another", "of_the_other_type"),
    [("environment by type", 400, 200), ("environment", 400, 400), ("organization", 200, 200)],
)
def test_where_a_domain_is_unique(start, switch, of_another, of_the_other_type):
    api = start(domain_unique_in=switch)
    one, other = api.bare_organization(), api.bare_organization()
    api.post(f"{one}/domains", {"domain": "acme.com"})
    assert api.ask("POST", f"{one}/domains", {"domain": "acme.com"}).status_code == 400
    assert api.ask("POST", f"{other}/domains", {"domain": "acme.com"}).status_code == of_another
    mail = {"domain": "acme.com", "domain_type": "ALLOWED_EMAIL_DOMAIN"}
    assert api.ask("POST", f"{one}/domains", mail).status_code == of_the_other_type
    assert api.ask("POST", f"{other}/domains", mail).status_code == of_the_other_type


def test_domains_are_listed_by_page_number_and_type(api):
    path = api.bare_organization()
    names = [f"acme{number}.com" for number in range(5)]
    for name in names:
        api.post(f"{path}/domains", {"domain": name})
    api.post(f"{path}/domains", {"domain": "mail.com", "domain_type": "ALLOWED_EMAIL_DOMAIN"})
    pages = [
        [d["domain"] for d in api.get(f"{path}/domains", page_size=2, page_number=number)["domains"]]
        for number in range(4)
    ]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert [name for page in pages for name in page] == [*names, "mail.com"]
    only = api.get(f"{path}/domains", domain_type="ALLOWED_EMAIL_DOMAIN")["domains"]
    assert [d["domain"] for d in only] == ["mail.com"]


def test_a_deleted_domain_leaves_its_connection(api):
    path = api.bare_organization()
    domain = api.post(f"{path}/domains", {"domain": "acme.com"})["domain"]["id"]
    connection = api.bare_connection(path)
    other = api.post(f"{path}/domains", {"domain": "acme.org"})["domain"]["id"]
    api.put(f"{connection}/domains", {"domain_ids": [domain, other]})
    api.delete(f"{path}/domains/{domain}")
    assert [shown["id"] for shown in api.get(connection)["connection"]["domains"]] == [other]
    assert api.store.connections[connection.rpartition("/")[2]]["_domain_ids"] == [other]
    api.refused(404, "GET", f"{path}/domains/{domain}")


def test_another_organizations_domain_is_not_found(api):
    one, other = api.bare_organization(), api.bare_organization()
    domain = api.post(f"{one}/domains", {"domain": "acme.com"})["domain"]["id"]
    api.refused(404, "GET", f"{other}/domains/{domain}")


def test_a_domain_is_tied_to_a_connection_of_its_organization(api):
    one, other = api.bare_organization(), api.bare_organization()
    connection = api.bare_connection(one)
    id_ = connection.rpartition("/")[2]
    domain = api.send("POST", f"{one}/domains", {"domain": "acme.com"}, connection_id=id_)["domain"]
    assert [shown["id"] for shown in api.get(connection)["connection"]["domains"]] == [domain["id"]]
    api.refused(404, "POST", f"{other}/domains", {"domain": "acme.org"}, connection_id=id_)
    assert len(api.store.domains) == 1


def test_a_domain_that_the_dns_has_to_verify(start):
    api = start(domain_verification="dns")
    path = api.bare_organization()
    domain = api.post(f"{path}/domains", {"domain": "acme.com"})["domain"]
    assert (domain["verification_status"], domain["verification_method"]) == ("PENDING", "DNS")
    verify = f"{path}/domains/{domain['id']}:verify"
    assert api.patch(verify) == {"verified": False}
    api.store.domains[domain["id"]]["_dns"] = ["v=spf1 -all", domain["txt_record_secret"]]
    assert api.patch(verify) == {"verified": True}
    assert api.get(f"{path}/domains/{domain['id']}")["domain"]["verification_status"] == "VERIFIED"


def test_a_domain_that_its_maker_verified_stays_verified(api):
    path = api.bare_organization()
    domain = api.post(f"{path}/domains", {"domain": "acme.com"})["domain"]
    assert api.patch(f"{path}/domains/{domain['id']}:verify") == {"verified": True}
    api.refused(404, "PATCH", f"{path}/domains/dom_404:verify")
