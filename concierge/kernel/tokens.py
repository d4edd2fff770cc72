"""Keys that stand in an address: made once, told once, kept as a keyed hash, never written anywhere else.

A key is ``<prefix><secret><check>``: the prefix names its kind, so that scanners of leaked secrets know it;
the secret is 192 random bits; the check is a short sum, so that a typing error is known without a question
to the database. What is kept is an HMAC of the whole key with a key of its own, derived from the system's
secret key: whoever reads the database reads no link.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import zlib
from dataclasses import dataclass

SECRET_BYTES = 24
CHECK_SIGNS = 6
HINT_SIGNS = 10
HANDLE_BYTES = 9
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# 128 bits and more in an address are somebody's key; a long name of ours is in small letters only.
_TOKEN = re.compile(r"(?=[a-z_\-]*[A-Z0-9])[A-Za-z0-9_\-]{22,}")
_CODE = re.compile(r"(?<=/)[0-9A-Z]{10}(?![^/])")  # a short code that is printed, in capitals
_BODY = re.compile(r"[A-Za-z0-9_\-]{32}[0-9A-Za-z]{6}")


@dataclass(frozen=True)
class Minted:
    """A new key: the key itself, told once; its hash, kept; its first signs, for people.

    ``handle`` names the same thing where no key may stand: it opens nothing.
    """

    token: str
    token_hash: str
    hint: str
    handle: str

    def __repr__(self) -> str:
        return f"Minted({self.hint}…)"


def mint(prefix: str, signing_key: str) -> Minted:
    """Make a key of the kind ``prefix``.

    Units: 192 random bits.
    """
    body = secrets.token_urlsafe(SECRET_BYTES)
    token = f"{prefix}{body}{_check(prefix + body)}"
    handle = secrets.token_hex(HANDLE_BYTES)
    return Minted(token, hashed(token, signing_key), token[:HINT_SIGNS], handle)


def halves(token: str) -> dict[str, str]:
    """A key in two parts, as a message template takes it: no variable of one is as long as a key.

    Shape: ``key1`` and ``key2``; the template has the address before them, and nothing between them.
    """
    middle = len(token) // 2
    return {"key1": token[:middle], "key2": token[middle:]}


def is_whole(token: str, prefix: str) -> bool:
    """Whether this is a key of the kind as it was handed out: the right form, and its check is right."""
    body = token[len(prefix) :]
    if not token.startswith(prefix) or not _BODY.fullmatch(body):
        return False
    return hmac.compare_digest(_check(token[:-CHECK_SIGNS]), token[-CHECK_SIGNS:])


def hashed(token: str, signing_key: str) -> str:
    """What is kept of a key, and looked for: HMAC-SHA-256, with a key that serves nothing else.

    Shape: 64 hexadecimal digits.
    """
    own = hmac.new(signing_key.encode(), b"concierge link keys", hashlib.sha256).digest()
    return hmac.new(own, token.encode(), hashlib.sha256).hexdigest()


def without_tokens(path: str) -> str:
    """An address's path with every key in it cut to its first six signs, short codes cut out: for logs."""
    return _CODE.sub("…", _TOKEN.sub(lambda found: f"{found.group()[:6]}…", path))


def _check(text: str) -> str:
    """A CRC-32 in six signs of 62: no secret, only a guard against a sign read wrongly."""
    left = zlib.crc32(text.encode())
    signs = ""
    for _ in range(CHECK_SIGNS):
        left, place = divmod(left, len(_SIGNS))
        signs = _SIGNS[place] + signs
    return signs
