"""A customer's administrator in a real browser, behind a link that the command made; then what Pulumi and the report say of it."""

import json
import subprocess

import pytest

from tests.support.browser import needs_browser, start
from tests.support.certificates import certificate

pytestmark = [pytest.mark.engine, needs_browser]

PROGRAM = """\
import pulumi
import pulumi_scalekit as scalekit

acme = scalekit.Organization("acme", display_name="Acme Inc", external_id="acme", features={"sso": True})
scalekit.Connection(
    "acme-sso", organization_id=acme.id, provider="OKTA", type="OIDC", ui_button_title="Sign in with Acme", enabled=True,
    oidc={"issuer": "https://acme.okta.com", "client_id": "0oa1acme", "client_secret": pulumi.Output.secret("okta-s3cret"),
          "scopes": ["openid", "email", "profile"], "pkce_enabled": True},
)
globex = scalekit.Organization("globex", display_name="Globex", external_id="globex", features={"sso": True})
scalekit.Connection("globex-sso", organization_id=globex.id, provider="CUSTOM", type="SAML")
"""
METADATA = """\
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.globex.example">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{}</X509Certificate></X509Data></KeyInfo>
</md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
Location="https://idp.globex.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>
"""


@pytest.fixture
def browser():
    driver = start()
    driver.implicitly_wait(10)
    yield driver
    driver.quit()


def command(project, *words):
    return subprocess.run(
        ["pulumi-scalekit", *words],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def find(browser, selector):
    return browser.find_element("css selector", selector)


def notice_after(browser, act):
    """What the next page says, which an act leads to."""
    from selenium.webdriver.support.expected_conditions import staleness_of
    from selenium.webdriver.support.wait import WebDriverWait

    page = find(browser, "html")
    act()
    WebDriverWait(browser, 30).until(staleness_of(page))
    return find(browser, ".said").text


def enter(browser, project, organization):
    """Open the portal by a link, and the one connection there by its link."""
    browser.get(command(project, "portal-link", f"external:{organization}").stdout.strip())
    find(browser, "main a").click()


def test_what_a_customer_does_in_the_portal_is_drift(workspace, emulator, browser, tmp_path):
    from selenium.webdriver.common.keys import Keys

    project = workspace({"__main__.py": PROGRAM}, environment=emulator.environment)
    project.pulumi("up", "--yes", "--skip-preview")
    metadata = tmp_path / "metadata.xml"
    metadata.write_text(METADATA.format("".join(certificate("Globex 2026").splitlines()[1:-1])))

    # With the keyboard alone: a blank takes a tick away, Enter sends the form.
    enter(browser, project, "acme")
    find(browser, "input[name=scopes][value=profile]").send_keys(Keys.SPACE)
    title = find(browser, "#ui_button_title")
    title.clear()
    title.send_keys("Log in")
    assert notice_after(browser, lambda: title.send_keys(Keys.ENTER)) == "Saved."
    assert "s3cret" not in browser.page_source
    enter(browser, project, "globex")
    find(browser, "#metadata").send_keys(str(metadata))
    said = notice_after(browser, find(browser, "form[action$='/metadata'] button").click)
    assert said.startswith("Saved.\nIdentity provider: https://idp.globex.example")
    assert notice_after(browser, find(browser, "form[action$='/test'] button").click).startswith("The test passed.")
    assert notice_after(browser, find(browser, "form[action$='/enable'] button").click).startswith("Enabled")

    complaints = [entry for entry in browser.get_log("browser") if entry["level"] != "DEBUG"]
    assert complaints == [], "such as that the page's own policy keeps it from its style"
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    addresses = [each["params"]["request"]["url"] for each in asked if each["method"] == "Network.requestWillBeSent"]
    assert {address for address in addresses if not address.startswith(emulator.url)} <= {"data:,"}

    refreshed = project.pulumi("refresh", "--preview-only", "--diff", "--expect-no-changes", exits=7).stdout
    assert "acme-sso" in refreshed
    assert '"Sign in with Acme" => "Log in"' in refreshed
    assert '- [2]: "profile"' in refreshed
    assert "globex-sso" not in refreshed, "what no program declares is the customer's own"

    ended = command(project, "report", "--format", "json")
    assert ended.returncode == 7, ended.stderr
    found = json.loads(ended.stdout)
    (drift,) = [each for tenant in found["tenants"] for each in tenant["drift"]]
    assert drift["name"] == "acme-sso"
    assert {path["path"]: (path["declared"], path["there"]) for path in drift["properties"]} == {
        "uiButtonTitle": ("Sign in with Acme", "Log in"),
        "oidc.scopes": ("openid, email, profile", "openid, email"),
    }
    own = {each["path"] for tenant in found["tenants"] if tenant["title"] == "Globex" for each in tenant["settings"]}
    assert {"saml.idpEntityId", "saml.idpSsoUrl", "enabled"} <= own
    assert "s3cret" not in ended.stdout
