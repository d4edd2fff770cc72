"""What in a Word or Excel file acts by itself: programs, things fetched from elsewhere, made to burst.

Looked at part by part, nothing unpacked to disk. A link to a page stays allowed: it waits for a click.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator

LARGEST_RATIO = 200
RATIO_ABOVE_BYTES = 1024 * 1024
LARGEST_PART_BYTES = 64 * 1024 * 1024
_PROGRAM = re.compile(
    r"vbaproject|activex|embeddings/|customui|\.bin$|\.exe$|\.js$|\.hta$|\.vbs$", re.IGNORECASE
)
_SETTINGS_OF_PRINTER = re.compile(
    r"printersettings\d*\.bin$", re.IGNORECASE
)  # every Excel with a printer has them
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.DOTALL)
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_KIND = re.compile(rb"Type\s*=\s*[\"'][^\"']*/([^/\"']+)[\"']")
_FOREIGN = frozenset(
    {"aFChunk", "subDocument", "frame", "attachedTemplate", "oleObject", "control", "package"}
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TOKEN = re.compile(
    r"fldCharType=\"(begin|end)\"|<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\""
)
_CALLING = frozenset({
    "DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "MACROBUTTON", "DATABASE",
})  # fmt: skip
_LINKED = re.compile(rb"<(?:\w+:)?(ddeLink|oleLink|altChunk|subDoc|OLEObject)\b")


def odd_archive(archive: zipfile.ZipFile) -> str | None:
    """What is wrong with an archive before anything in it is read; None where nothing is.

    Shape: a part that is encrypted, that breaks out of its folder, that is a symbolic link, that stands there
        twice, or that unpacks to far more than it weighs.
    """
    seen: set[str] = set()
    for part in archive.infolist():
        name = part.filename.lower()
        if name in seen or part.flag_bits & 1 or stat.S_ISLNK(part.external_attr >> 16) or _breaks_out(name):
            return part.filename
        if part.file_size > RATIO_ABOVE_BYTES and part.file_size > LARGEST_RATIO * max(part.compress_size, 1):
            return part.filename
        seen.add(name)
    return None


def acting(archive: zipfile.ZipFile) -> Iterator[str]:
    """What acts by itself in a Word or Excel file, by the name office programs have for it."""
    for part in archive.infolist():
        name = part.filename
        if _PROGRAM.search(name) and not _SETTINGS_OF_PRINTER.search(name):
            yield name.rpartition("/")[2] or name
        elif name.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as packed:
                content = packed.read(LARGEST_PART_BYTES + 1)
            if len(content) > LARGEST_PART_BYTES:
                raise ValueError("a part larger than a document has")
            yield from _in_part(name, content)


def _in_part(name: str, content: bytes) -> Iterator[str]:
    if b"\x00" in content or _DECLARED.search(content):
        yield "DOCTYPE"
    if name.endswith(".rels"):
        yield from _relations(content)
        return
    yield from (found.group(1).decode() for found in _LINKED.finditer(content))
    if b"instr" in content:
        yield from _calls(content.decode("utf-8", errors="replace"))


def _breaks_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name


def _relations(content: bytes) -> Iterator[str]:
    for found in _RELATION.finditer(content):
        kind = _KIND.search(found.group())
        word = kind.group(1).decode("utf-8", "replace") if kind else "Relationship"
        is_outside = bool(_OUTSIDE.search(found.group())) and word != "hyperlink"
        if is_outside or word in _FOREIGN:
            yield word


def _calls(text: str) -> Iterator[str]:
    """Fields whose first word fetches or runs something; their words may be spread over several runs."""
    words = ""
    for edge, part, whole in _TOKEN.findall(text):
        if whole:
            yield from _called(whole)
        elif edge:
            yield from _called(words)
            words = ""
        else:
            words += part
    yield from _called(words)


def _called(words: str) -> Iterator[str]:
    first = words.replace("&quot;", '"').strip().partition(" ")[0].strip('"').upper()
    if first in _CALLING:
        yield first
