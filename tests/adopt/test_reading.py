"""What `adopt` reads: with list pages where they hold whole objects, and what it does where reading fails."""

import json
import shutil
import sys
from collections import Counter

import click
import pytest

from pulumi_scalekit import Connection, Organization
from pulumi_scalekit.adopt import inventory
from pulumi_scalekit.adopt.existing import Existing, Tenant
from pulumi_scalekit.adopt.inventory import is_adoptable
from pulumi_scalekit.adopt.journal import Journal
from pulumi_scalekit.api.client import client_for
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator.serving.fault_injection import Fault
from pulumi_scalekit.emulator.serving.seed import plant
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.resources import RESOURCES
from tests.support.existing_environment import CANARY, fill

TENANT = {
    "features": {"sso": True},
    "connections": [
        {
            "provider": "OKTA",
            "type": "OIDC",
            "oidc_config": {"issuer": "https://idp.example", "client_id": "1", "client_secret": CANARY},
            "enabled": True,
        }
    ],
}


def tenants(emulator, number):
    listed = [
        {"display_name": f"T{each}", "external_id": f"t{each}", "domains": [{"domain": f"t{each}.example"}], **TENANT}
        for each in range(number)
    ]
    plant(emulator, {"organizations": listed})


def text_of(folder):
    return "".join(path.read_text() for path in sorted(folder.rglob("*")) if path.is_file())


def test_list_pages_are_read_where_they_hold_whole_objects(adopt, emulator):
    tenants(emulator, 120)
    before = emulator.ledger.mark()
    code, _ = adopt("--only", "connections", "--only", "domains", "--layout", "one-file")
    assert code == 0
    assert Counter(entry.rpc.partition(".")[2] for entry in emulator.ledger.since(before)) == {
        "ListOrganization": 2,  # a hundred on a page
        "ListConnections": 1,  # of the whole environment; the list holds no settings
        "GetConnection": 120,
        "ListDomains": 120,
    }


def test_nothing_is_written_to_the_environment(adopt, emulator):
    fill(emulator, 5)
    before, mark = emulator.store.snapshot(), emulator.ledger.mark()
    adopt()
    # To list events takes a POST, and so does looking at the custom domain.
    sent = {(entry.method, entry.path) for entry in emulator.ledger.since(mark) if entry.method != "GET"}
    assert sent == {
        ("POST", "/api/v1/events/paginated"),
        ("POST", f"/api/v1/environments/{emulator.store.environment_id}/custom-domains:check"),
    }
    assert emulator.store.snapshot() == before


def test_only_the_organizations_of_a_pattern(adopt, emulator, folder):
    tenants(emulator, 12)
    code, shown = adopt("--include", "t1*")
    assert code == 0
    assert {path.stem for path in (folder / "tenants").glob("t*")} == {"t1", "t10", "t11"}
    assert "what --include leaves out, 9 of the organizations" in shown


def test_a_kind_that_is_not_there(adopt):
    code, shown = adopt("--only", "connection", "--only", "users")
    assert code == 2
    assert "users is none of organizations, connections" in shown


def test_what_cannot_be_adopted():
    """Their values cannot be read, or something else declares them, or they are people."""
    left = {resource.__name__ for resource in RESOURCES if not is_adoptable(resource.kind)}
    assert left == {
        "ApplicationSecret",
        "ConnectionSettings",
        "DirectorySecret",
        "McpServerClient",
        "OrganizationClientSecret",
        "OrganizationMember",
        "RolePermissions",
    }


def test_a_tenant_that_cannot_be_read_is_left_out_whole(adopt, emulator, folder):
    tenants(emulator, 3)
    broken = list(emulator.store.organizations)[1]
    emulator.faults.add(Fault("status", status=501, path=f"/api/v1/organizations/{broken}/domains", times=None))
    code, shown = adopt()
    assert code == 3
    assert f'organization "T1" ({broken}): ' in shown
    assert {path.stem for path in (folder / "tenants").glob("t*")} == {"t0", "t2"}
    assert broken not in text_of(folder)


