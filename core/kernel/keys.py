"""Keyed hashes and one-time codes, from the system's secret."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


@dataclass(frozen=True, slots=True)
class Keys:
    """Hashes that mean nothing without the secret. The first secret is the current one."""

    secrets: tuple[str, ...]

    def digest(self, purpose: str, words: str) -> str:
        """The keyed hash of ``words`` under the current secret, apart for each purpose."""
        return self._digest(self.secrets[0], purpose, words)

    def digests(self, purpose: str, words: str) -> tuple[str, ...]:
        """The same under every secret still accepted, the current one first."""
        return tuple(self._digest(secret, purpose, words) for secret in self.secrets)

    @staticmethod
    def _digest(secret: str, purpose: str, words: str) -> str:
        message = f"{purpose}\0{words}".encode()
        return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()

    @staticmethod
    def code() -> str:
        """A one-time code that people can read and type: 8 characters, about 38 bits."""
        letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
        return f"{letters[:4]}-{letters[4:]}"

    @staticmethod
    def nonce() -> str:
        """A key for one use of one form or card."""
        return secrets.token_urlsafe(9)


def tidy_code(words: str) -> str:
    """A typed code as it was given out: capitals, one dash."""
    letters = "".join(letter for letter in words.upper() if letter in _ALPHABET)
    return f"{letters[:4]}-{letters[4:]}"
