"""Keeping files: checked for what they are, sealed, and there for good once a row names them.

A file is written under a passing name, forced to disk and renamed, so a machine that stops in the middle
leaves nothing half done. What no row names after a day is an orphan (its form was never saved) and goes.
A column that names files says so: ``mapped_column(info=STORAGE_KEY)``.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from concierge.kernel import addon, occupied
from concierge.kernel.config import Settings
from concierge.kernel.contents import PAPERS, Kind, clean_name, examined
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.sealing import Key, opened, sealed
from concierge.kernel.shelves import shelf_of, storage_fault

STORAGE_KEY = {"storage_key": True}
INCOMING = ".incoming"
SCRATCH = ".scratch"  # of home: what programs we call need for themselves; nothing in it is missed
PIECE_BYTES = 1024 * 1024
ORPHAN_AFTER = timedelta(hours=24)


class FileTooLarge(Invalid):
    """A file above the limit."""

    status = 413
    message = N_(
        "“%(name)s” is larger than %(megabytes)s MB. Nothing was saved. Scan it at a lower resolution, or"
        " send it in parts."
    )


@dataclass(frozen=True)
class Stored:
    """A file that is kept.

    Units: bytes.
    Shape: ``sha256`` is that of the content, ``key`` what the storage keeps it under; ``pages`` is None where
        the kind of file has none.
    """

    key: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    pages: int | None


def store(
    stream: IO[bytes], *, name: str, limit_bytes: int | None = None, taken: Collection[Kind] = PAPERS
) -> Stored:
    """Check a file, seal it and keep it.

    Shape: ``stream`` can be read again from its beginning; without ``limit_bytes`` the limit is the setting.
    Raises: FileTooLarge; what ``contents.examined`` refuses; StorageAway, StorageFull.
    Effects: the file is on the shelf when this returns; a row must name it within a day.
    """
    settings = _settings()
    name = clean_name(name)
    size_bytes, digest = _measured(stream, name, limit_bytes or settings.largest_file_bytes)
    content = examined(stream, name, taken=taken)
    kept_as = _put(settings, stream, digest)
    return Stored(kept_as, name, content.kind.media_type, size_bytes, digest.hex(), content.pages)


def keep(content: bytes | IO[bytes], *, name: str, media_type: str, pages: int | None = None) -> Stored:
    """Keep what this system made itself: nobody sent it, so there is nothing to look into.

    Shape: a large one comes as a stream that can be read again from its beginning.
    Raises: StorageAway, StorageFull.
    Effects: as ``store``; the same content is kept once.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    size_bytes, digest = _measured(stream, name, sys.maxsize)
    kept_as = _put(_settings(), stream, digest)
    return Stored(kept_as, clean_name(name), media_type, size_bytes, digest.hex(), pages)


def _put(settings: Settings, stream: IO[bytes], digest: bytes) -> str:
    """Seal a content, force it to disk and put it on the shelf; what it is kept as."""
    with _sealed_at(settings, stream, digest) as (kept_as, place):
        shelf_of(settings).put(kept_as, place)
    return kept_as


@contextmanager
def sealed_file(settings: Settings, stream: IO[bytes]) -> Iterator[tuple[str, str, int, Path]]:
    """A content sealed and forced to disk under a passing name, for another shelf than that of files.

    Shape: its key, SHA-256, size in bytes and path.
    Raises: StorageAway, StorageFull.
    """
    size_bytes, digest = _measured(stream, "", sys.maxsize)
    with _sealed_at(settings, stream, digest) as (kept_as, place):
        yield kept_as, digest.hex(), size_bytes, place


@contextmanager
def _sealed_at(settings: Settings, stream: IO[bytes], digest: bytes) -> Iterator[tuple[str, Path]]:
    key = keys_of(settings)[0]
    stream.seek(0)
    with _incoming(settings) as place:
        with place.open("wb") as target:
            for piece in sealed(stream, key):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        yield key.name_of(digest), place


def fetch(key: str) -> Iterator[bytes]:
    """What was kept under a key, piece by piece, each proved.

    Raises: NotOnShelf, StorageAway, SealBroken, SealedWithOtherKey, before the first piece.
    """
    settings = _settings()
    plain = opened(shelf_of(settings).take(key), keys_of(settings), name=key)
    return _going_on(next(plain), plain)


def sweep(session: Session, *, now: datetime) -> int:
    """Remove what no row names and what broke off, a day after it came; how many that were.

    Effects: removes files. Does nothing while a backup copies them.
    """
    settings, before = _settings(), now - ORPHAN_AFTER
    with occupied.sweeping(settings.home) as may_sweep:
        return _swept(session, settings, before) if may_sweep else 0


def _swept(session: Session, settings: Settings, before: datetime) -> int:
    for path in (settings.home / INCOMING).glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    shelf = shelf_of(settings)
    old = [key for key, put_at in shelf.inventory() if put_at < before]
    orphans = set(old) - named(session)
    for key in orphans:
        shelf.remove(key)
    return len(orphans)


def named(session: Session) -> set[str]:
    """The keys that rows of the installed addons name."""
    return {key for column in _naming_columns() for key in session.scalars(select(column)) if key}


def _naming_columns() -> Iterator[Column[str]]:
    modules = (importlib.import_module(name) for one in addon.installed() for name in one.models)
    for module in modules:
        for kind in vars(module).values():
            if getattr(kind, "__module__", "") == module.__name__ and hasattr(kind, "__table__"):
                yield from (column for column in kind.__table__.columns if column.info.get("storage_key"))


def keys_of(settings: Settings) -> tuple[Key, ...]:
    """The keys files are opened with; the first one seals."""
    old = (one.strip() for one in settings.old_secret_keys.split(","))
    return tuple(Key(one.encode()) for one in (settings.signing_key(), *old) if one)


def _settings() -> Settings:
    settings: Settings = current_app.config["CONCIERGE"]
    return settings


def _measured(stream: IO[bytes], name: str, limit_bytes: int) -> tuple[int, bytes]:
    digest, size_bytes = hashlib.sha256(), 0
    stream.seek(0)
    while piece := stream.read(PIECE_BYTES):
        size_bytes += len(piece)
        if size_bytes > limit_bytes:
            raise FileTooLarge(name=name, megabytes=limit_bytes // 1024 // 1024)
        digest.update(piece)
    return size_bytes, digest.digest()


@contextmanager
def _incoming(settings: Settings) -> Iterator[Path]:
    """A passing name in home; nothing is left under it afterwards."""
    folder = settings.home / INCOMING
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise storage_fault(error) from error


def _going_on(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
