"""`python looked_at.py PREVIEW EAGER`: a program that looks at every output of its resources, in every way, as JSON.

With EAGER the SDK makes all outputs at once, as it does by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import rpc, settings, stack

import pulumi_scalekit as scalekit
from pulumi_scalekit.program import late_output

ANSWERED = {"createTime": "2026-01-01T00:00:00Z", "slug": "acme", "metadata": {"tier": "gold"}}


class Answers(pulumi.runtime.Mocks):
    """Some properties come back, a secret among them, and some do not."""

    def new_resource(self, args: Any) -> tuple[str, dict[str, Any]]:
        if args.name == "refused":
            raise ValueError("refused on purpose")
        answered = {**args.inputs, **ANSWERED}
        if args.name == "client":
            answered["plainSecret"] = {rpc._special_sig_key: rpc._special_secret_sig, "value": "s3cret"}
        return args.resource_id or ("" if settings.is_dry_run() else f"{args.name}-id"), answered

    def call(self, args: Any) -> Any:
        return {}


async def data(output: pulumi.Output[Any]) -> dict[str, Any]:
    """Everything about an output, or why there is none."""
    try:
        return {
            "value": await output.future(with_unknowns=True),
            "known": await output.is_known(),
            "secret": await output.is_secret(),
            "of": sorted([type(one).__name__ for one in await output.resources()]),
        }
    except Exception as problem:  # noqa: BLE001 - compared by the test
        return {"error": str(problem)}


async def looked_at(resource: Any) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """How many outputs there are; every output before the engine answers, again after it has, and the resource as `pulumi.export` takes it."""
    names = [field.name for field in (*resource.kind.inputs, *resource.kind.outputs)]
    # In a thread it can be handed on, and is not made.
    texts = [field.name for field in resource.kind.fields if field.shape.name == "text"]
    await asyncio.to_thread(lambda: [getattr(resource, name) for name in texts])
    made = sum(not isinstance(value, late_output.LateOutput) for value in vars(resource).values())
    half, rest = names[::2], names[1::2]
    early = {name: getattr(resource, name) for name in half}
    answers = {name: await data(output) for name, output in early.items()}
    answers |= {f"late {name}": await data(getattr(resource, name)) for name in rest}
    answers["with itself"] = await data(pulumi.Output.all(*(getattr(resource, name) for name in names)))
    return made, answers, await data(pulumi.Output.from_input(stack.massage(resource, [])))


def handed_on() -> dict[str, Any]:
    """Resources of which a transformation hands other properties to the SDK: one set for two, and none that is not declared."""
    of_both = {"displayName": "Acme", "externalId": None}

    def shared(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        return pulumi.ResourceTransformationResult(of_both, args.opts)

    def bare(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        props = {name: value for name, value in args.props.items() if value is not None}
        return pulumi.ResourceTransformationResult(props, args.opts)

    made = {}
    for name, transformation in (("first", shared), ("second", shared), ("bare", bare)):
        options = pulumi.ResourceOptions(transformations=[transformation])
        made[name] = scalekit.Organization(name, options, display_name="Acme")
    return made


async def program(eager: bool) -> dict[str, Any]:
    seen: list[list[str]] = []

    def transformation(args: pulumi.ResourceTransformationArgs) -> None:
        seen.append(sorted(args.props))

    options = pulumi.ResourceOptions(transformations=[transformation])
    acme = scalekit.Organization("acme", options, display_name="Acme", external_id=None)
    resources = {
        "acme": acme,
        "sso": scalekit.Connection(
            "sso", organization_id=acme.id, provider="OKTA", type="OIDC", oidc={"client_id": acme.create_time}
        ),
        "client": scalekit.OrganizationClient("client", organization_id=acme.id, name="c"),
        "found": scalekit.Organization.get("found", "external:acme"),
        "refused": scalekit.Organization("refused", display_name="Acme"),
        # The SDK alone knows no output of a property that it was not given.
        **({} if eager else handed_on()),
    }
    results = await asyncio.gather(*map(looked_at, resources.values()))
    return {"seen": seen, **dict(zip(resources, results, strict=True))}


def main(preview: bool, eager: bool) -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())
    pulumi.runtime.set_mocks(Answers(), preview=preview)
    if eager:
        late_output.late = lambda _resource, _given: contextlib.nullcontext()  # type: ignore[assignment, return-value]
    loop = asyncio.get_event_loop()
    answers: dict[str, Any] = {}

    async def run() -> None:
        answers.update(await program(eager))

    with contextlib.suppress(
        Exception
    ):  # that of the refused resource, which every one of its outputs has been asked for
        loop.run_until_complete(stack.run_pulumi_func(lambda: asyncio.ensure_future(run())))
    print(json.dumps(answers, default=lambda value: type(value).__name__))  # noqa: T201 - the answer


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main(*(word == "yes" for word in sys.argv[1:]))
