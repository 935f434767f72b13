"""What people see: the admin portal of a customer, and the dashboard of the developer who runs the emulator."""
