"""A person's own data sealed into bytes, and opened again; and the keyed hash a number is found by.

One key for each purpose, derived from the system's secret key; every record has a nonce of its own. The hash
is keyed as well: whoever reads the database cannot try out all numbers of a county.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concierge.kernel.sealing import Key, SealBroken
from concierge.outreach.rules.personal import Personal, clean_number

NONCE_BYTES = 12
SEALING = b"concierge outreach: personal data"
FINDING = b"concierge outreach: identity numbers"


class Sealer:
    """Seals and opens the personal data of one system.

    Shape: ``keys`` are the system's own, the first one seals.
    Source: SF-10; S70 (个人信息保护法) art. 51.
    """

    def __init__(self, keys: Sequence[Key]) -> None:
        self._ciphers = [AESGCM(_derived(key.secret, SEALING)) for key in keys]
        self._finding = _derived(keys[0].secret, FINDING)

    def seal(self, personal: Personal) -> bytes:
        """The sealed form of a person's data."""
        told = [personal.name, personal.id_number, personal.phone, personal.address, list(personal.other)]
        plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> Personal:
        """The data a sealed form holds.

        Raises: SealBroken, when a byte was changed or the key is not here.
        """
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        for cipher in self._ciphers:
            try:
                plain = cipher.decrypt(nonce, body, None)
            except (InvalidTag, ValueError):
                continue
            name, id_number, phone, address, other = json.loads(plain)
            pairs = tuple((column, cell) for column, cell in other)
            return Personal(name=name, id_number=id_number, phone=phone, address=address, other=pairs)
        raise SealBroken

    def found_by(self, id_number: str) -> str:
        """What a number is found by: the same for the same number, nothing to whoever has no key."""
        return hmac.new(self._finding, clean_number(id_number).encode(), hashlib.sha256).hexdigest()


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
