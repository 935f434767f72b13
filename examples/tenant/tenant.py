"""Everything one customer has, as a component to copy and make your own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi import Input, ResourceOptions

import pulumi_scalekit as scalekit


@dataclass(frozen=True)
class SignOn:
    """The customer's identity provider, by OpenID Connect.

    Attributes:
        provider: `OKTA`, `MICROSOFT_AD`, `CUSTOM` and so on.
        issuer: The issuer's address; its endpoints are discovered.
        client_id: What the customer registered for you.
        client_secret: The secret that belongs to it. Another one is an update, the same one is not.

    """

    provider: str
    issuer: Input[str]
    client_id: Input[str]
    client_secret: Input[str]


class Tenant(pulumi.ComponentResource):
    """One customer: organization, domain, sign-on, roles, a machine client, a directory, a session policy and a look.

    Args:
        name: Your own key of the customer. It names the resources and is the organization's external id.
        display_name: Name that people see.
        domain: Whose users sign in through `sign_on`.
        tier: Kept in the organization's metadata.
        sign_on: The customer's identity provider.
        roles: The customer's own roles: the names of their permissions by the role's name.
        default_role: Which of these roles users get whom single sign-on or the directory brings.
        administrator: E-mail address of the customer's first administrator, who gets no mail.
        directory: The identity provider that provisions users, `OKTA` and so on.
        session_minutes: After how many minutes a session ends in any case.
        button_color: Of the buttons on its sign-in pages, `#b71c1c`, in place of the environment's.
        machine_rotation: Makes a machine client with a secret. Another text makes another secret.
        opts: Pulumi's options, for the customer as a whole: `protect=True` protects all of it.

    Attributes:
        organization_id: `org_…`.
        redirect_uri: What the customer's administrator enters at the identity provider.
        directory_endpoint: Where the identity provider sends users.
        machine_id: The machine client's id.
        machine_secret: Its secret that is in use. Encrypted in the state.

    """

    organization_id: pulumi.Output[str]
    redirect_uri: pulumi.Output[str] | None = None
    directory_endpoint: pulumi.Output[str] | None = None
    machine_id: pulumi.Output[str] | None = None
    machine_secret: pulumi.Output[str] | None = None

    def __init__(
        self,
        name: str,
        *,
        display_name: str,
        domain: str | None = None,
        tier: str = "standard",
        sign_on: SignOn | None = None,
        roles: Mapping[str, Sequence[Input[str]]] | None = None,
        default_role: str | None = None,
        administrator: str | None = None,
        directory: str | None = None,
        session_minutes: int | None = None,
        button_color: str | None = None,
        machine_rotation: str | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        super().__init__("tenants:index:Tenant", name, None, opts)
        self._name = name
        self._mine = ResourceOptions(parent=self)
        organization = scalekit.Organization(
            name,
            opts=self._mine,
            display_name=display_name,
            external_id=name,
            metadata={"tier": tier},
            features={
                "sso": sign_on is not None,
                "dir_sync": directory is not None,
                "session_policy": session_minutes is not None,
            },
        )
        self.organization_id = organization.id
        if sign_on:
            self._sign_on(sign_on, domain)
        own = {role: self._role(role, permissions) for role, permissions in (roles or {}).items()}
        if default_role is not None:
            scalekit.OrganizationDefaultRoles(
                f"{name}-default-role",
                opts=self._mine,
                organization_id=self.organization_id,
                default_member_role=own[default_role].name,
            )
        if administrator:
            scalekit.OrganizationMember(
                f"{name}-administrator",
                opts=self._mine,
                organization_id=self.organization_id,
                email=administrator,
                roles=["admin"],
            )
        if directory:
            self._directory(directory)
        if session_minutes is not None:
            scalekit.SessionPolicy(
                f"{name}-sessions",
                opts=self._mine,
                organization_id=self.organization_id,
                policy_source="CUSTOM",
                absolute_session_timeout=session_minutes,
            )
        if button_color is not None:
            scalekit.OrganizationBranding(
                f"{name}-branding",
                opts=self._mine,
                organization_id=self.organization_id,
                source="CUSTOM",
                portal_customization={"button_color": button_color},
            )
        if machine_rotation is not None:
            self._machine(machine_rotation)
        self.register_outputs({"organization_id": self.organization_id})

    def _sign_on(self, sign_on: SignOn, domain: str | None) -> None:
        domains = [
            scalekit.Domain(one, opts=self._mine, organization_id=self.organization_id, domain=one)
            for one in (domain,)
            if one is not None
        ]
        connection = scalekit.Connection(
            f"{self._name}-sso",
            opts=self._mine,
            organization_id=self.organization_id,
            provider=sign_on.provider,
            type="OIDC",
            configuration_type="DISCOVERY",
            attribute_mapping={"email": "email", "given_name": "given_name"},
            oidc={
                "issuer": sign_on.issuer,
                "client_id": sign_on.client_id,
                "client_secret": sign_on.client_secret,
                "scopes": ["openid", "email", "profile"],
            },
            domain_ids=[one.id for one in domains],
            enabled=True,
        )
        self.redirect_uri = connection.redirect_uri

    def _role(self, name: str, permissions: Sequence[Input[str]]) -> scalekit.OrganizationRole:
        return scalekit.OrganizationRole(
            f"{self._name}-{name}",
            opts=self._mine,
            organization_id=self.organization_id,
            name=name,
            display_name=name.replace("_", " ").capitalize(),
            permissions=permissions,
        )

    def _directory(self, provider: str) -> None:
        directory = scalekit.Directory(
            f"{self._name}-directory",
            opts=self._mine,
            organization_id=self.organization_id,
            directory_type="SCIM",
            directory_provider=provider,
        )
        scalekit.DirectoryMapping(
            f"{self._name}-directory-mapping",
            opts=self._mine,
            organization_id=self.organization_id,
            directory_id=directory.id,
            attribute_mapping={"department": "department"},
        )
        self.directory_endpoint = directory.directory_endpoint

    def _machine(self, rotation: str) -> None:
        client = scalekit.OrganizationClient(
            f"{self._name}-machine",
            opts=self._mine,
            organization_id=self.organization_id,
            name="Machine",
            scopes=["documents:read"],
        )
        # The client's first secret stays unused, so that the one in use can always be replaced: a client keeps its last one.
        secret = scalekit.OrganizationClientSecret(
            f"{self._name}-machine-secret",
            opts=self._mine,
            organization_id=self.organization_id,
            client_id=client.id,
            rotation=rotation,
        )
        self.machine_id = client.id
        self.machine_secret = secret.plain_secret