def test_a_list_that_cannot_be_read_is_reported_and_the_rest_goes_on(adopt, emulator, folder):
    tenants(emulator, 2)
    emulator.faults.add(Fault("status", status=403, path="/api/v1/user-profile-attributes", times=None))
    code, shown = adopt()
    assert code == 3
    assert "every user attribute: " in shown
    assert "t1.example" in text_of(folder)


def test_of_attributes_only_those_that_somebody_made_are_taken(adopt, emulator, folder):
    store, made = emulator.store, {"label": "Badge", "datatype": "STRING", "category": "CUSTOM"}
    store.user_attributes["badge"] = store.record(key="badge", **made)
    store.directory_user_attributes["provisioned"] = store.record(key="provisioned", **made)

    assert adopt()[0] == 0

    imported = json.loads((folder / "import.json").read_text())["resources"]
    attributes = {(each["type"].rpartition(":")[2], each["id"]) for each in imported if "Attribute" in each["type"]}
    assert attributes == {("UserAttribute", "badge"), ("DirectoryUserAttribute", "provisioned")}


def test_without_organizations_nothing_is_written(adopt, emulator, folder):
    emulator.faults.add(Fault("status", status=403, path="/api/v1/organizations$", times=None))
    code, shown = adopt()
    assert code == 1
    assert "Error: listing every organization" in shown
    assert not folder.exists()


def test_a_run_after_an_interruption_reads_the_rest(adopt, emulator, folder, monkeypatch):
    tenants(emulator, 30)
    monkeypatch.setattr(inventory, "_AT_ONCE", 1)

    class Interrupted:
        seen = 0

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def update(self, _):
            Interrupted.seen += 1
            if Interrupted.seen == 20:
                raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(click, "progressbar", lambda **_: Interrupted())
        code, shown = adopt("--only", "domains")
    assert code == 1
    assert "the same command reads only the rest" in shown
    assert not (folder / "Pulumi.yaml").exists()

    client_for(Settings.resolve({})).close()  # the next run is another process
    before = emulator.ledger.mark()
    assert adopt("--only", "domains")[0] == 0
    lists = [entry for entry in emulator.ledger.since(before) if entry.rpc.endswith("ListDomains")]
    assert len(lists) <= 10
    assert len(list((folder / "tenants").glob("t*"))) == 30
    assert not list(folder.glob(".adopt*")), "what an interrupted run has read is removed"


def never_returned(shape):
    """The API's names of the secrets that no answer shows."""
    for field in shape.fields:
        if not field.output:
            yield from [field.wire] if field.secret and field.write_only else never_returned(field.shape)


def texts_at(names, record):
    if isinstance(record, dict):
        yield from (value for name, value in record.items() if name in names and isinstance(value, str) and value)
    for inner in record.values() if isinstance(record, dict) else record if isinstance(record, list) else ():
        yield from texts_at(names, inner)


def test_no_secret_is_in_any_file(adopt, emulator, folder):
    fill(emulator, 10)
    names = {name for kind in KINDS.values() for name in never_returned(kind.shape)}
    held = [*texts_at(names, emulator.store.snapshot())]
    assert CANARY in held
    adopt()
    assert not [secret for secret in held if secret in text_of(folder)]
    page = (folder / "SECRETS.md").read_text()
    assert "`pulumi config set --secret ext-colon-" not in page  # its connection has no settings
    assert page.count("pulumi config set --secret") == len(held)


def test_what_is_there_twice(adopt, emulator):
    tenants(emulator, 2)
    for organization in emulator.store.organizations.values():
        organization["display_name"] = "Same"
    for domain in emulator.store.domains.values():
        domain["domain"] = "acme.example"
    shown = adopt()[1]
    first, second = emulator.store.organizations
    assert f'the display name "Same": {first}, {second}' in shown
    assert f'the domain "acme.example": {first}, {second}' in shown


