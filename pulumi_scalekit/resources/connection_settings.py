"""ConnectionSettings: the settings of a connection that is declared elsewhere."""

from pulumi_scalekit.declare import ListProp, MapProp, Prop, Resource, prop
from pulumi_scalekit.model.kind import Api
from pulumi_scalekit.resources import connection
from pulumi_scalekit.resources.connection import ConfigurationType, IdentityProvider, Oidc, Protocol, Saml


class ConnectionSettings(Resource, rule=connection.matching_block):
    """The settings of a connection, apart from the connection: it breaks the cycle with an identity provider.

    Declare a `Connection` without settings, hand its outputs to the identity provider's resource, and hand that one's
    outputs to this. Settings that the `Connection` declares too would be written by both. Destroying it leaves the settings
    as they are, so that renaming it never switches off a live sign-in.

    It uses endpoints that Scalekit has not published (`PATCH /api/v1/organizations/{organization_id}/connections/{id}`,
    `PUT …/domains`).
    """

    organization_id: Prop[str] = prop("Organization of the connection, `org_…`. A change replaces.")
    connection_id: Prop[str] = prop("The connection, `conn_…`. A change replaces.")
    provider: Prop[IdentityProvider] = connection.PROVIDER
    type: Prop[Protocol] = connection.TYPE
    debug_enabled: Prop[bool] = connection.DEBUG_ENABLED
    configuration_type: Prop[ConfigurationType] = connection.CONFIGURATION_TYPE
    ui_button_title: Prop[str] = connection.UI_BUTTON_TITLE
    attribute_mapping: MapProp[str] = connection.ATTRIBUTE_MAPPING
    key_id: Prop[str] = connection.KEY_ID
    oidc: Prop[Oidc] = connection.OIDC
    saml: Prop[Saml] = connection.SAML
    domain_ids: ListProp[str] = connection.DOMAIN_IDS
    enabled: Prop[bool] = connection.ENABLED
    status: Prop[str] = connection.STATUS
    test_connection_uri: Prop[str] = connection.TEST_CONNECTION_URI

    api = Api(
        item=connection.ITEM,
        envelope="connection",
        update=connection.SETTINGS_ENDPOINTS,
        setting_of="connection_id",
        from_wire=connection.from_wire,
        unpublished=True,
    )
