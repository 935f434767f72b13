"""B2B tenants and their single sign-on at Scalekit, declared in code.

    import pulumi_scalekit as scalekit

    acme = scalekit.Organization("acme", display_name="Acme Inc", external_id="acme")
"""

from pulumi_scalekit.provider.dynamic import DynamicProvider
from pulumi_scalekit.provider.registration import Provider
from pulumi_scalekit.resources.connection import Connection, IdpCertificate, Oidc, Saml
from pulumi_scalekit.resources.connection_settings import ConnectionSettings
from pulumi_scalekit.resources.organization import Organization

__all__ = [
    "Connection",
    "ConnectionSettings",
    "DynamicProvider",
    "IdpCertificate",
    "Oidc",
    "Organization",
    "Provider",
    "Saml",
]

# The state of every resource names this class. The name must not follow the file that it stands in.
DynamicProvider.__module__ = __name__