@pytest.mark.parametrize("everything", [False, True])
def test_what_is_not_managed(adopt, emulator, folder, everything):
    tenants(emulator, 1)
    shown = adopt(*["--manage-all"][: int(everything)])[1]
    assert ("oidc.jwks_uri (1)" in shown) is not everything
    assert ("jwks_uri=" in text_of(folder).replace('"jwks_uri":', "jwks_uri=")) is everything


@pytest.mark.parametrize(("beside", "taken"), [({}, False), ({"button_color": "#b71c1c"}, True)])
def test_a_logo_is_written_once_at_its_organization(adopt, api, emulator, folder, beside, taken):
    """It shows in the branding too, which is only taken where it says more."""
    logo, organization = "https://acme.example/logo.png", api.organization(logo_url="https://acme.example/logo.png")
    branding = emulator.store.organization_brandings[organization]
    branding["customization_settings"]["portal_customization"] |= beside

    assert adopt("--layout", "one-file")[0] == 0

    assert text_of(folder).count(f'logo_url="{logo}"') == 1
    assert (f'"logo_url": "{logo}"') not in (folder / "__main__.py").read_text()
    imported = json.loads((folder / "import.json").read_text())["resources"]
    found = [each for each in imported if each["type"].endswith(":OrganizationBranding")]
    assert bool(found) is taken
    assert all(each[at]["portalCustomization"] == beside for each in found for at in ("inputs", "outputs"))


def test_a_default_role_that_an_organization_inherits_is_not_its_own(adopt, api, emulator, folder):
    tenants(emulator, 2)
    first, second = emulator.store.organizations
    for organization, role in ((first, "member"), (second, "admin")):
        api.patch(f"/organizations/{organization}/roles:set_defaults", {"default_member_role": role})
    assert adopt()[0] == 0
    imported = json.loads((folder / "import.json").read_text())["resources"]
    assert [each["id"] for each in imported if "OrganizationDefaultRoles" in each["type"]] == [second]


def test_the_default_application_is_taken_where_it_says_something(adopt, api, emulator, folder):
    """Its redirect URIs are resources of their own, which one list brings with it."""
    tenants(emulator, 1)
    api.post("/environment/redirect-uris", {"redirect_uri": "https://app.example/in"})
    kinds = ("--only", "default-applications", "--only", "redirect-uris")
    assert adopt(*kinds, "--layout", "one-file")[0] == 0
    assert "DefaultApplication" not in text_of(folder)
    shutil.rmtree(folder)
    api.patch(f"/clients/{emulator.client_id}", {"enforce_pkce": True})

    before = emulator.ledger.mark()
    assert adopt(*kinds, "--layout", "one-file")[0] == 0
    assert [entry.path for entry in emulator.ledger.since(before) if "clients" in entry.path] == ["/api/v1/clients"]
    imported = json.loads((folder / "import.json").read_text())["resources"]
    assert [each["id"] for each in imported if "DefaultApplication" in each["type"]] == ["default"]
    assert "enforce_pkce=True" in text_of(folder)
    assert "post_login_uris" not in text_of(folder)


def test_mail_servers_and_the_templates_of_the_environment_and_of_organizations(adopt, api, emulator, folder):
    tenants(emulator, 1)
    (organization,) = emulator.store.organizations
    smtp = {"host": "smtp.acme.example", "port": 587, "username": "acme", "password": "hunter2"}
    sender = {"from_email": "a@acme.example", "from_name": "Acme"}
    server = api.post("/email/servers", {"provider": "OTHER", "settings": {**smtp, **sender}})["server"]["id"]
    text = {
        "use_case": "USER_INVITE",
        "subject": "Join",
        "html_content": "<p>\n{{link}}</p>",
        "plain_content": "{{link}}",
    }
    shared, own = (
        api.post(f"/organizations/{owner}/email/templates", text)["template"]["id"] for owner in ("-", organization)
    )

    kinds = ("--only", "email-servers", "--only", "email-templates")
    assert adopt(*kinds, "--layout", "one-file")[0] == 0
    imported = json.loads((folder / "import.json").read_text())["resources"]
    assert {each["id"] for each in imported if "Email" in each["type"]} == {server, shared, own}
    assert text_of(folder).count("organization_id=") == 1
    assert "hunter2" not in text_of(folder)


