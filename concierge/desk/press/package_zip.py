"""A package as one file: the papers' files in order, a list of them, and their digests, in BagIt layout.

The same papers give the same bytes: order and times are fixed.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
HEAD = ("place", "paper", "version", "file", "pages", "bytes", "sha256")


@dataclass(frozen=True, kw_only=True)
class PackedFile:
    """One file of a package. Shape: ``place`` and ``paper`` say which paper it belongs to."""

    place: int
    paper: str
    version: int
    n: int
    name: str
    pages: int | None
    size_bytes: int
    sha256: str
    key: str

    @property
    def path(self) -> str:
        """Where it lies in the package: paper and file in order, then its own name."""
        return f"data/{self.place:02d}-{self.n} {self.name}"


def write_package(
    files: Iterable[PackedFile], fetch: Callable[[str], Iterator[bytes]], target: BinaryIO
) -> None:
    """Write the package of these files; each is fetched piece by piece, none is held whole.

    Effects: writes to ``target``.
    """
    listed = sorted(files, key=lambda file: (file.place, file.n))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bag:
        _put(bag, "bagit.txt", BAGIT)
        _put(bag, "manifest-sha256.txt", "".join(f"{file.sha256}  {file.path}\n" for file in listed))
        _put(bag, "contents.csv", contents_csv(listed))
        for file in listed:
            with bag.open(zipfile.ZipInfo(file.path, FIXED_TIME), "w", force_zip64=True) as place:
                for piece in fetch(file.key):
                    place.write(piece)


def contents_csv(files: Iterable[PackedFile]) -> str:
    """The list of a package's files. Shape: with a byte order mark, so that office programs read it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for file in files:
        writer.writerow(
            [
                file.place,
                file.paper,
                file.version,
                file.path,
                file.pages or "",
                file.size_bytes,
                file.sha256,
            ]
        )
    return "\ufeff" + text.getvalue()


def _put(bag: zipfile.ZipFile, name: str, text: str) -> None:
    bag.writestr(zipfile.ZipInfo(name, FIXED_TIME), text.encode())
