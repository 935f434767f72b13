"""An MCP server for which Scalekit is the authorization server, and a client of it that does not register by itself."""

import pulumi

import pulumi_scalekit as scalekit

invoices = scalekit.McpServer(
    "invoices",
    name="Invoices",
    description="Reads and writes invoices for assistants",
    server_url="https://mcp.invoices.example",
    access_token_expiry=900,
    scopes=["invoices:read", "invoices:write"],
    # Assistants such as editors and chats register by themselves, in one way or the other.
    disable_dynamic_client_registration=False,
    enable_cimd=True,
)

# A program of one's own, which acts for itself: without redirect URIs it asks nobody to consent.
nightly = scalekit.McpServerClient(
    "nightly",
    mcp_server_id=invoices.id,
    name="Nightly export",
    scopes=["invoices:read"],
)

# To be served at https://mcp.invoices.example/.well-known/oauth-protected-resource, from where clients find Scalekit.
pulumi.export("metadata", invoices.protected_metadata)
pulumi.export("clientId", nightly.client_id)
# Encrypted in the state: `pulumi stack output --show-secrets` shows it to whoever hands it on.
pulumi.export("clientSecret", nightly.plain_secret)
