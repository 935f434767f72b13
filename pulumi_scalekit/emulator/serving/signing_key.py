"""The key that signs the tokens of clients, and the key set with which anybody verifies them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

_ALGORITHM = "RS256"


@dataclass(frozen=True)
class SigningKey:
    id: str
    private: rsa.RSAPrivateKey

    def sign(self, claims: dict[str, Any]) -> str:
        import jwt  # late, as all that only the emulator's extra has

        return jwt.encode(claims, self.private, algorithm=_ALGORITHM, headers={"kid": self.id})

    def public(self) -> dict[str, Any]:
        """The JWK of the public half."""
        from jwt.algorithms import RSAAlgorithm

        numbers = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {"use": "sig", "kty": "RSA", "kid": self.id, "alg": _ALGORITHM, "n": numbers["n"], "e": numbers["e"]}


@cache
def load() -> SigningKey:
    """Make the key when it is first needed, and once for all emulators of a process: it takes a tenth of a second."""
    return SigningKey(f"snk_{secrets.randbelow(10**16) + 10**16}", rsa.generate_private_key(65537, 2048))
