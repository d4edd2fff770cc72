"""A printed PDF made the same bytes each time, and measured against the pages it was printed from."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import docx
import pikepdf
from docx.oxml.ns import qn
from lxml import etree

from concierge.kernel.errors import N_, ConciergeError
from documents.press import fonts

READ_SECONDS = 60
MOST_NAMED = 12
_ICC_MADE = slice(24, 36)  # the profile's own date; ICC.1:2010, 7.2.8
_XMP_DATES = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")
_SPACES = re.compile(r"[\s\u00a0\u00ad\u2028\u2029\u200b]+")


class SignsNotPrintable(ConciergeError):
    """Signs no font has: the page would show empty boxes in a name."""

    status = 422
    message = N_(
        "No font on this machine has %(signs)s, so the PDF would show empty boxes. The Word file is whole."
        " Ask the administrator for a font with these signs, or write them another way."
    )


class TextLost(ConciergeError):
    """The PDF says less than the Word file."""

    message = N_(
        "The PDF lacks %(signs)s of the Word file, so it is not kept. Print the Word file by hand, and tell"
        " the administrator."
    )


class PageNotReadable(ConciergeError):
    """LibreOffice could not make a PDF of it."""

    status = 422
    message = N_(
        "LibreOffice could not print this Word file. The Word file is kept; open it, save it again, or tell"
        " the administrator."
    )


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def settled(pdf: bytes, at: datetime) -> bytes:
    """The PDF with everything taken out that differs from run to run; still PDF/A-2b.

    Shape: ``at`` is the moment the document says it was made.
    Source: S87, 6.6 (metadata and dates agree).
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        day = f"D:{at:%Y%m%d%H%M%S}Z"
        for name in ("/CreationDate", "/ModDate"):
            if name == "/CreationDate" or name in opened.docinfo:
                opened.docinfo[name] = day
        for name in ("/ID", "/DocChecksum"):
            if name in opened.trailer:
                del opened.trailer[name]
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for name in _XMP_DATES:
                if name in metadata or name == "xmp:CreateDate":
                    metadata[name] = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        for intent in opened.Root.get("/OutputIntents", pikepdf.Array()):
            profile = intent.DestOutputProfile
            told = bytearray(profile.read_bytes())
            told[_ICC_MADE] = bytes(12)
            profile.write(bytes(told))
        settled_pdf = io.BytesIO()
        opened.save(settled_pdf, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return settled_pdf.getvalue()


def refuse_boxes(word: bytes, rules: Path) -> None:
    """Refuse a page with signs no installed font can draw. Raises: SignsNotPrintable."""
    missing = fonts.uncovered(set("".join(paragraphs(word))), rules)
    if missing:
        raise SignsNotPrintable(signs=_named(missing))


def refuse_loss(word: bytes, pdf: bytes) -> None:
    """Refuse a PDF that lacks a sign of its Word file: LibreOffice has dropped marks at the end of lines.

    Raises: TextLost.
    """
    lost = lost_signs(paragraphs(word), text_of(pdf))
    if lost:
        raise TextLost(signs=_named(sorted(lost)))


def paragraphs(word: bytes) -> list[str]:
    """The text of a Word file's body, paragraph by paragraph, those of tables and of form fields too."""
    body = docx.Document(io.BytesIO(word)).element.body
    texts = ("".join(_signs(paragraph)) for paragraph in body.iter(qn("w:p")))
    return [text for text in texts if text.strip()]


def text_of(pdf: bytes) -> str:
    """The text of a PDF in reading order. Effects: runs pdftotext."""
    answer = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],  # noqa: S607  (a program of the system)
        input=pdf, capture_output=True, timeout=READ_SECONDS, check=True,
    )  # fmt: skip
    return answer.stdout.decode("utf-8")


def lost_signs(expected: Sequence[str], found: str) -> Counter[str]:
    """The signs that were expected and are not there.

    Each paragraph is looked for as it stands; those a page break or a table cut up are compared sign by sign
    with what the others left over, so that a repeated table head cannot hide a loss.
    """
    rest = _bare(found)
    cut_up: Counter[str] = Counter()
    for paragraph in sorted((_bare(one) for one in expected), key=len, reverse=True):
        before, is_there, after = rest.partition(paragraph)
        if is_there:
            rest = f"{before}\n{after}"
        else:
            cut_up.update(paragraph)
    return cut_up - Counter(rest)


def _signs(paragraph: etree._Element) -> Iterator[str]:
    """The text of one paragraph without that of a box standing in it, which has paragraphs of its own."""
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if next(node.iterancestors(qn("w:p"))) is paragraph and not _is_fallback(node):
            yield node.text or "" if node.tag == qn("w:t") else " "


def _is_fallback(node: etree._Element) -> bool:
    return any(one.tag.endswith("}Fallback") for one in node.iterancestors())


def _bare(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def _named(signs: Sequence[str]) -> str:
    told = [f"“{sign}” (U+{ord(sign):04X})" for sign in signs[:MOST_NAMED]]
    return ", ".join(told) + ("…" if len(signs) > MOST_NAMED else "")
