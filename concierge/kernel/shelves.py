"""Where sealed files lie: a folder of home, or a bucket of an S3 server. A file is there whole, or not."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import minio
import urllib3
from minio.error import MinioException, S3Error

from concierge.kernel import clock
from concierge.kernel.config import Settings
from concierge.kernel.errors import N_, Missing, Unavailable

PIECE_BYTES = 256 * 1024
CONNECT_SECONDS = 3
ANSWER_SECONDS = 15
_GONE = {"NoSuchKey", "NoSuchBucket"}


class StorageAway(Unavailable):
    """The storage server does not answer."""

    message = N_("The storage of files does not answer now. Nothing was lost; try again in a minute.")


class StorageFull(Unavailable):
    """There is no room left for a file."""

    status = 507
    message = N_("There is no room left to keep the file. Nothing was saved; tell the administrator.")


class NotOnShelf(Missing):
    """A file that rows name is not in the storage."""

    message = N_("The file is not in the storage any more. Tell the administrator: a backup has it.")


class Shelf(Protocol):
    """A place for sealed files, each under its key."""

    def put(self, key: str, sealed: Path) -> None:
        """Move a sealed file that is forced to disk into its place; an older one of its key goes."""

    def take(self, key: str) -> Iterator[bytes]:
        """What lies under a key, piece by piece. Raises: NotOnShelf, StorageAway."""

    def remove(self, key: str) -> None:
        """Take a file away, if it is there."""

    def inventory(self) -> Iterator[tuple[str, datetime]]:
        """Every key, and when its file was last put there."""

    def reach(self) -> None:
        """Prove that files can be put here. Raises: StorageAway, StorageFull."""


class FolderShelf:
    """The files of home, two hundred and fifty-six folders deep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, sealed: Path) -> None:
        """Rename into place and force the name to disk."""
        place = self._place(key)
        with _told():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            sealed.replace(place)
            force_to_disk(place.parent)

    def take(self, key: str) -> Iterator[bytes]:
        """Read a file; once begun, the reader keeps it, whatever happens to its name."""
        try:
            content = self._place(key).open("rb")
        except FileNotFoundError:
            raise NotOnShelf from None
        with content:
            while piece := content.read(PIECE_BYTES):
                yield piece

    def remove(self, key: str) -> None:
        """Take a file away."""
        self._place(key).unlink(missing_ok=True)

    def inventory(self) -> Iterator[tuple[str, datetime]]:
        """Every file that has its final name."""
        for path in sorted(self.folder.glob("??/*")):
            if path.is_file():
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def reach(self) -> None:
        """Look whether the folder can be written."""
        with _told():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not os.access(self.folder, os.W_OK | os.X_OK):
                raise StorageAway

    def _place(self, key: str) -> Path:
        if not key.isalnum():  # ours are hexadecimal; nothing else ever becomes a path
            raise NotOnShelf
        return self.folder / key[:2] / key


class BucketShelf:
    """A bucket of an S3 server, made when it is missing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bucket = settings.s3_bucket

    def put(self, key: str, sealed: Path) -> None:
        """Send a file; it is there when the server has all of it."""
        with self._client() as client, sealed.open("rb") as content:
            size = sealed.stat().st_size
            try:
                client.put_object(self._bucket, key, content, size)
            except S3Error as error:
                if error.code != "NoSuchBucket":
                    raise
                client.make_bucket(self._bucket)
                content.seek(0)
                client.put_object(self._bucket, key, content, size)
        sealed.unlink()

    def take(self, key: str) -> Iterator[bytes]:
        """Read a file while it comes."""
        with self._client() as client:
            answer = client.get_object(self._bucket, key)
            try:
                yield from answer.stream(PIECE_BYTES)
            finally:
                answer.close()

    def remove(self, key: str) -> None:
        """Take a file away."""
        with self._client() as client:
            client.remove_object(self._bucket, key)

    def inventory(self) -> Iterator[tuple[str, datetime]]:
        """Every object of the bucket; none while there is no bucket."""
        try:
            with self._client() as client:
                for one in client.list_objects(self._bucket, recursive=True):
                    yield str(one.object_name), one.last_modified or clock.moment()
        except NotOnShelf:
            return

    def reach(self) -> None:
        """Find the bucket, or make it."""
        with self._client() as client:
            if not client.bucket_exists(self._bucket):
                client.make_bucket(self._bucket)

    @contextmanager
    def _client(self) -> Iterator[minio.Minio]:
        """A client whose connections end with the block; what the server says is told in our words."""
        told = self._settings
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        with urllib3.PoolManager(timeout=timeout, retries=urllib3.Retry(1, backoff_factor=0.2)) as pool:
            client = minio.Minio(
                told.s3_endpoint,
                told.s3_access_key,
                told.s3_secret_key,
                secure=told.s3_secure,
                http_client=pool,
            )
            try:
                yield client
            except S3Error as error:
                if error.code in _GONE:
                    raise NotOnShelf from None
                raise StorageAway from error
            except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
                raise StorageAway from error


def shelf_of(settings: Settings) -> Shelf:
    """The place for files these settings name."""
    return BucketShelf(settings) if settings.s3_endpoint else FolderShelf(settings.home / "files")


def force_to_disk(folder: Path) -> None:
    """Force the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise storage_fault(error) from error


def storage_fault(error: OSError) -> Unavailable:
    """What to say when the disk refuses."""
    return StorageFull() if error.errno in (errno.ENOSPC, errno.EDQUOT) else StorageAway()
