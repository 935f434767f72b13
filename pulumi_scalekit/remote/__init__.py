"""The objects of an environment, as the lifecycle speaks to them: read, list, look up, and the JSON of each kind. No Pulumi."""
