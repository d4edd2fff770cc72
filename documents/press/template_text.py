"""A Word file as lines of text, so that two versions of a template can be compared by a person."""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AROUND = 2


class LineChange(StrEnum):
    """What became of a line between two versions."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class ComparedLine:
    """One line of a comparison."""

    change: LineChange
    text: str


def lines_of(docx: bytes) -> list[str]:
    """The paragraphs and table rows of a Word file, headers first, footers last, without empty ones."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = sorted(archive.namelist())
        parts = [
            *(name for name in names if name.startswith("word/header")),
            "word/document.xml",
            *(name for name in names if name.startswith("word/footer")),
        ]
        trees = [parsed(archive.read(part)) for part in parts]
    return [line for tree in trees for line in _lines(tree) if line.strip(" │")]


def compared(old: Sequence[str], new: Sequence[str]) -> list[ComparedLine]:
    """The lines that were added or removed, with two unchanged ones around each."""
    matcher = difflib.SequenceMatcher(a=list(old), b=list(new), autojunk=False)
    found: list[ComparedLine] = []
    for group in matcher.get_grouped_opcodes(_AROUND):
        for tag, old_first, old_end, new_first, new_end in group:
            if tag == "equal":
                found += [ComparedLine(LineChange.SAME, line) for line in old[old_first:old_end]]
                continue
            found += [ComparedLine(LineChange.REMOVED, line) for line in old[old_first:old_end]]
            found += [ComparedLine(LineChange.ADDED, line) for line in new[new_first:new_end]]
    return found


def parsed(xml: bytes) -> etree._Element:
    """A part of a Word file, read without looking anything up outside it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(xml, parser)


def paragraph_text(paragraph: etree._Element) -> str:
    """The words of a paragraph, in the order they stand, its own text boxes left to themselves."""
    return "".join(
        (one.text or "") if one.tag == f"{W}t" else " "
        for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        if _paragraph_around(one) is paragraph
    )


def _paragraph_around(one: etree._Element) -> etree._Element | None:
    return next(one.iterancestors(f"{W}p"), None)


def _lines(tree: etree._Element) -> Iterator[str]:
    rows_seen: set[etree._Element] = set()
    for paragraph in tree.iter(f"{W}p"):
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        if row is None:
            yield paragraph_text(paragraph)
        elif row not in rows_seen:
            rows_seen.add(row)
            cells = (row_cell.iter(f"{W}p") for row_cell in row.iter(f"{W}tc"))
            yield " │ ".join(" ".join(paragraph_text(one) for one in cell) for cell in cells)
