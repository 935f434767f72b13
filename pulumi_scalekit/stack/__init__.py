"""A stack of the user's Pulumi project, by the `pulumi` command: its configuration, its state, its commands."""
