"""What no template may hold: programs, things from elsewhere, and archives made to burst or break out.

Stricter than what is asked of papers: a template is filled in by us, a thousand times, with everybody's data.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator

MOST_PARTS = 500
MOST_UNPACKED_BYTES = 50 * 1024 * 1024
LARGEST_RATIO = 200
RATIO_ABOVE_BYTES = 1024 * 1024
MOST_NAMED = 5
_PROGRAM = re.compile(r"vbaproject|activex|embeddings/|\.bin$|customui|\.exe$|\.js$|\.hta$", re.IGNORECASE)
_FOREIGN = re.compile(rb"/(?:aFChunk|subDocument|frame|attachedTemplate|oleObject|control|customXml)\"")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_LINK = re.compile(rb"/hyperlink[\"']")
_CALLING = re.compile(
    r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE|AUTOTEXT|QUOTE|FILLIN|ASK)\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def unsafe(docx: bytes) -> list[str]:
    """What a file holds that no template may, by the names Word has for it; empty for a safe one.

    Source: TP-2.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            found = list(dict.fromkeys(_odd_archive(archive)))
            return (found or list(dict.fromkeys(_odd_parts(archive))))[:MOST_NAMED]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        return [str(error)[:80]]


def _odd_archive(archive: zipfile.ZipFile) -> Iterator[str]:
    """What is wrong with the archive, before anything in it is unpacked."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        yield f"{len(parts)} parts"
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        yield f"{sum(part.file_size for part in parts) // 1024 // 1024} MB"
    names = [part.filename.lower() for part in parts]
    yield from sorted({name for name in names if names.count(name) > 1})
    for part in parts:
        if _breaks_out(part.filename) or part.flag_bits & 1 or stat.S_ISLNK(part.external_attr >> 16):
            yield part.filename[:80]
        elif part.file_size > RATIO_ABOVE_BYTES and part.file_size > LARGEST_RATIO * part.compress_size:
            yield f"{part.filename[:60]} ×{part.file_size // max(part.compress_size, 1)}"


def _breaks_out(name: str) -> bool:
    """Whether a part would be put outside the folder it is unpacked into."""
    return name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name


def _odd_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    for part in archive.infolist():
        if _PROGRAM.search(part.filename):
            yield part.filename[:80]
            continue
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        if b"\x00" in content or _DECLARED.search(content):
            yield f"{part.filename[:60]}: DOCTYPE"
        if part.filename == "[Content_Types].xml" and b"macroenabled" in content.lower():
            yield "macroEnabled"
        if part.filename.lower().endswith(".rels"):
            yield from _relations(content)
        else:
            yield from _calls(content.decode("utf-8", errors="replace"))


def _relations(content: bytes) -> Iterator[str]:
    for found in _RELATION.finditer(content):
        told = found.group()
        is_outside = _OUTSIDE.search(told) and not _LINK.search(told)
        foreign = _FOREIGN.search(told)
        if foreign or is_outside:
            kind = re.search(rb"Type\s*=\s*[\"'][^\"']*/([^/\"']+)[\"']", told)
            yield kind.group(1).decode("utf-8", "replace")[:60] if kind else "Relationship"


def _calls(text: str) -> Iterator[str]:
    """Fields that fetch or run something; a field's words may be spread over several runs."""
    words = "".join(first or second for first, second in _INSTRUCTION.findall(text))
    yield from (found.upper() for found in _CALLING.findall(words))
    if "<w:altChunk" in text or "<w:subDoc" in text:
        yield "altChunk"
    if "<w:object" in text or "<o:OLEObject" in text:
        yield "OLEObject"
