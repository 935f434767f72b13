"""`python -m pulumi_scalekit` serves the provider plugin, as the script `pulumi-resource-scalekit` does."""

from pulumi_scalekit.provider.serve import main

if __name__ == "__main__":
    main()
