"""`python mocked_dns.py PROGRAM up|preview|production`: run a program under mocks that answer as Scalekit and Cloudflare, and print what it did."""

from __future__ import annotations

import asyncio
import json
import runpy
import sys
import types
from typing import Any

import pulumi

# Cloudflare's package is larger than all others together, and the engine would look for its plugin wherever it is installed.
PRODUCTION = "env_2"
_RECORD = ("zone_id", "name", "type", "content", "ttl")


class DnsRecord(pulumi.CustomResource):
    """Takes what Cloudflare's own class demands, and no other property."""

    def __init__(self, resource_name: str, *, opts: pulumi.ResourceOptions | None = None, **given: Any) -> None:
        if set(given) != set(_RECORD):
            raise TypeError(f"DnsRecord takes {', '.join(_RECORD)}")
        super().__init__("cloudflare:index/dnsRecord:DnsRecord", resource_name, given, opts)


class _Mocks(pulumi.runtime.Mocks):
    def __init__(self) -> None:
        self.done: list[dict[str, Any]] = []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.done.append({"made": args.name, **args.inputs})
        shown = {"txtRecordKey": "_scalekit-challenge.aperture.example", "txtRecordSecret": "scalekit-verification=1"}
        return f"{args.name}-id", {**args.inputs, **(shown if args.typ.endswith(":Domain") else {})}

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        self.done.append({"called": args.token, **args.args})
        if args.token.endswith(":getEnvironment"):
            is_production = args.args["environmentId"] == PRODUCTION
            return {"id": args.args["environmentId"], "displayName": "Live", "type": "PRD" if is_production else "DEV"}
        if args.token.endswith(":getCustomDomainRecords"):
            return {
                "records": [{"hostName": args.args["customDomain"], "type": "CNAME", "value": "our.scalekit.example"}]
            }
        return {"verified": True}


def main(program: str, mode: str) -> None:
    """Run it once."""
    asyncio.set_event_loop(asyncio.new_event_loop())
    stand_in = types.ModuleType("pulumi_cloudflare")
    stand_in.DnsRecord = DnsRecord  # type: ignore[attr-defined]
    sys.modules.setdefault("pulumi_cloudflare", stand_in)
    mocks = _Mocks()
    pulumi.runtime.set_all_config(
        {"project:zone": "zone-1", "project:environment": PRODUCTION if mode == "production" else "env_1"}, []
    )
    pulumi.runtime.set_mocks(mocks, project="project", preview=mode == "preview")

    @pulumi.runtime.test  # type: ignore[untyped-decorator]
    def run() -> None:
        runpy.run_path(program)

    run()
    print(json.dumps(mocks.done))  # noqa: T201 - the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
