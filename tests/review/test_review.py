"""A review of a preview: grouped by tenant, worst first, with what it means for the people who sign in."""

import json
import re

import pytest
from click.testing import CliRunner

from pulumi_scalekit.cli import main
from pulumi_scalekit.review.markdown import markdown
from pulumi_scalekit.review.preview import parse
from pulumi_scalekit.review.review import review
from tests.support.preview import TYPES, Previewed, tenant
from tests.test_findings import GOOD, OTHER

FORMATS = ("text", "markdown", "html", "json")


def reviewed(text, form="text", *arguments):
    ended = CliRunner().invoke(main, ["review", "--format", form, *arguments], input=text)
    assert ended.exit_code in (0, 1), ended.output
    return ended.output


def titles(text):
    return [each.tenant.title for each in review(parse(text)).tenants]


@pytest.fixture(params=TYPES)
def previewed(request):
    return Previewed(request.param)


def test_tenants_come_worst_first(previewed):
    old = tenant("acme") | tenant("globex") | tenant("initech") | tenant("umbrella")
    new = tenant("acme", logoUrl="https://acme.com/logo.png") | tenant("globex", enabled=False) | tenant("umbrella")

    found = review(parse(previewed.text(old, new | tenant("hooli"))))

    assert [each.tenant.title for each in found.tenants] == ["Initech Inc", "Globex Inc", "Acme Inc", "Hooli Inc"]
    assert dict(found.totals) == {"same": 7, "update": 2, "create": 3, "delete": 3}
    assert not found.failed


def test_it_says_what_changes_for_the_people_who_sign_in(previewed):
    old = tenant("acme") | tenant("globex", enabled=False) | tenant("initech")
    new = tenant("acme", issuer="https://login.acme.com") | tenant("globex") | tenant("initech", enabled=False)

    text = reviewed(previewed.text(old, new | tenant("hooli")))

    assert "people sign in at another identity provider from now on" in text
    assert text.count("People of the organization can sign in with OKTA (OIDC) from now on.") == 2
    assert "nobody of the organization can sign in with this connection any more [connection-disabled]" in text
    assert "    enabled: true => false" in text
    assert "A new tenant." in text


def test_a_deleted_tenant_is_told_before_what_goes_with_it(previewed):
    text = reviewed(previewed.text(tenant("acme"), {}))

    assert "Scalekit: 1 tenant changed, deleted" in text
    assert [line.split()[1] for line in text.splitlines() if line.startswith("  Delete")] == [
        "organization",
        "connection",
        "domain",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_secret_is_told_and_not_shown(previewed, form):
    text = reviewed(previewed.text(tenant("acme"), tenant("acme"), secrets=("acme-sso:oidc.clientSecret",)), form)

    assert "oidc.clientSecret" in text
    assert "another secret" in text


def test_a_secret_that_did_not_change_is_not_told(previewed):
    assert "clientSecret" not in reviewed(previewed.text(tenant("acme"), tenant("acme", enabled=False)))


def test_a_new_tenant_shows_what_is_declared_with_names_in_place_of_ids(previewed):
    new = tenant("acme")
    new["acme-sso"][1]["domainIds"] = "ref:acme-domain"

    text = reviewed(previewed.text({}, new))

    assert "    oidc.clientSecret: (secret)" in text
    assert "    domainIds: of acme.com, known after pulumi up" in text
    assert "organizationId" not in text


def test_the_name_of_a_tenant_that_stays_comes_with_the_sames_or_from_the_state(tmp_path):
    old, new = tenant("acme"), tenant("acme", enabled=False)
    bare = Previewed(sames=False)

    assert titles(Previewed().text(old, new)) == ["Acme Inc"]
    text = reviewed(bare.text(old, new))
    assert "The preview does not tell the name of 1 tenant: run it with --show-sames" in text

    steps = json.loads(Previewed().text(old, old))["steps"]
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"version": 3, "deployment": {"resources": [step["oldState"] for step in steps]}}))
    text = reviewed(bare.text(old, new), "text", "--state", str(state))
    assert "Acme Inc  id_acme" in text
    assert "does not tell" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_failed_preview_is_a_review_with_its_errors(previewed, form):
    text = previewed.text(
        tenant("acme"),
        tenant("acme", enabled=False),
        errors=(
            ("bad", "domain has no dot\nso it is none"),
            ("", "an unhandled error occurred: program exited with non-zero exit code: 1"),
        ),
    )

    ended = CliRunner().invoke(main, ["review", "--format", form], input=text)

    assert ended.exit_code == 1
    assert "The preview failed" in ended.output
    assert "domain has no dot" in ended.output
    assert "connection-disabled" in ended.output
    assert "unhandled" not in ended.output


