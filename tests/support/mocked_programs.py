"""`python mocked_programs.py NAME CONFIG`: run one of the programs below under mocks, and print what it registered as JSON.

`NAME:ARGUMENT` hands it an argument.

A process of its own, because the SDK keeps event loops and a root resource for the length of a process.
"""

import asyncio
import atexit
import contextlib
import functools
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from types import SimpleNamespace

import pulumi
from pulumi.runtime import resource as sdk_resource

import pulumi_scalekit as scalekit
from pulumi_scalekit.program import aliases, invoke

# Also where this file is run as a script, from whose folder the packages of the tests are not found.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.support.forked_python.environment import ForkedPython, is_possible
from tests.support.saml_metadata import Provider


class Recorder(pulumi.runtime.Mocks):
    def __init__(self):
        self.seen = {}

    def new_resource(self, args):
        self.seen[args.name] = {"type": args.typ, "inputs": args.inputs, "provider": args.provider}
        return args.resource_id or f"{args.name}-id", {**args.inputs, "createTime": "2026-01-01T00:00:00Z"}

    def call(self, args):
        self.seen[args.token] = args.args
        organization = {"id": "org_1", "displayName": "Acme", "externalId": "acme"}
        return {"scalekit:index:getOrganization": organization}.get(args.token, {})


def acme():
    organization = scalekit.Organization("acme", display_name="Acme", metadata={"tier_name": "gold"})
    connection = scalekit.Connection(
        "sso",
        organization_id=organization.id,
        provider="OKTA",
        type="OIDC",
        oidc={"client_id": "1", "client_secret": "s3cret", "scopes": [pulumi.Output.from_input("openid")]},
    )
    return pulumi.Output.all(organization.metadata, connection.oidc, organization.create_time)


def aliased(late):
    """The aliases that the SDK sends with a resource, as it is known or not."""
    sent, prepare = [], sdk_resource.prepare_aliases

    async def noted(resource, options, supported):
        sent.extend(options.aliases or ())
        return await prepare(resource, options, supported)

    sdk_resource.prepare_aliases = noted
    aliases.are_added_late = lambda: late == "late"
    return scalekit.Organization("acme", display_name="Acme").urn.apply(lambda _: [sent, late])


def blocks():
    """What is read of a block: by attribute, by key, of the output itself, and what is not set."""
    settings = {"client_id": "1", "client_secret": "s3cret", "scopes": ["openid"]}
    sso = scalekit.Connection("sso", organization_id="org_1", provider="OKTA", type="OIDC", oidc=settings)
    again = scalekit.Connection("again", organization_id="org_1", provider="OKTA", type="OIDC", oidc=sso.oidc)
    read = again.oidc.apply(lambda oidc: [oidc.client_id, oidc["client_id"], oidc.issuer, oidc["issuer"], dict(oidc)])
    misspelt = again.oidc.apply(lambda oidc: [hasattr(oidc, "isuer"), "issuer" in oidc, oidc.get("isuer")])
    lifted = [again.oidc.client_id, again.oidc["scopes"][0]]
    return pulumi.Output.all(read, lifted, misspelt, [again.saml, again.domain_ids, again.key_id])


def positional():
    scalekit.Organization("acme", "Acme")


def imported():
    scalekit.Organization("acme", pulumi.ResourceOptions(import_="org_1"), display_name="Acme")


def secrets():
    organization = scalekit.Organization("acme", display_name="Acme")
    connection = scalekit.Connection(
        "sso", organization_id=organization.id, provider="OKTA", type="OIDC", oidc={"client_secret": "s3cret"}
    )
    return pulumi.Output.all(connection.oidc.is_secret(), organization.display_name.is_secret())


def typo():
    scalekit.Organization("acme", displayname="Acme")


def many():
    for n in range(300):
        organization = scalekit.Organization(f"org-{n}", display_name=f"No {n}", external_id=f"ext-{n}")
        scalekit.Connection(f"sso-{n}", organization_id=organization.id, provider="OKTA", type="SAML")


def unit_test_of_functions():
    """As a user's own unit test has them: no credentials, and answers from its mocks."""
    found = scalekit.get_organization(external_id="acme")
    later = scalekit.get_organization_output(id=scalekit.Organization("acme", display_name="Acme").id)
    none = scalekit.get_connections(organization_id="org_1")
    return later.apply(lambda other: [found.id, found.display_name, found.slug, other.external_id, none])


def asked_with_an_output():
    scalekit.get_organization(id=scalekit.Organization("acme", display_name="Acme").id)


def asked_without_credentials():
    scalekit.get_organization(id="org_1")


def asked_of_a_late_provider():
    late = scalekit.Provider("eu", environment_url=pulumi.Output.from_input("https://eu.example"))
    scalekit.get_organization(id="org_1", opts=pulumi.InvokeOptions(provider=late))


def misspelt_provider():
    scalekit.Provider("eu", enviroment_url="https://eu.example")


