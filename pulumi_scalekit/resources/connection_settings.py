"""ConnectionSettings: the settings of a connection that is declared elsewhere."""

from pulumi_scalekit import outputs
from pulumi_scalekit.model.api import Api
from pulumi_scalekit.program.resource import (
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Resource,
    prop,
)
from pulumi_scalekit.resources import connection, connection_rules
from pulumi_scalekit.resources.connection import ConfigurationType, IdentityProvider, Protocol
from pulumi_scalekit.resources.connection_findings import SETTINGS_FINDINGS, settings_consequence
from pulumi_scalekit.resources.connection_protocols import Oidc, Saml


class ConnectionSettings(
    Resource, rule=connection_rules.fitting, findings=SETTINGS_FINDINGS, consequence=settings_consequence
):
    """The settings of a connection as a resource of their own, which breaks the cycle with an identity provider.

    Declare a `Connection` without settings, hand its outputs to the identity provider's resource, and hand that one's
    outputs to this. Settings that the `Connection` declares too would be written by both. Destroying it leaves the settings
    as they are, so that renaming it never switches off a live sign-in.

    It uses endpoints that Scalekit has not published (`PATCH /api/v1/organizations/{organization_id}/connections/{id}`,
    `PUT …/domains`).
    """

    organization_id: Prop[str] = prop("Organization of the connection, `org_…`.", refers_to=("Organization.id",))
    connection_id: Prop[str] = prop("The connection, `conn_…`.", refers_to=("Connection.id",))
    provider: Prop[IdentityProvider] = prop(connection.PROVIDER)
    type: Prop[Protocol] = prop(connection.TYPE)
    debug_enabled: OptionalProp[bool] = prop(connection.DEBUG_ENABLED, default=None)
    configuration_type: OptionalProp[ConfigurationType] = prop(connection.CONFIGURATION_TYPE, default=None)
    ui_button_title: OptionalProp[str] = prop(connection.UI_BUTTON_TITLE, default=None)
    attribute_mapping: OptionalMapProp[str] = prop(connection.ATTRIBUTE_MAPPING, default=None)
    key_id: OptionalProp[str] = prop(connection.KEY_ID, default=None)
    oidc: OptionalBlockProp[Oidc, outputs.Oidc] = prop(connection.OIDC, default=None)
    saml: OptionalBlockProp[Saml, outputs.Saml] = prop(connection.SAML, default=None)
    domain_ids: OptionalListProp[str] = prop(connection.DOMAIN_IDS, default=None)
    enabled: OptionalProp[bool] = prop(connection.ENABLED, default=None)
    status: Prop[str] = prop(connection.STATUS, init=False)
    test_connection_uri: Prop[str] = prop(connection.TEST_CONNECTION_URI, init=False)

    api = Api(
        item=connection.ITEM,
        envelope="connection",
        update=connection.SETTINGS_ENDPOINTS,
        setting_of="connection_id",
        events=connection.SWITCHED,
        from_wire=connection.from_wire,
    )