def test_settings_below_the_environments_id_and_a_branding_are_taken(adopt, api, emulator, folder):
    environment, organization = emulator.store.environment_id, api.organization()
    custom = {"portal_customization": {"button_color": "#b71c1c"}}
    api.put(
        f"/organizations/{organization}/portal_customizations",
        {"source": "BRANDING_SOURCE_CUSTOM", "customization_settings": custom},
    )
    api.patch(f"/environments/{environment}/session-settings", {"absolute_session_timeout": 480})
    api.post(f"/environments/{environment}/custom-domains", {"custom_domain": "auth.acme.com"})

    assert adopt("--layout", "one-file")[0] == 0

    imported = {
        each["type"].rpartition(":")[2]: each["id"]
        for each in json.loads((folder / "import.json").read_text())["resources"]
    }
    assert imported["EnvironmentSessionSettings"] == environment
    assert imported["OrganizationBranding"] == organization
    assert imported["CustomDomain"] == environment
    assert "EnvironmentUserManagement" not in imported, "nothing of it is set"
    assert "absolute_session_timeout=480" in text_of(folder)
    assert '"button_color": "#b71c1c"' in text_of(folder)
    assert 'custom_domain="auth.acme.com"' in text_of(folder)
    assert "custom_domain_status" not in text_of(folder)


def test_an_environment_whose_id_nothing_carries_is_taken_without_its_settings(adopt, api, emulator):
    api.organization()
    emulator.switches = emulator.switches.changed(events="forbidden")

    code, shown = adopt()

    assert code == 0
    (line,) = [line for line in shown.splitlines() if "id of the environment" in line]
    assert line.startswith(
        "Not taken: environment session settings, environment user management, custom domain. The id of "
    )
    assert "Let them read events" in line
    assert "run this again" in line
    assert "import each by the id, env_…" in line
    assert "a feature that the environment does not have" not in shown


def test_a_log_stream_is_taken_without_its_credential(adopt, api, emulator, folder):
    api.organization()
    stream = api.post(
        "/logstreams",
        {
            "provider": "DATADOG",
            "display_name": "Alarms",
            "config": {"datadog": {"site": "datadoghq.eu"}},
            "credentials": {"datadog": {"api_key": CANARY}},
        },
    )["log_stream"]

    assert adopt("--only", "log-streams", "--layout", "one-file")[0] == 0

    imported = json.loads((folder / "import.json").read_text())["resources"]
    assert [each["id"] for each in imported if "LogStream" in each["type"]] == [stream["id"]]
    assert '"site": "datadoghq.eu"' in text_of(folder)
    assert CANARY not in text_of(folder)


def test_a_feature_that_is_off_for_the_workspace_is_nothing_to_read(adopt, api, emulator):
    api.organization()
    emulator.switches = emulator.switches.changed(log_streaming="forbidden")

    code, shown = adopt()

    assert code == 0
    assert "Not taken: every log stream, a feature that the environment does not have" in shown


def test_the_mapping_of_a_directory_is_taken_where_there_is_some(adopt, api, emulator, folder):
    """Without a request more, and with the roles that the customer's administrator gave."""
    tenants(emulator, 1)
    organization = next(iter(emulator.store.organizations))
    api.enable_features(f"/organizations/{organization}", "dir_sync")
    _, mapped = api.directory(organization), api.directory(organization)
    item = f"/organizations/{organization}/directories/{mapped}"
    api.put(f"{item}/groups/-/roles:assign", {"assignments": [{"group_id": "dirgroup_1", "role_name": "admin"}]})

    before = emulator.ledger.mark()
    assert adopt("--only", "directories", "--only", "directory-mappings", "--layout", "one-file")[0] == 0

    asked = [entry.path for entry in emulator.ledger.since(before) if "directories" in entry.path]
    assert len(asked) == len(set(asked)) == 3
    imported = json.loads((folder / "import.json").read_text())["resources"]
    assert [each["id"] for each in imported if "DirectoryMapping" in each["type"]] == [mapped]
    assert '"dirgroup_1": "admin"' in text_of(folder)


