"""A department's package as one ZIP in BagIt layout: papers, documents, their list and every digest.

The same parts give the same bytes: order, times and modes are fixed and nothing is packed tighter. Every file
is read piece by piece and proved against the digest its row names while it is written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from documents.rules.packages import Item

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
UNIX, PLAIN_FILE = 3, 0o100644 << 16
DATA = "data"
LIST_XLSX, FACTS_JSON = "材料清单.xlsx", "元数据.json"
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST, SM3_LIST = "manifest-sha256.txt", "tagmanifest-sha256.txt", "checks-sm3.txt"
SIGNATURE = "manifest-sha256.sm2.txt"
HEAD = ("place", "paper", "status", "source", "version", "file", "pages", "bytes", "sha256")
PIECE_BYTES = 256 * 1024


class DigestDiffers(ValueError):
    """A kept file is not the one its row names. Shape: never expected; the job fails and says which."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file below ``data/``: its path there, its digest, and how to read it."""

    path: str
    sha256: str
    pieces: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, kw_only=True)
class Bag:
    """What a package says of itself besides its files.

    Shape: ``info`` are the lines of bag-info.txt; ``contents`` the text of contents.csv; ``signature`` the
        detached one over the manifest, empty without.
    """

    info: Sequence[tuple[str, str]]
    contents: str
    signature: str = ""


def part_of(path: str, data: bytes) -> Part:
    """A part whose bytes are at hand."""
    return Part(path=path, sha256=hashlib.sha256(data).hexdigest(), pieces=lambda: (data,))


def manifest_of(parts: Iterable[Part]) -> str:
    """The manifest: what ``sha256sum -c`` checks, and what a signature is made over.

    Source: S85, RFC 8493 section 2.1.3.
    """
    return "".join(f"{part.sha256}  {DATA}/{part.path}\n" for part in sorted(parts, key=lambda one: one.path))


def write_package(parts: Iterable[Part], bag: Bag, target: IO[bytes]) -> None:
    """Write the package.

    Raises: DigestDiffers; what reading a part raises.
    Effects: writes to ``target``.
    Source: S85, RFC 8493 sections 2.1 and 2.2.
    """
    ordered = sorted(parts, key=lambda one: one.path)
    tags = {"bagit.txt": BAGIT, "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in bag.info)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, text in tags.items():
            _put(archive, name, text)
        checks = [f"{_copied(archive, part)}  {DATA}/{part.path}\n" for part in ordered]
        later = {MANIFEST: manifest_of(ordered), SM3_LIST: "".join(checks), "contents.csv": bag.contents}
        if bag.signature:
            later[SIGNATURE] = bag.signature
        for name, text in later.items():
            _put(archive, name, text)
        tags |= later
        lines = (f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in tags.items())
        _put(archive, TAG_MANIFEST, "".join(sorted(lines, key=lambda line: line[66:])))


def _copied(archive: zipfile.ZipFile, part: Part) -> str:
    """Copy one part into the archive, proving its digest; answers its SM3. Source: S85."""
    sha256, sm3 = hashlib.sha256(), hashlib.new("sm3")
    with archive.open(_entry(f"{DATA}/{part.path}"), "w", force_zip64=True) as place:
        for piece in part.pieces():
            sha256.update(piece)
            sm3.update(piece)
            place.write(piece)
    if sha256.hexdigest() != part.sha256:
        raise DigestDiffers(part.path)
    return sm3.hexdigest()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_entry(name), text.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_TIME)
    entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
    return entry


def contents_csv(items: Iterable[Item], words: Callable[[Item], tuple[str, str]]) -> str:
    """The list of a package's contents, what comes without a file included.

    Shape: with a byte order mark, so that office programs read it; ``words`` say status and source.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for item in items:
        status, source = words(item)
        path = f"{DATA}/{item.path}" if item.path else ""
        row: list[Any] = [item.place, item.name_zh, status, source, item.paper_revision or "", path]
        writer.writerow([_harmless(one) for one in (*row, item.pages or "", item.size_bytes, item.sha256)])
    return "\ufeff" + text.getvalue()


def _harmless(value: Any) -> Any:
    """A value no table program takes for a formula."""
    begins = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    return f"'{value}" if begins else value


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning, piece by piece."""
    stream.seek(0)
    while piece := stream.read(PIECE_BYTES):
        yield piece
