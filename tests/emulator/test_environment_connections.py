import pytest

APP = {"flags.is_app": "true"}
RULE = {"provider": "SCALEKIT", "provider_key": "SCALEKIT"}


def made(api, body, **query):
    return api.send("POST", "/connections", body, **query)["connection"]


def test_a_connector_is_enabled_and_knows_its_provider_and_a_sign_in_is_a_draft(api):
    """As the SDK's tests say of a connector; of a sign-in nobody says anything, so it begins as an organization's does."""
    hubspot = made(api, {"provider_key": "HUBSPOT", "type": "OAUTH"}, **APP)
    github = made(api, {"provider": "GITHUB", "type": "OAUTH"}, **{"flags.is_login": "true"})

    assert hubspot["enabled"]
    assert hubspot["key_id"].startswith("hubspot-")
    assert "hubspot.com" in hubspot["oauth_config"]["authorize_uri"]
    assert (github["enabled"], github["status"], github.get("organization_id")) == (False, "DRAFT", None)
    assert github["id"] in github["oauth_config"]["redirect_uri"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"type": "OAUTH"}, "provider or provider_key is required"),
        ({"provider": "SCALEKIT", "type": "PASSWORDLESS"}, "invalid value for provider_key"),
        ({**RULE, "type": "WEBAUTHN"}, "invalid value for key_id"),
        ({"provider_key": "MIXPANEL", "type": "OAUTH", "context": {"region": "eu"}}, "context has no region"),
    ],
)
def test_what_a_create_refuses(api, body, why):
    assert why in str(api.refused(400, "POST", "/connections", body))
    assert not api.store.environment_connections


def test_a_patch_keeps_what_it_leaves_out_and_hides_the_secret(api):
    one = made(api, {"provider_key": "HUBSPOT", "type": "OAUTH"}, **APP)
    sent = {"client_id": "a", "client_secret": "canary", "googleads_developer_token": "tokencanary"}
    body = {"provider_key": "HUBSPOT", "type": "OAUTH", "oauth_config": sent}
    shown = api.patch(f"/connections/{one['id']}", body)["connection"]["oauth_config"]

    assert shown["authorize_uri"] == one["oauth_config"]["authorize_uri"]
    assert "client_secret" not in shown or not shown["client_secret"]
    assert shown["googleads_developer_token"] == "*" * 12 + "nary"


def test_required_scopes_count_beside_their_switch_alone(api):
    """A text of the descriptors says that the switch replaces them."""
    path = f"/connections/{made(api, {'provider_key': 'SLACK', 'type': 'OAUTH'}, **APP)['id']}"

    def patched(**config):
        sent = {"provider_key": "SLACK", "type": "OAUTH", "oauth_config": config}
        return api.patch(path, sent)["connection"]["oauth_config"].get("required_scopes") or []

    assert patched(scopes=["a", "b"], scope_selection_allowed=True, required_scopes=["a"]) == ["a"]
    assert patched(required_scopes=["b"]) == ["a"]
    assert patched(scope_selection_allowed=True) == []
    wrong = {"provider_key": "SLACK", "type": "OAUTH", "oauth_config": {"required_scopes": ["c"]}}
    assert "subset" in str(api.refused(400, "PATCH", path, wrong))


def test_it_is_no_connection_of_an_organization(api):
    organization = api.bare_organization()
    one = made(api, {"provider": "GITHUB", "type": "OAUTH"})
    api.refused(404, "GET", f"{organization}/connections/{one['id']}")
    api.refused(404, "GET", f"/connections/{api.bare_connection(organization).rpartition('/')[2]}")
    assert api.get("/connections", include="all", organization_id=organization.rpartition("/")[2])["connections"]


@pytest.mark.parametrize("lists", ["both", "connections", "connections/app"])
def test_where_it_is_listed_is_not_known(start, lists):
    api = start(environment_connections=lists)
    login = made(api, {"provider": "GITHUB", "type": "OAUTH"})["id"]
    app = made(api, {"provider_key": "SLACK", "type": "API_KEY"}, **APP)["id"]

    def ids(path, **query):
        return {one["id"] for one in api.get(path, **query)["connections"]}

    assert ids("/connections", include="all") == (set() if lists == "connections/app" else {login, app})
    assert ids("/connections/app") == ({app} if lists == "connections" else {login, app})
    assert ids("/connections/app", provider="slack") == {app}
    first = api.get("/connections/app", page_size=1)
    assert bool(first["next_page_token"]) == (first["total_size"] == 2)


def test_enabled_disabled_and_deleted(start):
    api = start(delete_enabled_connection="refused")
    path = f"/connections/{made(api, {**RULE, 'type': 'PASSWORDLESS'})['id']}"
    assert api.patch(f"{path}:enable")["enabled"]
    api.refused(400, "DELETE", path)
    api.patch(f"{path}:disable")
    api.delete(path)
    api.refused(404, "GET", path)


def test_a_social_sign_in_without_a_client_cannot_be_enabled(api):
    path = f"/connections/{made(api, {'provider': 'GITHUB', 'type': 'OAUTH'})['id']}"
    assert "client_id" in api.patch(f"{path}:enable")["error_message"]
    api.patch(path, {"provider": "GITHUB", "type": "OAUTH", "oauth_config": {"use_platform_creds": True}})
    assert api.patch(f"{path}:enable")["enabled"]
