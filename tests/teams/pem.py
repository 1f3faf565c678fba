"""Certificates for tests: real keys, self-signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import (
    generate_private_key as generate_elliptic_key,
)
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID


@cache
def key(name: str) -> RSAPrivateKey:
    """The key of that name, the same each time."""
    assert name
    return generate_private_key(public_exponent=65537, key_size=2048)


def key_pem(name: str, password: str = "") -> str:
    """A private key as PEM."""
    hidden = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    raw = key(name).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)
    return raw.decode("ascii")


def elliptic_key_pem() -> str:
    """A private key of a kind that Microsoft does not take."""
    made = generate_elliptic_key(SECP256R1())
    raw = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return raw.decode("ascii")


def certificate(name: str, *, days: int = 365, starts: int = -1) -> x509.Certificate:
    """A certificate for the key of that name, good from ``starts`` to ``days`` days from now."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"hourbridge {name}")])
    now = datetime.now(UTC)
    local = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key(name).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=min(starts, days - 1)))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(local, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key(name), SHA256())
    )


def certificate_pem(name: str, *, days: int = 365, starts: int = -1) -> str:
    """The same as PEM."""
    return as_pem(certificate(name, days=days, starts=starts))


def as_pem(certificate: x509.Certificate) -> str:
    """A certificate as PEM."""
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def written(path: Path, *parts: str) -> str:
    """``parts`` in one file; its path."""
    path.write_text("".join(parts), "ascii")
    return str(path)
