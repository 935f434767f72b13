"""What Scalekit asks while it signs somebody in, what its tokens hold and where its log goes, which people review."""

from pathlib import Path

import pulumi

import pulumi_scalekit as scalekit

here = Path(__file__).parent
config = pulumi.Config()

# Whoever is not allowed in is refused before a session begins, and so is everybody while the service does not answer.
compliance = scalekit.Interceptor(
    "compliance",
    display_name="Compliance",
    trigger_point="PRE_SESSION_CREATION",
    api_url="https://hooks.example/session",
    api_key={"api_key": config.require_secret("hookKey"), "header_name": "x-api-key"},
    timeout_ms=3000,
    failure_policy="FAIL_CLOSED",
    request_template=(here / "compliance.jsonnet").read_text(),
    enabled=True,
)

# What every access token holds: your API may decide by it.
scalekit.TokenTemplate("claims", template=(here / "claims.json").read_text(), enabled=True)

# What happens in the environment goes to those who watch over it.
scalekit.LogStream(
    "alarms",
    provider="CROWDSTRIKE",
    display_name="Alarms",
    crowdstrike={"ingest_url": "https://siem.example/ingest", "ingest_token": config.require_secret("ingestToken")},
    enabled=True,
)

# The service needs the secret with this id, to see that a call is Scalekit's.
pulumi.export("signingSecretId", compliance.secret_id)