def test_what_is_gone_between_the_list_and_the_read_is_left_out(adopt, emulator, folder):
    tenants(emulator, 2)
    gone, there = emulator.store.connections
    organization = emulator.store.connections[gone]["organization_id"]
    emulator.faults.add(
        Fault("status", status=404, path=f"/api/v1/organizations/{organization}/connections/{gone}", times=None)
    )
    assert adopt()[0] == 0
    held = (folder / "import.json").read_text()
    assert there in held
    assert gone not in held


def test_a_connection_of_an_organization_that_is_not_listed(adopt, emulator, folder):
    tenants(emulator, 2)
    del emulator.store.organizations[next(iter(emulator.store.organizations))]
    assert adopt("--only", "domains")[0] == 0
    assert {path.stem for path in (folder / "tenants").glob("t*")} == {"t1"}


def test_an_old_pulumi_is_refused_before_anything_is_read(adopt, emulator, folder, tmp_path, monkeypatch):
    old = tmp_path / "bin" / "pulumi"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho v3.253.0\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    monkeypatch.setattr(sys, "executable", str(old.parent / "python"))
    code, shown = adopt("--import")
    assert code == 1
    assert "Pulumi v3.253.0 is too old to import" in shown
    assert len(emulator.ledger) == 0


def test_a_kind_that_may_not_be_read_is_left_out_and_reported_once(adopt, emulator, folder):
    tenants(emulator, 3)
    emulator.faults.add(Fault("status", status=403, path="/api/v1/organizations/[^/]+/directories", times=None))
    code, shown = adopt()
    assert code == 3
    assert shown.count("every directory of 3 organizations: ") == 1
    assert {path.stem for path in (folder / "tenants").glob("t*")} == {"t0", "t1", "t2"}


def test_an_organization_that_is_gone_between_its_list_and_the_rest(adopt, emulator, folder):
    tenants(emulator, 2)
    gone = next(iter(emulator.store.organizations))
    path = f"/api/v1/organizations/{gone}"
    emulator.faults.add(Fault("status", status=404, path=path, times=None))
    assert adopt("--only", "domains")[0] == 0
    assert {path.stem for path in (folder / "tenants").glob("t*")} == {"t1"}


def test_a_pattern_that_no_organization_is_like(adopt, emulator, folder):
    tenants(emulator, 1)
    code, shown = adopt("--include", "acme*")
    assert code == 1
    assert "No organization is like acme*." in shown
    assert not (folder / "Pulumi.yaml").exists()


def test_what_was_read_of_a_tenant_counts_only_while_it_has_the_same_connections(tmp_path):
    path, token = tmp_path / "journal", Connection.kind.token
    organization = Existing(Organization.kind, "org_1", {}, {"display_name": "T"})
    tenant = Tenant(organization, [Existing(Connection.kind, "conn_1", {}, {"organization_id": "org_1"})])
    Journal(path, KINDS, ["x"]).add(tenant)
    again = Journal(path, KINDS, ["x"])
    assert again.tenant(organization, {token: {"conn_1"}}) == tenant
    assert again.tenant(organization, {token: {"conn_1", "conn_2"}}) is None
    assert again.tenant(organization, {token: set()}) is None
    renamed = Existing(Organization.kind, "org_1", {}, {"display_name": "U"})
    assert again.tenant(renamed, {token: {"conn_1"}}) is None
    assert Journal(path, KINDS, ["y"]).tenant(organization, {token: {"conn_1"}}) is None


def test_a_line_that_an_interruption_cut_off_costs_no_other(tmp_path):
    path = tmp_path / "journal"
    path.write_text('{"what": ["x"], "ti')
    organization = Existing(Organization.kind, "org_1", {}, {"display_name": "T"})
    Journal(path, KINDS, ["x"]).add(Tenant(organization))
    assert Journal(path, KINDS, ["x"]).tenant(organization, {}) == Tenant(organization)


