"""Secrets of a stack as `pulumi config set --secret` writes them, without starting an engine for each."""

import functools
import hashlib
import os
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PASSPHRASE = "correct horse battery staple"

# Made once by `pulumi stack init`: the salt, and a word encrypted with it that Pulumi tries the passphrase on.
SALT = "v1:xS7ie8AOB9U=:v1:H5A4kAa+tKCvw1z+:5Hdp6tmxxRxAuiav7To5SKl6ZgKEaw=="

ROUNDS = 1_000_000


def encrypted(value: str) -> str:
    """What stands in `Pulumi.<stack>.yaml` under `secure`."""
    nonce = os.urandom(12)
    sealed = AESGCM(_key()).encrypt(nonce, value.encode(), None)
    return f"v1:{b64encode(nonce).decode()}:{b64encode(sealed).decode()}"


@functools.cache
def _key() -> bytes:
    return hashlib.pbkdf2_hmac("sha256", PASSPHRASE.encode(), b64decode(SALT.split(":")[1]), ROUNDS, 32)
