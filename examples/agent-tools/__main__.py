"""What an agent may use: a connector of one's own, and a configuration that says which tools of which connections it gets."""

import json

import pulumi

import pulumi_scalekit as scalekit

tickets = scalekit.CustomProvider(
    "tickets",
    display_name="Ticket system",
    description="Opens, finds and answers tickets",
    proxy_url="https://tickets.example/mcp",
    proxy_enabled=True,
    # What users are asked for when they connect their account. It is no secret, and holds none.
    auth_patterns=json.dumps(
        [
            {
                "type": "BEARER",
                "display_name": "Access token",
                "description": "Sign in with a token of the ticket system",
                "is_mcp": True,
                "fields": [
                    {
                        "field_name": "token",
                        "label": "Access token",
                        "input_type": "password",
                        "hint": "Of your profile in the ticket system",
                        "required": True,
                    }
                ],
            }
        ]
    ),
    metadata={"team": "support"},
)

# The connections are made in the dashboard, one of them from the connector above, and are named by their key ids.
helper = scalekit.McpConfig(
    "helper",
    name="support-helper",
    description="Answers tickets out of the mail",
    connection_tool_mappings=[
        {"connection_name": "support-tickets"},
        {"connection_name": "support-mail", "tools": ["gmail_fetch_mails", "gmail_create_draft"]},
    ],
)

pulumi.export("connector", tickets.identifier)
pulumi.export("mcpServerUrl", helper.mcp_server_url)