def test_an_organization_that_may_not_be_read_is_not_taken_for_gone(adopt, emulator, folder):
    tenants(emulator, 2)
    odd = next(iter(emulator.store.organizations))
    path = f"/api/v1/organizations/{odd}"
    emulator.faults.add(
        Fault("status", status=404, path=f"{path}/domains", times=None),
        Fault("status", status=403, path=f"{path}$", times=None),
    )
    code, shown = adopt("--only", "domains")
    assert code == 3
    assert f'organization "T0" ({odd}): ' in shown
    assert {path.stem for path in (folder / "tenants").glob("t*")} == {"t1"}


def test_a_feature_that_is_off_or_may_not_be_read_is_said(adopt, emulator, folder):
    tenants(emulator, 3)
    emulator.faults.add(Fault("status", status=403, path=".*/settings/usermanagement", times=None))
    code, shown = adopt()
    assert code == 0
    assert shown.count("Not taken: every user limit, a feature that the environment does not have or") == 1


def test_a_tenants_name_does_not_steer_the_terminal(adopt, emulator):
    tenants(emulator, 1)
    (organization,) = emulator.store.organizations.values()
    organization["display_name"] = "\x1b[2J\x9bred" + "x" * 300
    shown = adopt()[1]
    assert "Cannot be declared as they are" in shown
    assert all(c.isprintable() or c == "\n" for c in shown)


def test_connections_of_the_environment_stand_beside_those_of_organizations(adopt, api, emulator, folder):
    """One list holds both, and is read once; another one may hold more of them."""
    tenants(emulator, 1)
    (sso,) = emulator.store.connections
    body = {"provider": "GITHUB", "type": "OAUTH", "key_id": "github"}
    github = api.send("POST", "/connections", body, **{"flags.is_login": "true"})["connection"]["id"]
    api.patch(f"/connections/{github}", {**body, "oauth_config": {"client_id": "a", "client_secret": "hush"}})
    slack = {"provider_key": "SLACK", "type": "API_KEY", "key_id": "slack-work"}
    slack = api.send("POST", "/connections", slack, **{"flags.is_app": "true"})["connection"]["id"]
    kinds = ("--only", "connections", "--only", "environment-connections", "--layout", "one-file")

    before = emulator.ledger.mark()
    code, shown = adopt(*kinds)
    assert code == 0
    assert Counter(entry.rpc.partition(".")[2] for entry in emulator.ledger.since(before)) == {
        "ListOrganization": 1,
        "ListConnections": 1,
        "ListAppConnections": 1,
        "GetConnection": 1,
        "GetEnvironmentConnection": 2,
    }
    imported = {
        each["type"].rpartition(":")[2]: [] for each in json.loads((folder / "import.json").read_text())["resources"]
    }
    for each in json.loads((folder / "import.json").read_text())["resources"]:
        imported[each["type"].rpartition(":")[2]].append(each["id"])
    assert [id_.rpartition("/")[2] for id_ in imported["Connection"]] == [sso]
    assert sorted(imported["EnvironmentConnection"]) == sorted([github, slack])
    program = text_of(folder)
    assert 'key_id="slack-work"' in program
    assert "hush" not in program
    assert "googleads" not in program + shown


def test_what_one_of_two_lists_holds_is_taken_where_the_other_is_refused(adopt, api, emulator, folder):
    """The list of connectors wants a permission of its own."""
    api.send("POST", "/connections", {"provider": "GITHUB", "type": "OAUTH"}, **{"flags.is_login": "true"})
    emulator.faults.add(Fault("status", status=403, path="/api/v1/connections/app", times=None))
    code, shown = adopt("--only", "environment-connections", "--layout", "one-file")
    assert code == 3
    assert "every environment connection: " in shown
    assert 'provider="GITHUB"' in text_of(folder)
