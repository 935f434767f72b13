"""Rules for the tenants of production stacks, with either provider. Copy, and make them yours."""

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import yaml
from cryptography import x509
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

PRODUCTION = ("production",)  # names of stacks; the rules leave the others alone
LEAVING: tuple[str, ...] = ()  # names of organizations in the program that the next pull request will delete
PROJECT = Path(__file__).resolve().parent.parent  # the pack is a folder of the project, whose stack files are read

DYNAMIC, PLUGIN = "pulumi-python:dynamic/scalekit:", "scalekit:index:"
CONNECTIONS = ("Connection", "ConnectionSettings")


def of(*kinds: str) -> Callable[[ResourceValidation], ResourceValidation]:
    """A rule for these kinds of resources, as either provider registers them, in a stack of production."""
    types = [prefix + kind for prefix in (DYNAMIC, PLUGIN) for kind in kinds]

    def wrap(rule: ResourceValidation) -> ResourceValidation:
        def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
            if args.resource_type in types and stack_of(args) in PRODUCTION:
                rule(args, report)

        return validate

    return wrap


def stack_of(args: ResourceValidationArgs) -> str:
    return args.urn.removeprefix("urn:pulumi:").partition("::")[0]


@of("Organization")
def protected(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.name not in LEAVING and not (args.opts.protect or args.props.get("deletionProtection")):
        report("Add deletion_protection=True (or `options: {protect: true}` in YAML).")


@of(*CONNECTIONS)
def signed(args: ResourceValidationArgs, report: ReportViolation) -> None:
    saml = args.props.get("saml")
    if saml is None:
        return
    option = saml.get("samlSigningOption")
    if option is None:
        report("Declare saml.saml_signing_option: what the identity provider signs is left to a default.")
    elif option == "NO_SIGNING":
        report("saml.saml_signing_option is NO_SIGNING: whoever can post a form can sign in as anybody.")


@of(*CONNECTIONS)
def lasting(args: ResourceValidationArgs, report: ReportViolation) -> None:
    text = (args.props.get("saml") or {}).get("idpCertificate")
    if not text:
        return
    until = x509.load_pem_x509_certificate(text.encode()).not_valid_after_utc  # the provider has made PEM of it
    days = (until - datetime.now(timezone.utc)).days
    if days < args.get_config()["days"]:
        report(f"The certificate ends on {until:%Y-%m-%d}. Ask the customer for the next one.")


@of(*CONNECTIONS)
def https(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.props.get("debugEnabled"):
        report("debug_enabled allows endpoints without https. It is for development.")


@of(*CONNECTIONS)
def encrypted(args: ResourceValidationArgs, report: ReportViolation) -> None:
    secret = (args.props.get("oidc") or {}).get("clientSecret")
    file = PROJECT / f"Pulumi.{stack_of(args)}.yaml"
    if not secret:
        return
    if not file.exists():
        args.not_applicable(f"there is no {file.name} beside the folder of the pack")
    for key, value in (yaml.safe_load(file.read_text()).get("config") or {}).items():
        if value == secret:  # what is encrypted is a mapping there, {secure: …}
            report(
                f"oidc.client_secret stands in {file.name} in plaintext, as {key}. "
                f"Make a new one at the identity provider, and `pulumi config set --secret {key}`."
            )


@of("Domain")
def managed(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.props.get("domainType") == "ALLOWED_EMAIL_DOMAIN":
        report("Everybody with an address in the domain could join, without single sign-on. Use ORGANIZATION_DOMAIN.")


PolicyPack(
    "scalekit",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[
        ResourceValidationPolicy("tenant-protected", "A tenant is protected from deletion.", protected),
        ResourceValidationPolicy("assertions-signed", "The identity provider signs what it says.", signed),
        ResourceValidationPolicy(
            "certificate-lasting",
            "A certificate is valid for some time to come.",
            lasting,
            # Time alone breaks this rule: as a mandatory one, it would stop the changes of all other tenants too.
            EnforcementLevel.ADVISORY,
            PolicyConfigSchema(properties={"days": {"type": "number", "default": 30}}),
        ),
        ResourceValidationPolicy("https-only", "Endpoints have https.", https),
        ResourceValidationPolicy("secret-encrypted", "A client secret is not kept in plaintext.", encrypted),
        ResourceValidationPolicy("domain-signs-in", "A domain leads to the single sign-on of its tenant.", managed),
    ],
)
