"""The archive's own shelf: what is laid down there stays as long as its class says, whoever asks.

A folder of home whose files nobody may write, or a bucket of an S3 server with object lock; the same sealed
form as every stored file. There is no way to remove anything: neither here nor in the sweep.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Protocol

import minio
import urllib3
from flask import current_app
from minio.commonconfig import COMPLIANCE
from minio.error import MinioException, S3Error
from minio.retention import Retention

from concierge.kernel.config import Settings
from concierge.kernel.sealing import opened
from concierge.kernel.shelves import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    PIECE_BYTES,
    NotOnShelf,
    StorageAway,
    force_to_disk,
    storage_fault,
)
from concierge.kernel.storage import keys_of, sealed_file

FOLDER = "archive"
NO_END = "for good"
_GONE = {"NoSuchKey", "NoSuchBucket", "NoSuchVersion"}
_NO_HOLD = {"NoSuchObjectLegalHold", "NoSuchObjectLockConfiguration"}  # servers differ


@dataclass(frozen=True, kw_only=True)
class LaidDown:
    """Something in the archive. Units: bytes. Shape: ``version`` is the object's there."""

    key: str
    version: str
    sha256: str
    size_bytes: int


class ArchiveShelf(Protocol):
    """A place from which nothing is taken away before its time."""

    def lay_down(self, key: str, sealed: Path, until: datetime | None) -> str:
        """Put a sealed file in its place until a moment, or for good; answers its version there."""

    def take(self, key: str, version: str) -> Iterator[bytes]:
        """What lies there. Raises: NotOnShelf, StorageAway."""

    def kept_until(self, key: str, version: str) -> datetime | None:
        """Until when it is kept; None for good. Raises: NotOnShelf, StorageAway."""


class FolderArchive:
    """A folder whose files are read-only; beside each stands until when it is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lay_down(self, key: str, sealed: Path, until: datetime | None) -> str:
        """Rename into place under the next version, and shut it."""
        folder = self.folder / key[:2]
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            version = str(sum(1 for one in folder.glob(f"{key}.*") if one.suffix != ".until") + 1)
            place = folder / f"{key}.{version}"
            told = f"{until:%Y-%m-%dT%H:%M:%SZ}" if until else NO_END
            place.with_name(f"{place.name}.until").write_text(told, encoding="ascii")
            os.link(sealed, place)  # refuses, where a rename would replace
            sealed.unlink()
            place.chmod(0o400)
            force_to_disk(folder)
        except OSError as error:
            raise storage_fault(error) from error
        return version

    def take(self, key: str, version: str) -> Iterator[bytes]:
        """Read a file."""
        try:
            content = self._place(key, version).open("rb")
        except FileNotFoundError:
            raise NotOnShelf from None
        with content:
            while piece := content.read(PIECE_BYTES):
                yield piece

    def kept_until(self, key: str, version: str) -> datetime | None:
        """Read what stands beside it."""
        place = self._place(key, version)
        try:
            told = place.with_name(f"{place.name}.until").read_text(encoding="ascii")
        except FileNotFoundError:
            raise NotOnShelf from None
        return None if told == NO_END else datetime.strptime(told, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    def _place(self, key: str, version: str) -> Path:
        if not key.isalnum() or not version.isdecimal():
            raise NotOnShelf
        return self.folder / key[:2] / f"{key}.{version}"


class BucketArchive:
    """A bucket of an S3 server with object lock, made when it is missing; the lock cannot be added later."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bucket = settings.s3_archive_bucket

    def lay_down(self, key: str, sealed: Path, until: datetime | None) -> str:
        """Send a file and lock it: until a moment in compliance mode, or under legal hold for good."""
        with self._client() as client, sealed.open("rb") as content:
            if not client.bucket_exists(self._bucket):
                client.make_bucket(self._bucket, object_lock=True)
            put = client.put_object(self._bucket, key, content, sealed.stat().st_size)
            version = str(put.version_id or "")
            if until is None:
                client.enable_object_legal_hold(self._bucket, key, version)
            else:
                client.set_object_retention(self._bucket, key, Retention(COMPLIANCE, until), version)
        sealed.unlink()
        return version

    def take(self, key: str, version: str) -> Iterator[bytes]:
        """Read a file by its version: a marker somebody put over it hides nothing."""
        with self._client() as client:
            answer = client.get_object(self._bucket, key, version_id=version or None)
            try:
                yield from answer.stream(PIECE_BYTES)
            finally:
                answer.close()

    def kept_until(self, key: str, version: str) -> datetime | None:
        """Ask the server."""
        with self._client() as client:
            if self._is_held(client, key, version):
                return None
            told = client.get_object_retention(self._bucket, key, version or None)
            return told.retain_until_date if told else None

    def _is_held(self, client: minio.Minio, key: str, version: str) -> bool:
        try:
            return client.is_object_legal_hold_enabled(self._bucket, key, version or None)
        except S3Error as error:
            if error.code in _NO_HOLD:
                return False
            raise

    @contextmanager
    def _client(self) -> Iterator[minio.Minio]:
        told = self._settings
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        with urllib3.PoolManager(timeout=timeout, retries=urllib3.Retry(1, backoff_factor=0.2)) as pool:
            try:
                yield minio.Minio(
                    told.s3_endpoint,
                    told.s3_access_key,
                    told.s3_secret_key,
                    secure=told.s3_secure,
                    http_client=pool,
                )
            except S3Error as error:
                if error.code in _GONE:
                    raise NotOnShelf from None
                raise StorageAway from error
            except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
                raise StorageAway from error


def archive_shelf(settings: Settings) -> ArchiveShelf:
    """The archive these settings name."""
    return BucketArchive(settings) if settings.s3_endpoint else FolderArchive(settings.home / FOLDER)


def lay_down(stream: IO[bytes], until_on: date | None) -> LaidDown:
    """Lay a content down in the archive, sealed, until the end of a civil day or for good.

    Raises: StorageAway, StorageFull.
    Effects: it lies there when this returns, and cannot be taken away.
    """
    settings: Settings = current_app.config["CONCIERGE"]
    until = None if until_on is None else _end_of(until_on)
    with sealed_file(settings, stream) as (key, sha256, size_bytes, place):
        version = archive_shelf(settings).lay_down(key, place, until)
    return LaidDown(key=key, version=version, sha256=sha256, size_bytes=size_bytes)


def take_out(key: str, version: str) -> Iterator[bytes]:
    """A copy of what lies in the archive, piece by piece, each proved.

    Raises: NotOnShelf, StorageAway, SealBroken, SealedWithOtherKey.
    """
    settings: Settings = current_app.config["CONCIERGE"]
    return opened(archive_shelf(settings).take(key, version), keys_of(settings), name=key)


def _end_of(day: date) -> datetime:
    """The moment a civil day ends in Asia/Shanghai."""
    return datetime.combine(day + timedelta(days=1), time.min, UTC) - timedelta(hours=8)
