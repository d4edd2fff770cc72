"""What a file is by what is in it, whatever its name says; and whether it may be taken.

The kinds are those an office can open for years: PDF and OFD, pictures, Word and Excel without macros,
drawings. Everything else is refused with the name of what it is and what would help.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype  # type: ignore[import-untyped]

from concierge.kernel import archives, pdf, pictures
from concierge.kernel.errors import N_, Invalid

HEAD_BYTES = 8192
LONGEST_NAME = 120
_CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # among them those that turn the reading direction


@dataclass(frozen=True)
class Kind:
    """One kind of file we take. Shape: ``extensions`` are the endings its name may have, the usual first."""

    media_type: str
    extensions: tuple[str, ...]
    name: str

    @property
    def opens_in_browser(self) -> bool:
        """Whether a browser may show it in place: pictures and PDF."""
        return self in (PDF, JPEG, PNG)


PDF = Kind("application/pdf", ("pdf",), "PDF")
OFD = Kind("application/ofd", ("ofd",), "OFD")
JPEG = Kind("image/jpeg", ("jpg", "jpeg"), "JPG")
PNG = Kind("image/png", ("png",), "PNG")
_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = Kind(f"{_OFFICE}.wordprocessingml.document", ("docx",), "Word (docx)")
EXCEL = Kind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), "Excel (xlsx)")
DWG = Kind("image/vnd.dwg", ("dwg",), "DWG")
PAPERS = (PDF, OFD, JPEG, PNG, WORD, EXCEL)
DRAWINGS = (*PAPERS, DWG)
KINDS = {kind.media_type: kind for kind in DRAWINGS}


class FileLies(Invalid):
    """A file's name says one kind, its content another."""

    message = N_(
        "“%(name)s” is called .%(said)s, but it is %(found)s inside. Send the right file, or give it its true"
        " ending."
    )


class FileNotTaken(Invalid):
    """The kind of file is none that is taken here."""

    message = N_("“%(name)s” is %(found)s, which is not taken here. Send it as one of these: %(taken)s.")


class FileUnknown(Invalid):
    """The content is of no kind that is known here."""

    message = N_("“%(name)s” is no kind of file that is known here. Send it as one of these: %(taken)s.")


class PhotoOfPhone(Invalid):
    """A picture in the form some phones keep theirs in."""

    message = N_(
        "“%(name)s” is a HEIC photo of a phone, which most offices cannot open. On the phone choose"
        " Settings, Camera, Formats, “Most compatible” and take it again, or save it as JPG."
    )


class OldOfficeFile(Invalid):
    """A Word or Excel file of the old form, which may carry macros."""

    message = N_(
        "“%(name)s” is an office file of the old form (doc, xls, wps), which may carry macros. Save it as"
        " docx, xlsx or PDF and send that."
    )


class FileEmpty(Invalid):
    """There is nothing in the file."""

    message = N_("“%(name)s” is empty. Look at it on your computer, and send it again.")


@dataclass(frozen=True)
class Content:
    """What a file turned out to be. Shape: ``pages`` is None where the kind has none."""

    kind: Kind
    pages: int | None


def clean_name(raw: str) -> str:
    """The name of a file as it may be kept and shown: no folders, nothing unseen, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _CONTROLS)
    seen = re.sub(r'[<>:"|?*]', "_", seen).strip(" .")
    path = PurePosixPath(seen or "file")
    ending = path.suffix[:12]
    return f"{path.name[: len(path.name) - len(path.suffix)][: LONGEST_NAME - len(ending)]}{ending}"


def examined(stream: IO[bytes], name: str, *, taken: Collection[Kind] = PAPERS) -> Content:
    """Look into a file and say what it is.

    Shape: ``stream`` can be read again from its beginning, where it is left.
    Raises: FileEmpty, FileLies, FileNotTaken, FileUnknown, PhotoOfPhone, OldOfficeFile; what ``pdf``,
        ``archives`` and ``pictures`` refuse.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not head:
        raise FileEmpty(name=name)
    kind = _kind(head, stream, name, taken)
    said = PurePosixPath(name).suffix[1:].lower()
    if said and said not in kind.extensions:
        raise FileLies(name=name, said=said, found=kind.name)
    if kind not in taken:
        raise FileNotTaken(name=name, found=kind.name, taken=_listed(taken))
    stream.seek(0)
    pages = _pages(kind, stream, name)
    stream.seek(0)
    return Content(kind, pages)


def _kind(head: bytes, stream: IO[bytes], name: str, taken: Collection[Kind]) -> Kind:
    """The kind of a file we know. Raises: FileNotTaken and its like for any other."""
    if pdf.begins(head):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return {"ofd": OFD, "docx": WORD, "xlsx": EXCEL}[archives.kind(stream, name, _listed(taken))]
    for kind, beginning in ((JPEG, b"\xff\xd8\xff"), (PNG, b"\x89PNG\r\n\x1a\n"), (DWG, b"AC10")):
        if head.startswith(beginning):
            return kind
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise OldOfficeFile(name=name)
    guessed = filetype.guess(head)
    if guessed is None:
        raise FileUnknown(name=name, taken=_listed(taken))
    if guessed.extension == "heic":
        raise PhotoOfPhone(name=name)
    raise FileNotTaken(name=name, found=guessed.extension.upper(), taken=_listed(taken))


def _listed(taken: Collection[Kind]) -> str:
    return ", ".join(kind.name for kind in taken)


def _pages(kind: Kind, stream: IO[bytes], name: str) -> int | None:
    if kind is PDF:
        return pdf.pages(stream, name)
    if kind is OFD:
        return archives.ofd_pages(stream, name)
    if kind in (JPEG, PNG):
        pictures.look(stream, name)
        return 1
    return None
