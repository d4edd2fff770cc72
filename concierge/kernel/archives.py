"""Papers that are archives inside: Word, Excel and OFD; looked at without unpacking them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import normpath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from concierge.kernel import active_parts
from concierge.kernel.errors import N_, Invalid

MOST_PARTS = 20_000
MOST_UNPACKED_BYTES = 2 * 1024**3
LARGEST_LIST_BYTES = 16 * 1024 * 1024
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


class ArchiveNotTaken(Invalid):
    """An archive that is no document."""

    message = N_(
        "“%(name)s” is an archive. Unpack it and send the files one by one, as one of these: %(taken)s."
    )


class ArchiveDamaged(Invalid):
    """A document whose archive cannot be read, or is made to burst."""

    message = N_("“%(name)s” is damaged and opens nowhere. Save it again and send that.")


class CarriesMacros(Invalid):
    """A Word or Excel file with a program in it."""

    message = N_("“%(name)s” carries macros. Save it without them, as docx or xlsx, and send that.")


class ActsByItself(Invalid):
    """A Word or Excel file with something in it that runs, fetches or opens by itself."""

    message = N_(
        "“%(name)s” carries what acts by itself (%(what)s), which papers here must not. Save it as PDF and"
        " send that."
    )


def kind(stream: IO[bytes], name: str, taken: str) -> str:
    """What the archive is: docx, xlsx or ofd.

    Raises: ArchiveNotTaken, ArchiveDamaged, CarriesMacros, ActsByItself.
    """
    with _unpacked(stream, name) as archive:
        parts = set(archive.namelist())
        if any(part.lower().endswith("vbaproject.bin") for part in parts):
            raise CarriesMacros(name=name)
        if "OFD.xml" in parts:
            return "ofd"
        found = next((kind for part, kind in _MAIN.items() if part in parts), None)
        if found is None or "[Content_Types].xml" not in parts:
            raise ArchiveNotTaken(name=name, taken=taken)
        if b"macroEnabled" in _part(archive, "[Content_Types].xml"):
            raise CarriesMacros(name=name)
        acting = next(active_parts.acting(archive), None)
        if acting is not None:
            raise ActsByItself(name=name, what=acting)
        return found


def ofd_pages(stream: IO[bytes], name: str) -> int:
    """How many pages an OFD has, over all its documents.

    Raises: ArchiveDamaged.
    """
    with _unpacked(stream, name) as archive:
        bodies = _named(_part(archive, "OFD.xml"), "DocRoot")
        roots = [normpath((body.text or "").strip().lstrip("/")) for body in bodies]
        count = sum(len(_named(_part(archive, root), "Page")) for root in roots)
        if not count:
            raise ArchiveDamaged(name=name)
        return count


@contextmanager
def _unpacked(stream: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            unpacked_bytes = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked_bytes > MOST_UNPACKED_BYTES:
                raise ArchiveDamaged(name=name)
            if active_parts.odd_archive(archive) is not None:
                raise ArchiveDamaged(name=name)
            yield archive
    except (
        zipfile.BadZipFile, zlib.error, KeyError, ParseError, DefusedXmlException, ValueError, OSError,
        RuntimeError, NotImplementedError, EOFError,
    ) as error:  # fmt: skip
        raise ArchiveDamaged(name=name) from error


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as packed:
        content = packed.read(LARGEST_LIST_BYTES + 1)
    if len(content) > LARGEST_LIST_BYTES:
        raise ValueError("a list of parts larger than a document has")
    return content


def _named(content: bytes, local: str) -> list[Element]:
    return [one for one in fromstring(content).iter() if one.tag.rpartition("}")[2] == local]