@pytest.mark.parametrize("text", ["", "error: no stack", "[1]", "{}", '{"steps": [{'], ids=repr)
def test_what_is_no_preview_fails_and_says_so(text):
    ended = CliRunner().invoke(main, ["review", "--format", "markdown"], input=text)

    assert ended.exit_code == 1
    assert "⛔ Scalekit: The preview failed: nothing can be applied" in ended.output


def test_the_policy_of_the_stack_counts(previewed):
    old, new = tenant("acme"), tenant("acme", enabled=False)

    assert review(parse(previewed.text(old, new, config={"scalekit:strict": "all"}))).failed
    silent = review(parse(previewed.text(old, new, config={"scalekit:ignore": "connection-disabled"})))
    assert not silent.severities


@pytest.mark.parametrize("form", FORMATS)
def test_a_resource_that_is_no_longer_protected_is_told_though_nothing_changes(previewed, form):
    both = tenant("acme") | tenant("globex")

    text = reviewed(previewed.text(both, both, protected=("globex",)), form)

    assert "protect-removed" in text
    assert "a later change may delete it" in text
    assert "Globex Inc" in text
    assert "Acme Inc" not in text


def test_a_protection_that_is_not_to_be_told_is_not(previewed):
    quiet = previewed.text(
        tenant("acme"), tenant("acme"), protected=("acme",), config={"scalekit:ignore": "protect-removed"}
    )

    assert review(parse(quiet)).tenants == ()


def test_what_two_tenants_share_is_told_even_if_one_of_them_stays(previewed):
    old = tenant("acme")
    new = old | tenant("globex")
    new["globex-domain"] = ("Domain", {"organizationId": "ref:globex", "domain": "acme.com"})

    assert 'acme.com is also the domain "acme.com"' in reviewed(previewed.text(old, new))


def test_a_setting_is_declared_twice_in_one_environment_and_not_in_two(previewed):
    new = {name: ("DefaultApplication", {"initiateLoginUri": f"https://{name}.example"}) for name in ("one", "two")}
    preview = json.loads(previewed.text({}, new))

    def rules(*providers):
        for step, provider in zip(preview["steps"], providers, strict=True):
            step["newState"]["provider"] = f"urn:pulumi:dev::shop::pulumi:providers:scalekit::{provider}::id-{provider}"
        found = review(parse(json.dumps(preview)))
        return [each.rule for one in found.tenants for it in one.resources for each in it.findings]

    assert rules("default", "default") == rules("west", "west") == ["setting-declared-twice"]
    assert rules("west", "east") == []


def test_what_something_new_shares_with_what_stays_is_told_in_any_order(previewed):
    old, new = tenant("acme"), {**tenant("globex"), **tenant("acme")}
    new["globex-domain"] = ("Domain", {"organizationId": "ref:globex", "domain": "acme.com"})
    steps = json.loads(previewed.text(old, new))
    for order in (steps["steps"], steps["steps"][::-1]):
        found = review(parse(json.dumps({**steps, "steps": order})))
        assert [each.rule for one in found.tenants for it in one.resources for each in it.findings] == ["domain-shared"]


def test_the_keys_of_a_map_are_the_users(previewed):
    text = reviewed(previewed.text({}, tenant("acme", metadata={"cost_center": "7", "team name": "x"})))

    assert "    metadata.cost_center: 7" in text
    assert '    metadata["team name"]: x' in text


