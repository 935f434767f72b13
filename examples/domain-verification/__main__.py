"""A domain that the DNS has to verify, with the TXT record that proves whose it is.

    pulumi config set zone 023e105f4ecef8ad9ca31a8372d0c353     # the zone of aperture.example at Cloudflare

Here the DNS is Cloudflare's; with another provider only the record is another resource, `aws.route53.Record` and so on. Where the
customer keeps the DNS, export the two texts instead and send them to the customer.
"""

import pulumi
import pulumi_cloudflare as cloudflare

import pulumi_scalekit as scalekit

aperture = scalekit.Organization(
    "aperture", display_name="Aperture Science", external_id="aperture", features={"sso": True}
)

domain = scalekit.Domain("aperture-domain", organization_id=aperture.id, domain="aperture.example")

record = cloudflare.DnsRecord(
    "aperture-proof",
    zone_id=pulumi.Config().require("zone"),
    name=domain.txt_record_key,
    type="TXT",
    content=pulumi.Output.format('"{0}"', domain.txt_record_secret),
    ttl=60,
)

# Once the record is made. It takes a while until everybody sees it: Scalekit is asked again for up to ten minutes.
verification = scalekit.verify_domain(
    organization_id=aperture.id,
    id=domain.id,
    wait=600,
    opts=pulumi.InvokeOutputOptions(depends_on=[record]),
)

pulumi.export("verified", verification.verified)
