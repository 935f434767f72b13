"""What the providers of the examples' identity providers would answer: Okta, Microsoft Entra, and the stand-in for either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.saml_metadata import Key, Provider, certificate

Answer = dict[str, Any]
TENANT = "3f1c7b1e-5c0e-4c57-8a2b-0a6f5e9d4c21"
SIGNER = {"identity-provider": "Stand-in", "okta": "Okta", "entra": "Entra"}
"""Who signs what the identity provider of an example says: the common name of its certificate."""
SSO_URL = {"okta": "https://idp.acme.example/sso", "entra": f"https://login.microsoftonline.com/{TENANT}/saml2"}
CLIENT = "9b7c0f5e-0000-4000-8000-000000000001"


def new_resource(args: Any, *, preview: bool) -> tuple[str | None, Answer]:
    """The id and the outputs of a resource that is not Scalekit's; of a preview, what is declared alone."""
    computed = _COMPUTED.get(args.typ, dict)()
    return (None, args.inputs) if preview else (f"{args.name}-id", {**args.inputs, **computed})


def call(args: Any) -> Answer:
    return _FUNCTIONS[args.token]


def _stand_in() -> Answer:
    return {
        "entity_id": "https://idp.cyberdyne.example/metadata",
        "sso_url": "https://idp.cyberdyne.example/sso",
        "certificate": certificate(SIGNER["identity-provider"]).pem,
    }


def _okta() -> Answer:
    """The metadata that Okta has for each application."""
    return {"metadata": Provider(keys=[Key((certificate(SIGNER["okta"]),))]).text()}


def _signing_certificate() -> Answer:
    """Base64 without the lines around it, as Microsoft Graph gives it."""
    return {"value": certificate(SIGNER["entra"]).base64}


def _from_template() -> Answer:
    application, principal = "b8a1d9b0-0000-4000-8000-000000000002", "b8a1d9b0-0000-4000-8000-000000000003"
    return {
        "applicationId": f"/applications/{application}",
        "applicationObjectId": application,
        "servicePrincipalId": f"/servicePrincipals/{principal}",
        "servicePrincipalObjectId": principal,
    }


_COMPUTED: dict[str, Callable[[], Answer]] = {
    "pulumi-python:dynamic/idp:SamlApplication": _stand_in,
    "okta:app/saml:Saml": _okta,
    "azuread:index/applicationFromTemplate:ApplicationFromTemplate": _from_template,
    "azuread:index/servicePrincipalTokenSigningCertificate:ServicePrincipalTokenSigningCertificate": _signing_certificate,
}
_FUNCTIONS = {
    "azuread:index/getClientConfig:getClientConfig": {
        "tenantId": TENANT,
        "clientId": CLIENT,
        "objectId": CLIENT,
        "id": "x",
    },
    "azuread:index/getApplication:getApplication": {"clientId": CLIENT, "id": "x"},
}
