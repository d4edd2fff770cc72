"""A file sealed so that whoever reads the disk learns nothing, and whoever changes a byte is found out.

A sealed file is a header and chunks. Each chunk is AES-256-GCM under a key of this file's own, derived from
the system's secret key and the header's salt; its nonce counts the chunks and marks the last one, so a chunk
left out, moved, cut off or added is refused like one that was altered. The header says which secret key
sealed it, so that a changed key is named instead of guessed. Memory holds one chunk at a time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concierge.kernel.errors import N_, ConciergeError

MAGIC = b"QYG1"
SALT_BYTES = 16
KEY_ID_BYTES = 8
TAG_BYTES = 16
CHUNK_BYTES = 256 * 1024
LARGEST_CHUNK_BYTES = 16 * 1024 * 1024
_HEADER = struct.Struct(f">4s{KEY_ID_BYTES}s{SALT_BYTES}sI")


class SealBroken(ConciergeError):
    """What lies in the storage is not what was put there."""

    message = N_(
        "The stored file was altered or cut off, and is not handed out. Tell the administrator: a backup has"
        " it whole."
    )


class SealedWithOtherKey(ConciergeError):
    """The file was sealed with a secret key this system does not have."""

    message = N_(
        "The stored file was sealed with another key (%(key_id)s). Tell the administrator: the key of that"
        " time belongs into CONCIERGE_OLD_SECRET_KEYS."
    )


@dataclass(frozen=True, repr=False)
class Key:
    """One secret key and what follows from it. Shape: ``id`` names the key without giving it away."""

    secret: bytes

    @property
    def id(self) -> bytes:
        """The key's name in a header."""
        return self._derived(b"concierge storage: name of the key", b"", KEY_ID_BYTES)

    def name_of(self, sha256: bytes) -> str:
        """The name a content is kept under: the same for the same content, and nothing to whoever has no key.

        A plain digest would let anybody who can list the disk test whether a document they know is here.
        There is no salt for each project: the sweep reads the rows of all of them before it removes a file.
        """
        naming = self._derived(b"concierge storage: names of files", b"", 32)
        return hmac.new(naming, sha256, hashlib.sha256).hexdigest()

    def cipher(self, salt: bytes) -> AESGCM:
        """The cipher of one file."""
        return AESGCM(self._derived(b"concierge storage: content", salt, 32))

    def _derived(self, purpose: bytes, salt: bytes, length: int) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=salt or None, info=purpose).derive(self.secret)


def sealed(source: IO[bytes], key: Key, *, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """The sealed form of what a stream holds, piece by piece.

    Units: bytes.
    """
    header = _HEADER.pack(MAGIC, key.id, secrets.token_bytes(SALT_BYTES), chunk_bytes)
    cipher = key.cipher(header[4 + KEY_ID_BYTES : 4 + KEY_ID_BYTES + SALT_BYTES])
    yield header
    number, chunk = 0, source.read(chunk_bytes)
    while True:
        following = source.read(chunk_bytes) if len(chunk) == chunk_bytes else b""
        yield cipher.encrypt(_nonce(number, is_last=not following), chunk, header)
        if not following:
            return
        number, chunk = number + 1, following


def opened(pieces: Iterable[bytes], keys: Sequence[Key], *, name: str = "") -> Iterator[bytes]:
    """What a sealed file holds, chunk by chunk, each proved before it is given out.

    Shape: ``name`` is what the file is kept under; with it the last chunk is held back until the
        whole content is proved to belong to that name.
    Raises: SealBroken, SealedWithOtherKey; before the first chunk for a header that is wrong.
    """
    reader = _Reader(pieces)
    header = reader.take(_HEADER.size)
    if len(header) < _HEADER.size or header[:4] != MAGIC:
        raise SealBroken
    _, key_id, salt, chunk_bytes = _HEADER.unpack(header)
    key = next((one for one in keys if one.id == key_id), None)
    if key is None:
        raise SealedWithOtherKey(key_id=key_id.hex())
    if not 0 < chunk_bytes <= LARGEST_CHUNK_BYTES:
        raise SealBroken
    digest, cipher = hashlib.sha256(), key.cipher(salt)
    number, chunk = 0, reader.take(chunk_bytes + TAG_BYTES)
    while True:
        following = reader.take(chunk_bytes + TAG_BYTES)
        try:
            plain = cipher.decrypt(_nonce(number, is_last=not following), chunk, header)
        except InvalidTag:
            raise SealBroken from None
        digest.update(plain)
        if not following and name and key.name_of(digest.digest()) != name:
            raise SealBroken
        yield plain
        if not following:
            return
        number, chunk = number + 1, following


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">QxxxB", number, is_last)


class _Reader:
    """Takes as many bytes at a time as asked for, however the pieces are cut."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._kept = bytearray()

    def take(self, size: int) -> bytes:
        """The next bytes; fewer only at the end."""
        while len(self._kept) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._kept += piece
        taken = bytes(self._kept[:size])
        del self._kept[:size]
        return taken
