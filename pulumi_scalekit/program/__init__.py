"""What runs in the user's program: properties, resources, their registration, the provider, invokes. Nothing is sent from here."""