def test_a_changed_certificate_is_shown_once_and_whole(previewed):
    def connection(text):
        block = {"idpEntityId": "https://idp", "idpSsoUrl": "https://idp/sso", "idpCertificate": text}
        owner = {"organizationId": "org_1", "provider": "CUSTOM", "type": "SAML"}
        return {"sso": ("Connection", {**owner, "saml": block})}

    text = reviewed(previewed.text(connection(GOOD), connection(OTHER)))

    assert text.count("CN=idp.example.com") == text.count("CN=next.example.com") == 1
    assert text.count("SHA-256") == 2


def test_resources_of_others_are_counted_alone(previewed):
    found = json.loads(previewed.text({}, {}))
    bucket = {
        "urn": "urn:pulumi:dev::customers::aws:s3/bucket:Bucket::logs",
        "type": "aws:s3/bucket:Bucket",
        "inputs": {},
    }
    found["steps"].append({"op": "create", "urn": bucket["urn"], "newState": bucket})

    text = reviewed(json.dumps(found))

    assert "Nothing changes at Scalekit" in text
    assert "Resources of other providers: 1 created" in text


def test_a_comment_is_never_too_long_and_counts_what_is_cut():
    new = {name: value for number in range(300) for name, value in tenant(f"tenant{number}").items()}
    found = review(parse(Previewed().text({}, new)))

    for longest in (65_000, 20_000, 3_000):
        text = markdown(found, longest=longest)
        assert len(text) <= longest
        assert text.index("900 created") < text.index("###")
        full, lines = text.count("\n### Tenant"), len(re.findall(r"^- Tenant", text, re.MULTILINE))
        cut = sum(map(int, re.findall(r"\*\*(\d+) further tenant", text)))
        assert full + lines + cut == 300
        assert lines
    assert cut


def test_a_single_tenant_that_is_too_long_is_a_line():
    organization = {
        f"tenant-role{n}": ("OrganizationRole", {"organizationId": "ref:acme", "name": f"r{n}", "displayName": "R"})
        for n in range(200)
    }

    text = markdown(review(parse(Previewed().text({}, tenant("acme") | organization))), longest=5_000)

    assert len(text) <= 5_000
    assert "- Acme Inc: 203 created" in text


NASTY = "<img src=x onerror=alert(1)> @acme/admins `code` [x](https://evil.example) | \x1b[31m\n# head"


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_a_name_from_outside_is_nothing_but_text(form):
    text = reviewed(Previewed().text({}, tenant("acme", displayName=NASTY)), form)

    assert "\x1b" not in text
    if form == "html":
        assert "<img" not in text
    if form == "markdown":
        # The longer fence first: what stands between two of them is text.
        outside = re.sub("``[^\n]+``|`[^`\n]+`", "", text)
        assert not re.search(r"<img|@acme|(?<!\\)\]\(https|\n# head", outside)
        assert "&lt;img" in outside


def test_the_page_works_without_a_network():
    page = reviewed(Previewed().text({}, tenant("acme")), "html")

    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert "default-src 'none'" in page


def test_json_says_the_same():
    found = json.loads(reviewed(Previewed().text(tenant("acme"), tenant("acme", enabled=False)), "json"))

    assert (found["version"], found["failed"], found["findings"]) == (1, False, {"error": 0, "warning": 1, "note": 0})
    ((one,),) = [each["resources"] for each in found["tenants"]]
    assert one["operation"] == "update"
    assert one["properties"] == [{"path": "enabled", "old": "true", "new": "false", "replaces": False, "secret": False}]
    assert one["findings"][0]["rule"] == "connection-disabled"


def test_a_failure_that_the_preview_does_not_explain_names_where_it_is_explained():
    preview = {"steps": [], "diagnostics": [{"message": "error: preview failed\n", "severity": "error"}]}

    text = reviewed(json.dumps(preview), "markdown")

    assert "The preview failed" in text
    assert "a policy may be violated" in text
    assert "`pulumi preview` without --json" in text
