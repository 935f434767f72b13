"""A portal link leads to the portal: once, for a minute, and nobody else's."""

from __future__ import annotations

import pytest

from tests.support.portal import link


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_link_opens_the_portal_of_its_organization(administrator):
    page = administrator(display_name="Acme Inc").home

    assert page.status == 200
    assert page.says("Single sign-on of Acme Inc")
    assert page.says("There is no connection to set up yet")


def test_a_link_opens_once(api, visitors):
    location = link(api, api.organization())["location"]
    first, second = visitors(), visitors()
    opened = first.open(location)

    page = second.open(location)

    assert page.status == 410
    assert page.says("it opens once")
    assert page.says("Ask the company whose service you set up for a new link.")
    assert first.open(opened.address).status == 200, "who opened it stays in"


def test_a_link_may_be_reusable(start, visitors):
    api = start(portal_link="reusable")
    location = link(api, api.organization())["location"]

    assert [visitors().open(location).status for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (60, 410)])
def test_a_link_expires_after_a_minute(start, visitors, seconds, status):
    clock = Clock()
    api = start(clock=clock)
    location = link(api, api.organization())["location"]
    clock.now += seconds

    page = visitors().open(location)

    assert page.status == status
    assert page.says("This link has expired") == (status == 410)


@pytest.mark.parametrize(("hours", "status"), [(5.9, 200), (6, 403)])
def test_a_session_ends_after_six_hours(start, visitors, hours, status):
    clock = Clock()
    api = start(clock=clock)
    visitor = visitors()
    home = visitor.open(link(api, api.organization())["location"])
    clock.now += hours * 3600

    page = visitor.open(home.address)

    assert page.status == status
    assert page.says("Your session is over") == (status == 403)


def test_a_link_that_was_revoked_says_so(api, visitors):
    organization = api.organization()
    made = link(api, organization)
    api.refused(404, "DELETE", f"/organizations/{api.organization()}/portal_links/{made['id']}")
    api.delete(f"/organizations/{organization}/portal_links/{made['id']}")

    page = visitors().open(made["location"])

    assert page.status == 410
    assert page.says("This link was revoked.")


def test_a_link_that_nobody_made_opens_nothing(api, visitors):
    page = visitors().open(f"{api.emulator.url}/magicLink/invented")

    assert page.status == 404
    assert page.says("There is no such link.")


def test_another_browser_is_not_signed_in(administrator, visitors):
    page = visitors().open(administrator().home.address)

    assert page.status == 403
    assert page.says("You are not signed in here")


def test_a_link_is_for_its_own_organization(api, administrator, oidc):
    other, connection = oidc
    here = administrator()

    assert here.visitor.open(here.home.address.replace(here.organization, other)).status == 403
    assert here.connection(connection).status == 404
    answer = here.visitor.http.post(f"{here.home.address}/connections/{connection}/disable")
    assert answer.status_code == 403, "without the token of a form"
    assert here.record(connection)["enabled"]


def test_a_form_of_one_organization_is_not_taken_for_another(api, administrator, oidc):
    """Both are open in one browser: its cookies are there, and the token is of the other one."""
    mine, other = administrator(oidc[0]), administrator()
    mine.visitor.open(link(api, other.organization)["location"])
    page = mine.connection(oidc[1])
    foreign = api.store.portal.session(other.visitor.http.cookies["portal_session"], other.organization).form_token

    answer = mine.visitor.http.post(f"{page.address}/disable", data={"form_token": foreign})

    assert answer.status_code == 403
    assert "out of date" in answer.text
    assert mine.record(oidc[1])["enabled"]
    assert mine.visitor.send(page, "/disable").says("Disabled")


def test_a_link_for_directory_sync_is_not_for_single_sign_on(api, visitors):
    page = visitors().open(link(api, api.organization(), "dir_sync")["location"])

    assert page.status == 403
    assert page.says("This link is not for single sign-on")


def test_nothing_is_left_of_a_deleted_organization(api, administrator):
    here = administrator()
    api.delete(f"/organizations/{here.organization}")

    page = here.visitor.open(here.home.address)

    assert page.status == 410
    assert page.says("This organization was deleted.")


def test_links_and_sessions_are_in_no_dump_of_the_store(api, administrator):
    here = administrator()
    token = here.visitor.http.cookies["portal_session"]
    location = link(api, here.organization)["location"]

    shown = api.http.get(f"{api.emulator.url}/_emulator/store", params={"secrets": "shown"}).text

    assert token not in shown
    assert location.rpartition("/")[2] not in shown
    assert token not in repr(vars(api.store.portal)["_sessions"].values())


def test_a_test_of_ones_own_program_gets_a_link_without_the_api(api, visitors):
    organization = api.organization(display_name="Acme Inc")
    mark = api.emulator.ledger.mark()

    assert visitors().open(api.emulator.portal_link(organization)).says("Single sign-on of Acme Inc")

    assert api.emulator.ledger.since(mark) == []
    with pytest.raises(KeyError, match="org_1"):
        api.emulator.portal_link("org_1")
