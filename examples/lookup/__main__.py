"""A customer that another program manages, found by your own key of it, and what this program adds.

    pulumi config set customer acme

The other program owns the organization, its connections and its directory: here they are read, never changed.
"""

import pulumi

import pulumi_scalekit as scalekit

customer = scalekit.get_organization(external_id=pulumi.Config().require("customer"))

# Added to what is there: a limit, and a secret of its own for each directory.
scalekit.UserLimit("limit", organization_id=customer.id, max_allowed_users=100)
directories = [
    scalekit.get_directory(organization_id=customer.id, id=found.id)
    for found in scalekit.get_directories(organization_id=customer.id)
]
for directory in directories:
    scalekit.DirectorySecret(
        f"scim-{directory.id}",
        organization_id=customer.id,
        directory_id=directory.id,
        rotation="2026-01",
    )
    # Their ids are what a DirectoryMapping of the other program gives roles to.
    groups = scalekit.get_directory_groups(organization_id=customer.id, directory_id=directory.id)
    pulumi.export(f"groups-{directory.id}", {group.display_name: group.id for group in groups})

# A machine client is looked up by an id that whoever made it hands on.
machine = pulumi.Config().get("machine")
if machine is not None:
    client = scalekit.get_organization_client(organization_id=customer.id, client_id=machine)
    pulumi.export("machineScopes", client.scopes)

# What there is, for a dashboard. get_connections lists; what a list leaves out, get_connection reads.
connections = [
    scalekit.get_connection(organization_id=customer.id, id=found.id)
    for found in scalekit.get_connections(organization_id=customer.id)
]
pulumi.export("signOn", {found.id: found.enabled for found in connections})
pulumi.export("domains", [found.domain for found in scalekit.get_domains(organization_id=customer.id)])
pulumi.export("customers", len(scalekit.get_organizations()))
pulumi.export("applications", {found.name: found.id for found in scalekit.get_applications()})
pulumi.export("features", [found.name for found in scalekit.get_features() if found.enabled])
mail = scalekit.get_email_template_placeholders(use_case="USER_LOGIN_OTP")
pulumi.export("inMails", mail.placeholders)
inherited = scalekit.get_application_session_policy(organization_id=customer.id)
pulumi.export("sessionMinutes", inherited.absolute_session_timeout)
pulumi.export("permissions", [found.name for found in scalekit.get_permissions()])
pulumi.export("roles", {found.name: scalekit.get_role(name=found.name) for found in scalekit.get_roles()})

# For the customer's administrator: made by each update, a secret, and never by a preview.
pulumi.export("portal", scalekit.create_portal_link_output(organization_id=customer.id, features=["sso"]).location)

# Where the customer's people sign in.
pulumi.export(
    "signIn",
    scalekit.get_authorization_url(redirect_uri="https://app.example/callback", organization_id=customer.id).url,
)