def settings_of_a_provider():
    """Of one that has them all, of them that come late, and of one that has none."""

    async def late():
        return "https://late.example"

    full = scalekit.Provider(
        "full",
        environment_url="https://eu.example",
        client_id="skc_1",
        client_secret="s3cret",
        adopt="no",
        previous_environment_url="https://old.example",
    )
    later = scalekit.Provider("later", environment_url=late(), client_id=pulumi.Output.secret("skc_2"))
    none = scalekit.Provider("none")
    return pulumi.Output.all(
        *([one.environment_url, one.client_id, one.adopt, one.previous_environment_url] for one in (full, later, none)),
        [later.client_id.is_secret(), full.client_id.is_secret(), hasattr(full, "client_secret")],
    )


def settings_of_the_stack():
    """Each setting, with a secret that is one."""
    config = scalekit.config
    secret = config.client_secret
    return pulumi.Output.all(
        [config.environment_url, config.client_id, config.adopt, config.previous_environment_url, config.plugin],
        secret and [secret, secret.is_secret()],
    )


def no_such_path():
    scalekit.Organization("acme", pulumi.ResourceOptions(ignore_changes=["displayname"]), display_name="Acme")


def text_for_a_list():
    scalekit.Connection("sso", organization_id="org_1", provider="OKTA", type="OIDC", domain_ids="dom_1")


def members():
    """Each member of an enum beside its text, in each place where one may stand."""
    for name, text in (("member", False), ("text", True)):

        def value(member, *, as_text=text):
            return member.value if as_text else member

        domain_type = value(scalekit.DomainDomainType.ORGANIZATION_DOMAIN)
        scopes = [value(scalekit.OidcScopes.OPENID), pulumi.Output.from_input(value(scalekit.OidcScopes.EMAIL))]
        auth = value(scalekit.OidcTokenAuthType.BASIC_AUTH)
        scalekit.Domain(f"domain-{name}", organization_id="org_1", domain="a.example", domain_type=domain_type)
        scalekit.Connection(
            f"sso-{name}",
            organization_id="org_1",
            provider=value(scalekit.ConnectionProvider.OKTA),
            type=pulumi.Output.from_input(value(scalekit.ConnectionType.OIDC)),
            oidc=pulumi.Output.from_input({"token_auth_type": auth, "scopes": scopes}),
        )
        settings = {"saml_signing_option": value(scalekit.SamlSamlSigningOption.NO_SIGNING)}
        scalekit.Connection(
            f"saml-{name}", organization_id="org_1", provider="OKTA", type="SAML", saml=pulumi.Output.secret(settings)
        )


def later():
    """Functions that take outputs: (an answer, another environment's, from a parent, which are secret, which known)."""
    known = pulumi.Output.from_input(os.environ["ORGANIZATION"])
    unknown = pulumi.Output.from_input(pulumi.output.UNKNOWN)
    secret = pulumi.Output.secret(os.environ["OTHER_CLIENT_SECRET"])
    client_id = os.environ["SCALEKIT_CLIENT_ID"]
    other = scalekit.Provider(
        "other",
        environment_url=known.apply(lambda _: os.environ["OTHER_URL"]),
        client_id=client_id,
        client_secret=secret,
    )
    acme = scalekit.Organization("acme", pulumi.ResourceOptions(provider=other), display_name="Acme")
    ask = scalekit.get_domains_output
    asked = {
        "here": ask(organization_id=known, opts=pulumi.InvokeOutputOptions(depends_on=[acme])),
        "there": ask(organization_id=known, opts=pulumi.InvokeOptions(provider=other)),
        "inherited": ask(organization_id=known, opts=pulumi.InvokeOptions(parent=acme)),
        "secret": ask(organization_id=pulumi.Output.secret(known)),
        "unknown": ask(organization_id=unknown),
        "later": ask(organization_id=known, opts=pulumi.InvokeOutputOptions(depends_on=unknown)),
        "link": scalekit.create_portal_link_output(
            organization_id=known, features=[scalekit.CreatePortalLinkFeatures.SSO]
        ),
    }
    names = [asked[name].domains[0].domain for name in ("here", "there", "inherited")]
    secrets = {name: answer.is_secret() for name, answer in asked.items()}
    knowns = {name: answer.is_known() for name, answer in asked.items()}
    return pulumi.Output.all(*names, secrets, knowns)


def from_metadata():
    """A connection whose settings are read of a file: at once, with more beside it, and of an output."""
    metadata = Provider().text()
    given = {"organization_id": "org_1", "provider": "CUSTOM", "type": "SAML"}
    scalekit.Connection("now", **given, saml=scalekit.saml_metadata(metadata))
    scalekit.Connection("more", **given, saml={**scalekit.saml_metadata(metadata), "force_authn": True})
    later = pulumi.Output.from_input(metadata).apply(scalekit.saml_metadata)
    scalekit.Connection("later", **given, saml=later)


def from_a_page():
    return pulumi.Output.from_input("<html>").apply(scalekit.saml_metadata)


