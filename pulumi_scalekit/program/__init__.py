"""What runs in the user's program: properties, resources, their registration, the provider. Only `invoke` sends anything."""
