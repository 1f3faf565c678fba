"""The certificate that the bot signs in to Microsoft with: a PEM file, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

_LARGEST_FILE = 256 * 1024
_KEY = re.compile(
    rb"-----BEGIN (?P<kind>(?:[A-Z]+ )*PRIVATE KEY)-----.+?-----END (?P=kind)-----", re.DOTALL
)


class CertificateError(ValueError):
    """The file is of no use, in a sentence for the operator that quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A private key and the certificate made for it, both as PEM."""

    private_key: str = field(repr=False)
    public: str
    ends: datetime

    @property
    def credential(self) -> Mapping[str, str]:
        """What MSAL takes. Without a thumbprint it makes the SHA-256 one, and signs with PS256."""
        return {"private_key": self.private_key, "public_certificate": self.public}


def read_certificate(path: str, now: datetime | None = None) -> Certificate:
    """The certificate in the file. Raises ``CertificateError`` unless it serves at ``now``."""
    raw = _content(path)
    pem, key = _private_key(raw)
    public = _certificate_of(key, raw)
    moment = now or datetime.now(UTC)
    if public.not_valid_after_utc <= moment:
        raise _wrong(f"expired on {_day(public.not_valid_after_utc)}")
    if public.not_valid_before_utc > moment:
        raise _wrong(f"is not valid before {_day(public.not_valid_before_utc)}")
    return Certificate(
        pem, public.public_bytes(Encoding.PEM).decode("ascii"), public.not_valid_after_utc
    )


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "the name is not one"
        raise _wrong(f"cannot be read: {why}") from None
    if len(raw) > _LARGEST_FILE:
        raise _wrong("is too big for a certificate")
    return raw


def _private_key(raw: bytes) -> tuple[str, RSAPrivateKey]:
    found = _KEY.search(raw)
    if found is None:
        raise _wrong("has no private key: put the key and its certificate into one PEM file")
    try:
        key = load_pem_private_key(found[0], password=None)
    except TypeError:
        raise _wrong("has an encrypted private key: store it without a password") from None
    except (ValueError, UnsupportedAlgorithm):
        raise _wrong("has a private key that cannot be read") from None
    if not isinstance(key, RSAPrivateKey):
        raise _wrong("has a key of another kind than RSA, which Microsoft does not take")
    return found[0].decode("ascii"), key


def _certificate_of(key: RSAPrivateKey, raw: bytes) -> x509.Certificate:
    """The certificate made for ``key``, wherever it stands in a chain."""
    try:
        chain = x509.load_pem_x509_certificates(raw)
    except ValueError:
        raise _wrong(
            "has no certificate that can be read: put the key and its certificate into one PEM file"
        ) from None
    for one in chain:
        if one.public_key() == key.public_key():
            return one
    raise _wrong("has a private key that belongs to another certificate")


def _wrong(what: str) -> CertificateError:
    return CertificateError(f"The file that MICROSOFT_APP_CERTIFICATE names {what}.")


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
