"""The lines of a package's contents, from the papers of the steps it is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from approvals.rules.papers import HeldFile
from documents.rules.packages import Item, ItemKind, ItemStatus
from projects.rules.papers import Paper, PaperGroup

OR = " 或 "
LONGEST_NAME_BYTES = 120
FILLED_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "own-part-form": frozenset(
            {"form-stage1", "form-stage2", "form-stage3", "form-stage4", "form-parallel", "form-util"}
        ),
        "letter-of-attorney": frozenset({"agent-authorization"}),
    }
)
"""The papers that documents made here are, by the kind of the document."""


def paper_items(
    groups: Iterable[PaperGroup], due: Mapping[str, date], names: Callable[[str], str]
) -> tuple[Item, ...]:
    """The lines of these papers, each paper once, numbered from 1 in their order.

    Shape: ``due`` are the days of promised papers by code, ``names`` says a step by its code. Of a choice
        what is here is listed; when nothing is, the choice is one line.
    Source: AC-6, DF-1.
    """
    found: dict[str, list[Item]] = {}
    for group in groups:
        for lines in _of_group(group, due, names):
            found.setdefault(lines[0].code, lines)
    return tuple(
        _placed(line, place, n)
        for place, lines in enumerate(found.values(), 1)
        for n, line in enumerate(lines, 1)
    )


def _of_group(
    group: PaperGroup, due: Mapping[str, date], names: Callable[[str], str]
) -> Iterator[list[Item]]:
    asked = group.papers
    here = [paper for paper in asked if paper.is_here]
    if here:
        yield from ([*_lines(paper, names)] for paper in here)
        return
    promised = next((paper for paper in asked if paper.material.code in due), None)
    if promised is not None:
        day = due[promised.material.code]
        yield [replace(_bare(promised, names), status=ItemStatus.PROMISED, due_on=day)]
    else:
        name_zh, name_en = (OR.join(words) for words in zip(*map(_names, asked), strict=True))
        yield [replace(_bare(asked[0], names), name_zh=name_zh, name_en=name_en)]


def _lines(paper: Paper, names: Callable[[str], str]) -> Iterator[Item]:
    """One line a file; one without a file where the paper itself lies here or a result is known."""
    held = paper.held.newest if paper.held is not None else None
    bare = _bare(paper, names)
    if held is None:
        yield replace(bare, status=ItemStatus.RESULT)
        return
    bare = replace(bare, came_on=held.came_on, paper_revision=held.number)
    if not held.files:
        yield replace(bare, status=ItemStatus.ORIGINAL)
    for file in held.files:
        yield _with_file(bare, file)


def _with_file(bare: Item, file: HeldFile) -> Item:
    return replace(
        bare,
        status=ItemStatus.HERE,
        path=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        pages=file.pages,
        sha256=file.sha256,
        key=file.key,
    )


def _bare(paper: Paper, names: Callable[[str], str]) -> Item:
    is_known = paper.held is None or paper.made_by is not None
    known_by = paper.made_by or (paper.collected_by if is_known else None)
    made_by = known_by or next(iter(paper.producers), None)
    return Item(
        place=0,
        n=0,
        kind=ItemKind.PAPER,
        code=paper.material.code,
        name_zh=paper.material.name_zh,
        name_en=paper.material.name_en or paper.material.name_zh,
        status=ItemStatus.MISSING,
        origin=paper.material.origin,
        source=names(made_by) if made_by is not None else "",
        copies=paper.material.paper_copies,
    )


def _names(paper: Paper) -> tuple[str, str]:
    return paper.material.name_zh, paper.material.name_en or paper.material.name_zh


def _placed(line: Item, place: int, n: int) -> Item:
    path = path_of(place, n, line.path) if line.key else ""
    return replace(line, place=place, n=n, path=path)


def appended(papers: tuple[Item, ...], documents: Iterable[Item]) -> tuple[Item, ...]:
    """The lines of the papers and, after them, of the documents made here.

    Shape: a document takes the place of the paper it is, where nobody handed that in.
    Source: AC-6: what the system makes is not asked of the enterprise.
    """
    lines, rest = list(papers), []
    for document in documents:
        filled = FILLED_BY.get(document.code.rpartition("-")[0], frozenset())
        place = next((n for n, line in enumerate(lines) if _is_open(line) and line.code in filled), None)
        if place is None:
            rest.append(document)
        else:
            lines[place] = _in_place_of(lines[place], document)
    first = lines[-1].place + 1 if lines else 1
    return (*lines, *(_placed(line, place, 1) for place, line in enumerate(rest, first)))


def _is_open(line: Item) -> bool:
    return line.kind is ItemKind.PAPER and line.status is ItemStatus.MISSING


def _in_place_of(paper: Item, document: Item) -> Item:
    told = replace(
        document, kind=ItemKind.PAPER, code=paper.code, name_zh=paper.name_zh, name_en=paper.name_en
    )
    return _placed(told, paper.place, paper.n)


def path_of(place: int, n: int, name: str) -> str:
    """Where a file lies below ``data/``: paper and file in order, then its own name as every system takes it.

    Shape: at most 120 bytes of name, the ending kept; no sign that manifests or folders give a meaning.
    Source: S85, RFC 8493 section 2.1.3.
    """
    plain = re.sub(r"[%\\/:*?\"<>|\x00-\x1f\x7f]", "_", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (plain, "")
    room = LONGEST_NAME_BYTES - len(ending.encode())
    return f"{place:02d}-{n} {stem.encode()[:room].decode(errors='ignore')}{ending}"
