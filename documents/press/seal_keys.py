"""Keys and certificates of seals: read from what an office sends, or made for a trial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from concierge.kernel.errors import N_, Invalid

TRIAL = "测试样章"
LEAST_RSA_BITS = 2048
TRIAL_YEARS = 5
SHANGHAI_OFFSET = timedelta(hours=8)


class KeyFileUnreadable(Invalid):
    """A key file that is none, or another password."""

    message = N_(
        "This key file cannot be opened. It is a .p12 or .pfx file, and its password is the one it was made"
        " with; nothing was saved."
    )


class KeyTooWeak(Invalid):
    """A key nobody should rely on any more."""

    message = N_(
        "The key of this certificate is too weak (%(kind)s). Ask the certificate authority for one with RSA"
        " of 2048 bits or more, or an elliptic curve."
    )


@dataclass(frozen=True, kw_only=True)
class SealCertificate:
    """A seal's certificate.

    Units: civil days in Asia/Shanghai; both are days on which it holds for all of the day.
    Shape: ``pem`` holds the seal's own first, then those it was issued by; ``fingerprint`` is the SHA-256 of
        the first.
    """

    pem: str
    subject: str
    fingerprint: str
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True, repr=False)
class KeyFile:
    """A key with its certificate. Shape: ``p12`` has no password: the storage seals it."""

    p12: bytes
    certificate: SealCertificate


def read_key_file(content: bytes, password: str) -> KeyFile:
    """Read what an office got from its certificate authority.

    Raises: KeyFileUnreadable, KeyTooWeak.
    """
    try:
        key, own, others = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except ValueError:
        raise KeyFileUnreadable from None
    if own is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise KeyFileUnreadable
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < LEAST_RSA_BITS:
        raise KeyTooWeak(kind=f"RSA {key.key_size}")
    return KeyFile(p12=_packed(key, own, others), certificate=told_by([own, *others]))


def trial_key(name: str, office: str, today: date) -> KeyFile:
    """A key for trying things out: its certificate says that it stands for nobody.

    Shape: it holds for years around ``today``, because the day of a demonstration is not that of the clock.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, f"{TRIAL} {name}"[:64]),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:64]),
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
    ])  # fmt: skip
    first = datetime(today.year - TRIAL_YEARS, 1, 1, tzinfo=UTC) - SHANGHAI_OFFSET
    last = datetime(today.year + TRIAL_YEARS, 1, 1, tzinfo=UTC) - SHANGHAI_OFFSET
    own = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return KeyFile(p12=_packed(key, own, []), certificate=told_by([own]))


def read_certificate(content: bytes) -> SealCertificate:
    """A certificate as its file holds it, PEM or DER. Raises: ValueError, for anything else."""
    if content.lstrip().startswith(b"-----BEGIN"):
        return told_by(x509.load_pem_x509_certificates(content))
    return told_by([x509.load_der_x509_certificate(content)])


def told_by(certificates: list[x509.Certificate]) -> SealCertificate:
    """What a chain of certificates says of a seal."""
    own = certificates[0]
    return SealCertificate(
        pem="".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates),
        subject=own.subject.rfc4514_string(),
        fingerprint=own.fingerprint(hashes.SHA256()).hex(),
        first_on=(own.not_valid_before_utc + SHANGHAI_OFFSET).date(),
        last_on=(own.not_valid_after_utc + SHANGHAI_OFFSET - timedelta(days=1)).date(),
    )


def _packed(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    own: x509.Certificate,
    others: list[x509.Certificate],
) -> bytes:
    return pkcs12.serialize_key_and_certificates(b"seal", key, own, others, serialization.NoEncryption())


def _key_usage() -> x509.KeyUsage:
    """What a seal's key is for. Source: S86 (non-repudiation)."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
