"""Bring what exists under code: read an environment, write the program that declares it, import it into a stack."""
