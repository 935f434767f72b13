"""What users declare, one class a file. RESOURCES is the one list: it orders the schema and the reference."""

from pulumi_scalekit.declare import Resource
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.resources.connection import Connection
from pulumi_scalekit.resources.connection_settings import ConnectionSettings
from pulumi_scalekit.resources.organization import Organization

RESOURCES: tuple[type[Resource], ...] = (
    Organization,
    Connection,
    ConnectionSettings,
)

KINDS: dict[str, Kind] = {resource.kind.token: resource.kind for resource in RESOURCES}
