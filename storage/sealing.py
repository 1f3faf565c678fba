"""Secrets at rest: sealed with the system's own secret, and bound to the place they belong to."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealingError(Exception):
    """No secret is set to seal with; or what is sealed does not open, because it was sealed with a
    secret that is not set any more, was changed, or stands in another place than its own."""


class Sealing:
    """Seals words for one ``purpose``. The first of ``secrets`` seals; every one of them opens."""

    def __init__(self, secrets: Sequence[str], purpose: str) -> None:
        self._keys = tuple(_key(secret, purpose) for secret in secrets)
        self._ring = MultiFernet(self._keys) if self._keys else None

    def seal(self, words: str, place: Sequence[str]) -> str:
        """``words`` sealed; they open again for the same ``place`` and for no other."""
        if self._ring is None:
            raise SealingError("no secret is set to seal with")
        # Fernet takes no associated data, so the place is sealed along with the words.
        return self._ring.encrypt(json.dumps([*place, words]).encode()).decode()

    def open(self, sealed: str, place: Sequence[str]) -> str:
        """The words that were sealed for ``place``. Raises ``SealingError``."""
        if self._ring is None:
            raise SealingError("no secret is set to open with")
        try:
            *sealed_for, words = json.loads(self._ring.decrypt(sealed))
        except (InvalidToken, ValueError):
            raise SealingError("no secret that is set opens this") from None
        if sealed_for != [*place]:
            raise SealingError("this was sealed for another place")
        return str(words)

    def is_current(self, sealed: str) -> bool:
        """Whether the first secret sealed this."""
        try:
            self._keys[0].decrypt(sealed)
        except (IndexError, InvalidToken, ValueError):
            return False
        return True


def _key(secret: str, purpose: str) -> Fernet:
    """A key of its own for each secret and purpose, so that none says anything about another."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"hourbridge {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
