"""What a Pulumi stack holds, as the `pulumi` command prints it."""
