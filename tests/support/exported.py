"""A stack's state for what a test creates at the emulator, as `pulumi stack export` has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.model.names import to_state
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects
from tests.support.preview import TYPES
from tests.support.providers import SECRET_KEY

_SECRET = "1b47061264138c4ac30d75fd1eb44270"


class Exported:
    """The state of a stack.

    Args:
        config: The configuration by full key, with the credentials.
        provider: Whose types the resources have.

    """

    def __init__(self, config: dict[str, str], provider: str = "dynamic") -> None:
        self.here = environment(config)
        self.prefix = TYPES[provider]
        self.resources: list[dict[str, Any]] = []

    def add(self, kind: str, name: str, /, *, shown: bool = True, **inputs: Any) -> str:
        """Create an object and put it into the state.

        Args:
            kind: `Organization`.
            name: The resource's name.
            shown: Whether secrets are decrypted in the state.
            **inputs: In Python's names.

        Returns:
            Its id.

        """
        found = KINDS[f"scalekit:index:{kind}"]
        checked, failures = lifecycle.check(found, {}, inputs)
        assert not failures
        created = lifecycle.create(Objects(found, self.here), checked)

        def secret(value: Any) -> dict[str, Any]:
            hidden = {"plaintext": json.dumps(value)} if shown else {"ciphertext": "v1:abc"}
            return {SECRET_KEY: _SECRET, **hidden}

        self.resources.append(
            {
                "urn": f"urn:pulumi:dev::customers::{self.prefix}{kind}::{name}",
                "type": f"{self.prefix}{kind}",
                "id": created.id,
                "custom": True,
                "inputs": to_state(found, checked, secret),
                "outputs": {**to_state(found, created.state, secret), "__instance": name},
            }
        )
        return created.id

    def tenant(self, name: str, **connection: Any) -> tuple[str, str, str]:
        """An organization with a domain and an enabled connection: their ids."""
        organization = self.add("Organization", name, display_name=f"{name.title()} Inc", external_id=name)
        domain = self.add("Domain", f"{name}-domain", organization_id=organization, domain=f"{name}.com")
        oidc = {"issuer": f"https://{name}.okta.com", "client_id": "0oa1", "client_secret": f"s3cret-of-{name}"}
        declared = {"provider": "OKTA", "type": "OIDC", "oidc": oidc, "domain_ids": [domain], "enabled": True}
        sso = self.add("Connection", f"{name}-sso", organization_id=organization, **{**declared, **connection})
        return organization, domain, sso

    def write(self, path: Path) -> str:
        """Write the state to a file, and answer its name."""
        path.write_text(json.dumps({"version": 3, "deployment": {"resources": self.resources}}))
        return str(path)
