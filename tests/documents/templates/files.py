"""Templates for tests: a shipped one, the same with other words or parts, and files nobody should take in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from documents.kinds.step_notices import KINDS
from documents.press.compose import write

CODE = "one-time-notice"
KIND = next(one for one in KINDS if one.code == CODE)
BODY, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shipped() -> bytes:
    """The shipped template of the one-time notice."""
    return write(KIND)


def with_words(old: str, new: str, *, part: str = BODY, docx: bytes | None = None) -> bytes:
    """A template in which one part says something else; the words that go must be there."""
    parts = parts_of(docx or shipped())
    assert old in parts[part].decode(), old
    return packed(parts | {part: parts[part].decode().replace(old, new).encode()})


def with_line(line: str, *, docx: bytes | None = None) -> bytes:
    """A template with one more paragraph at the end of the body."""
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>'
    return with_words("<w:sectPr>", f"{paragraph}<w:sectPr>", docx=docx)


def with_relation(kind: str, target: str, *, outside: bool = True) -> bytes:
    """A template that points at something else."""
    mode = ' TargetMode="External"' if outside else ""
    told = f'<Relationship Id="rIdX" Type="{_TYPES}/{kind}" Target="{target}"{mode}/>'
    return with_words("</Relationships>", f"{told}</Relationships>", part=RELATIONS)


def with_parts(more: Mapping[str, bytes]) -> bytes:
    """A template with more parts."""
    return packed(parts_of(shipped()) | more)


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
