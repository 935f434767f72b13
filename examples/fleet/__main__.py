"""All customers of `tenants.yaml`. Adding one is a pull request of four lines.

    pulumi config set --secret --path ssoSecrets.wayne …
    pulumi config set --secret --path ssoSecrets.stark …
    pulumi up --continue-on-error

With `--continue-on-error` a customer that fails does not stop the others; run it again when the reason is gone. Entries may
be put in any order: resources are named by the customers' keys.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import pulumi
import roster

# The component of the example beside this one. In a program of your own, copy tenant.py here.
sys.path.append(str(Path(__file__).resolve().parents[1] / "tenant"))

from tenant import SignOn, Tenant

import pulumi_scalekit as scalekit

none: pulumi.Output[Mapping[str, str]] = pulumi.Output.from_input({})
secrets = pulumi.Config().get_secret_object("ssoSecrets") or none
entries = roster.read(Path(__file__).with_name("tenants.yaml"))

permissions = {
    name: scalekit.Permission(name.replace(":", "-"), name=name)
    for name in sorted({name for entry in entries for names in entry.roles.values() for name in names})
}


def secret_of(entry: roster.Entry) -> pulumi.Output[str]:
    """The secret of a customer's sign-on, from the stack's configuration."""

    def pick(known: Mapping[str, str]) -> str:
        if entry.key not in known:
            raise pulumi.RunError(
                f"{entry.where}: {entry.key} has sso and no secret: pulumi config set --secret --path ssoSecrets.{entry.key} …"
            )
        return known[entry.key]

    return secrets.apply(pick)


tenants = {
    entry.key: Tenant(
        entry.key,
        display_name=entry.name,
        tier=entry.tier,
        domain=entry.domain,
        sign_on=SignOn(**entry.sso, client_secret=secret_of(entry)) if entry.sso else None,
        roles={role: [permissions[name].name for name in names] for role, names in entry.roles.items()},
        directory=entry.directory,
        session_minutes=entry.session_minutes,
        machine_rotation=entry.machine,
    )
    for entry in entries
}

pulumi.export(
    "redirectUris", {key: tenant.redirect_uri for key, tenant in tenants.items() if tenant.redirect_uri is not None}
)
