"""The two providers: translation between Pulumi and the lifecycle, and nothing else."""
