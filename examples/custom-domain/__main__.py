"""The environment under an address of yours, with the DNS records that lead there.

    pulumi config set zone 023e105f4ecef8ad9ca31a8372d0c353     # the zone of weyland.example at Cloudflare
    pulumi config set environment env_1234                      # as the dashboard shows it

Here the DNS is Cloudflare's; with another provider only the record is another resource, `aws.route53.Record` and so on.
"""

import pulumi
import pulumi_cloudflare as cloudflare

import pulumi_scalekit as scalekit

ADDRESS = "auth.weyland.example"

config = pulumi.Config()
environment = scalekit.get_environment(environment_id=config.require("environment"))
if environment.type == "PRD" and not config.get_bool("production"):
    raise pulumi.RunError(
        f"{environment.display_name} is for production: `pulumi config set production true` if you mean it."
    )

# Scalekit has no call that takes the address away again, and without its records nobody can sign in there.
protected = pulumi.ResourceOptions(protect=True)
needed = scalekit.get_custom_domain_records(custom_domain=ADDRESS, environment_id=environment.id)
records = [
    cloudflare.DnsRecord(
        f"address-{record.type.lower()}-{number}",
        zone_id=config.require("zone"),
        name=record.host_name,
        type=record.type,
        content=record.value,
        ttl=60,
        opts=protected,
    )
    for number, record in enumerate(needed)
]

address = scalekit.CustomDomain(
    "address",
    environment_id=environment.id,
    custom_domain=ADDRESS,
    opts=pulumi.ResourceOptions(depends_on=records, protect=True),
)

# `pulumi refresh` asks Scalekit again whether it has seen the records.
pulumi.export("status", address.custom_domain_status)