class Box(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("test:index:Box", name, {}, pulumi.ResourceOptions(**options))


def placed(form):
    """One organization, with a provider named in one of the forms that are refused."""
    eu, home = scalekit.Provider("eu"), scalekit.Provider("home")
    foreign = pulumi.ProviderResource("pulumi-python", "foreign", {})
    aws = pulumi.ProviderResource("aws", "aws", {})
    options = {
        "foreign": lambda: {"provider": foreign},
        "foreign-by-our-name": lambda: {"providers": {"scalekit": foreign}},
        "foreign-above": lambda: {"parent": Box("box", providers=[foreign])},
        "another-package-by-our-name-above": lambda: {"parent": Box("box", providers={"scalekit": aws})},
        "two": lambda: {"provider": eu, "providers": {"scalekit": home}},
        "two-in-a-mapping": lambda: {"providers": {"scalekit": eu, "pulumi-python": home}},
        "two-from-above": lambda: {
            "parent": Box("in", parent=Box("out", provider=eu), providers={"pulumi-python": home})
        },
        "text": lambda: {"provider": "eu"},
        "texts": lambda: {"providers": "eu"},
        "aws": lambda: {"provider": aws},
    }[form]()
    scalekit.Organization("acme", pulumi.ResourceOptions(**options), display_name="Acme")


class Tenants(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Tenants", name)
        self.acme = scalekit.Organization("in-a-component", pulumi.ResourceOptions(parent=self), display_name="Acme")


def traces(sdk=""):
    """The files of the frames that are sent with each resource, by its name; `wrapped`: by an SDK that has one call more."""
    look = sdk_resource._get_stack_trace

    def wrapped():
        return look()

    if sdk == "wrapped":
        sdk_resource._get_stack_trace = wrapped
    monitor = pulumi.runtime.settings.get_monitor()
    sent = {}

    def recording(call):
        def answer(request):
            frames = request.stackTrace.frames
            assert request.sourcePosition.uri == (frames[0].pc.uri if frames else "")
            sent[request.name] = [Path(frame.pc.uri).name for frame in frames]
            return call(request)

        return answer

    monitor.RegisterResource = recording(monitor.RegisterResource)
    monitor.ReadResource = recording(monitor.ReadResource)
    made = [
        Box("before"),
        scalekit.Organization("acme", display_name="Acme"),
        Tenants("tenants").acme,
        scalekit.Organization.get("found", "org_1"),
        scalekit.Provider("eu"),
        Box("after"),
    ]
    return pulumi.Output.all(*(one.urn for one in made)).apply(lambda _: sent)


def traced_in_a_transformation():
    """How deep the stack is where a transformation looks at it, and where the program itself does."""
    seen = []

    def transformation(_):
        seen.append(len(traceback.extract_stack()))

    options = pulumi.ResourceOptions(transformations=[transformation])
    scalekit.Organization("acme", options, display_name="Acme")
    return pulumi.Output.from_input([*seen, len(traceback.extract_stack())])


def limit(before):
    """`sys.tracebacklimit` after a constructor that succeeds, and after one that fails."""
    if before != "None":
        sys.tracebacklimit = int(before)
    after = []
    for transformations in ([], [lambda args: args.no_such]):
        with contextlib.suppress(AttributeError):
            options = pulumi.ResourceOptions(transformations=transformations)
            scalekit.Organization("acme", options, display_name="Acme")
        after.append(getattr(sys, "tracebacklimit", None))
    return pulumi.Output.from_input(after)


@functools.cache
def python():
    """The Python that runs the programs: where it can be, one that has imported the SDK when it begins."""
    if not is_possible():
        return sys.executable
    folder = tempfile.TemporaryDirectory(prefix="mocked-programs-")
    forked = ForkedPython(Path(folder.name), os.environ, scripts=[Path(__file__)])
    atexit.register(folder.cleanup)
    atexit.register(forked.close)  # before that
    return forked.python


def registered(name, **config):
    """Run a program in a process of its own: (what it registered by name, its result, its error)."""
    command = [python(), __file__, name, json.dumps(config)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    return answer["seen"], (answer["result"] or [None])[0], answer["error"]


def main(name, config):
    asyncio.set_event_loop(asyncio.new_event_loop())
    recorder, results = Recorder(), []
    pulumi.runtime.set_all_config({f"scalekit:{key}": value for key, value in config.items()}, [])
    pulumi.runtime.set_mocks(recorder, preview=False)

    if name != "unit_test_of_functions":
        # The others are programs as the engine runs them, and a monitor that records what they register.
        invoke.mocks = SimpleNamespace(current=lambda: None)

    @pulumi.runtime.test
    def run():
        program, *arguments = name.split(":")
        return pulumi.Output.from_input(globals()[program](*arguments)).apply(results.append)

    error = ""
    try:
        run()
    except Exception as problem:  # noqa: BLE001 - told to the test, which judges it
        error = (
            f"{type(problem).__name__}: {problem}"
            if isinstance(problem, pulumi.RunError)
            else f"traceback: {problem!r}"
        )
    print(json.dumps({"seen": recorder.seen, "result": results[:1], "error": error}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
