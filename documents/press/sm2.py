"""SM2 signatures beside a list of files: made and checked here, and by any OpenSSL 3.

The list is signed, not the files: it names the digest of each. The key lies in this system and the arithmetic
takes longer for some keys than for others, so this serves where no device and no platform is set up.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import textwrap
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from gmssl.sm2 import CryptSM2, default_ecc_table  # type: ignore[import-untyped]

from concierge.kernel.errors import N_, Invalid

IDENTITY = b"1234567812345678"  # GM/T 0009-2012, section 10: the usual one
ORDER = int(default_ecc_table["n"], 16)
DIGITS = 64
MOST_TURNS = 16
_PEM_LINE = 64
# SubjectPublicKeyInfo up to the point: id-ecPublicKey on 1.2.156.10197.1.301. Source: S88.
_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")


class SignatureUnreadable(Invalid):
    """What should be a signature is none."""

    message = N_("This is no SM2 signature of ours. Take the file manifest-sha256.sm2.txt from the package.")


@dataclass(frozen=True, kw_only=True)
class ManifestSignature:
    """A signature that stands beside the list of a package's files.

    Shape: ``public`` is 04, X and Y in hexadecimal; ``der`` as OpenSSL reads it; ``sm3`` the digest of the
        list, for people who compare by eye.
    """

    signer: str
    signed_at: str
    sm3: str
    public: str
    der: bytes

    def as_text(self) -> str:
        """The file that goes along. Source: S88 (the algorithm it names)."""
        armoured = "\n".join(textwrap.wrap(base64.b64encode(self.der).decode(), _PEM_LINE))
        lines = (
            "SM2-Signature-Version: 1",
            "Algorithm: SM2 with SM3, GB/T 32918.2-2016, identity 1234567812345678",
            "Signed-File: manifest-sha256.txt",
            f"Signer: {self.signer}",
            f"Signed-At: {self.signed_at}",
            f"SM3: {self.sm3}",
            f"-----BEGIN SM2 SIGNATURE-----\n{armoured}\n-----END SM2 SIGNATURE-----",
            public_pem(self.public).rstrip(),
        )
        return "\n".join(lines) + "\n"


def new_private() -> str:
    """A new private key. Shape: 64 hexadecimal digits."""
    return f"{secrets.randbelow(ORDER - 2) + 1:0{DIGITS}x}"


def public_of(private: str) -> str:
    """The public key of a private one. Shape: 04, X and Y in hexadecimal."""
    point: str = _curve("")._kg(int(private, 16), default_ecc_table["g"])  # noqa: SLF001  (gmssl offers no other way)
    return f"04{point}"


def sign_manifest(manifest: bytes, private: str, *, signer: str, signed_at: str) -> ManifestSignature:
    """Sign the list of a package's files. Source: S88, 6.1."""
    public = public_of(private)
    return ManifestSignature(
        signer=signer,
        signed_at=signed_at,
        sm3=hashlib.new("sm3", manifest).hexdigest(),
        public=public,
        der=sign(manifest, private, public),
    )


def sign(message: bytes, private: str, public: str) -> bytes:
    """A signature over a message, the same each time: a package built twice has the same bytes.

    Shape: DER, r and s. The number that must never be used for two messages comes from key and message.
    """
    curve, digest = _curve(public, private), _digest(message, public)
    for turn in range(MOST_TURNS):
        seed = hmac.new(bytes.fromhex(private), digest + bytes([turn]), hashlib.sha512).digest()
        once = int.from_bytes(seed, "big") % (ORDER - 1) + 1  # 512 bits over 256: even enough
        made = curve.sign(digest, f"{once:0{DIGITS}x}")
        if made:  # the standard draws again where r or s would be nought
            return encode_dss_signature(int(made[:DIGITS], 16), int(made[DIGITS:], 16))
    raise ArithmeticError("no signature after many turns")


def is_signed(message: bytes, der: bytes, public: str) -> bool:
    """Whether a signature over a message was made with the key of ``public``.

    Source: S88, 7.1 (r and s are between 1 and n - 1).
    """
    try:
        r, s = decode_dss_signature(der)
    except ValueError:
        return False
    if not (0 < r < ORDER and 0 < s < ORDER):
        return False
    return bool(_curve(public).verify(f"{r:0{DIGITS}x}{s:0{DIGITS}x}", _digest(message, public)))


def public_pem(public: str) -> str:
    """A public key as OpenSSL reads it."""
    armoured = base64.b64encode(_SPKI + bytes.fromhex(public)).decode()
    body = "\n".join(textwrap.wrap(armoured, _PEM_LINE))
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def read_signature(text: str) -> ManifestSignature:
    """What a signature file says. Raises: SignatureUnreadable."""
    told = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    try:
        spki = _armoured(text, "PUBLIC KEY")
        if not spki.startswith(_SPKI):
            raise SignatureUnreadable
        return ManifestSignature(
            signer=told["Signer"],
            signed_at=told["Signed-At"],
            sm3=told["SM3"],
            public=spki[len(_SPKI) :].hex(),
            der=_armoured(text, "SM2 SIGNATURE"),
        )
    except (KeyError, ValueError):
        raise SignatureUnreadable from None


def _armoured(text: str, name: str) -> bytes:
    _, _, rest = text.partition(f"-----BEGIN {name}-----")
    body, end, _ = rest.partition(f"-----END {name}-----")
    if not end:
        raise ValueError(name)
    return base64.b64decode("".join(body.split()), validate=True)


def _curve(public: str, private: str = "") -> CryptSM2:
    """gmssl's curve; it would cut leading 0s and 4s off a public key it is given, so it is set afterwards."""
    curve = CryptSM2(private_key=private, public_key="")
    curve.public_key = public[2:]
    return curve


def _digest(message: bytes, public: str) -> bytes:
    """What is signed: SM3 over who signs and the message. Source: S88, 5.5."""
    table = default_ecc_table
    ours = table["a"] + table["b"] + table["g"] + public[2:]
    who = hashlib.new("sm3", (len(IDENTITY) * 8).to_bytes(2, "big") + IDENTITY + bytes.fromhex(ours)).digest()
    return hashlib.new("sm3", who + message).digest()
