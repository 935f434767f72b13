"""`python -m pulumi_scalekit` serves the provider plugin, as the script `pulumi-resource-scalekit` does."""

from pulumi_scalekit.provider import protocol


def main() -> None:
    """Serve the provider protocol, without Pulumi's SDK."""
    protocol.alone()
    # Late: what it imports imports the protocol.
    from pulumi_scalekit.provider import serve

    serve.main()


if __name__ == "__main__":
    main()
