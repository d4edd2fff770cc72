"""Try a template that was sent in: the gate, pictures of its pages, and what was found written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concierge.kernel import clock, storage
from concierge.kernel.errors import Unavailable
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work
from documents.events import DocumentTemplateTried
from documents.models.document import DocumentRow
from documents.models.template import DocumentTemplateRow, TemplateFindingRow, TemplatePageRow
from documents.press.gate import Passed, look_over
from documents.press.kind import DocumentKind
from documents.press.page_pictures import pictures_of
from documents.press.samples import SampleSize
from documents.queries.kinds import kind_of
from documents.queries.shipped import shipped_template, template_digest
from documents.queries.templates import pages_of
from documents.rules.template_findings import Place, TemplateFinding
from documents.rules.template_state import TemplateState
from documents.services.print_sheets import this_printer

DRAWN = (SampleSize.USUAL, SampleSize.MOST)
MOST_PAGES = 6
REMEMBERED = 3  # documents whose values say what may be asked for besides the shipped fields


@dataclass(frozen=True)
class DrawnPage:
    """One page as a picture. Shape: pages count from 1."""

    sample: SampleSize
    number: int
    of_pages: int
    picture: Stored


@dataclass(frozen=True)
class Tried:
    """What came of a trial."""

    findings: tuple[TemplateFinding, ...]
    is_clean: bool
    pages: tuple[DrawnPage, ...]


@dataclass(frozen=True)
class Candidate:
    """A template to try: its kind, its file and what documents of that kind were made from."""

    kind: DocumentKind
    sha256: str
    content: bytes
    filled: tuple[dict[str, object], ...]
    pages_before: int = 0  # of the usual sample, by the template in use; 0 where they were never counted


def candidate(session: Session, template_id: int) -> Candidate | None:
    """What is to be tried; None where that is done already."""
    row = session.get(DocumentTemplateRow, template_id)
    if row is None or row.state is not TemplateState.WAITING:
        return None
    return Candidate(
        kind_of(row.kind),
        row.sha256,
        b"".join(storage.fetch(row.file_key)),
        tuple(filled_before(session, row.kind)),
        _pages_before(session, row.kind),
    )


def _pages_before(session: Session, kind: str) -> int:
    digest = template_digest(session, kind, clock.today())
    counted = (one.of_pages for one in pages_of(session, digest) if one.sample == SampleSize.USUAL)
    return next(counted, 0)


def filled_before(session: Session, kind: str) -> list[dict[str, object]]:
    """The values the last documents of a kind were made from."""
    asked = select(DocumentRow.facts).where(DocumentRow.kind == kind)
    return [
        json.loads(one) for one in session.scalars(asked.order_by(DocumentRow.id.desc()).limit(REMEMBERED))
    ]


def try_template(told: Candidate) -> Tried:
    """Take a file through the gate and draw its pages.

    Effects: a child process, LibreOffice, pictures in storage.
    """
    passed = look_over(told.content, shipped_template(told.kind.code), told.kind.form, told.filled)
    pages, more = _drawn(passed)
    findings = (*passed.findings, *more, *_grown(told.pages_before, pages))
    return Tried(findings, passed.is_clean, tuple(pages))


def _grown(before: int, pages: Sequence[DrawnPage]) -> list[TemplateFinding]:
    """A word of warning where the usual sample takes more pages than it does now."""
    now = next((one.of_pages for one in pages if one.sample is SampleSize.USUAL), 0)
    if not before or now <= before:
        return []
    return [TemplateFinding("pages_grew", facts={"found": str(now), "wanted": str(before)})]


def draw_shipped(kind: DocumentKind) -> tuple[str, tuple[DrawnPage, ...]]:
    """The pages of the template the house ships, with its digest."""
    shipped = shipped_template(kind.code)
    passed = look_over(shipped, shipped, kind.form)
    pages, _ = _drawn(passed)
    return digest_of(shipped), tuple(pages)


def settle(w: Work, template_id: int, tried: Tried) -> None:
    """Write down what a trial found. Run twice, it writes the same."""
    row = w.get(DocumentTemplateRow, template_id)
    if row.state is not TemplateState.WAITING:
        return
    row.state = TemplateState.READY if tried.is_clean else TemplateState.FAULTY
    row.tried_at = clock.now()
    w.session.execute(delete(TemplateFindingRow).where(TemplateFindingRow.template_id == row.id))
    for one in tried.findings:
        w.session.add(
            TemplateFindingRow(
                template_id=row.id,
                severity=one.severity,
                code=one.code,
                place=_written(one.place),
                facts=json.dumps(dict(one.facts), ensure_ascii=False, sort_keys=True),
            )
        )
    keep_pages(w, row.sha256, tried.pages)
    w.record(
        DocumentTemplateTried(
            template_id=row.id,
            kind=row.kind,
            number=row.number,
            state=row.state,
            findings=len(tried.findings),
        )
    )


def keep_pages(w: Work, sha256: str, pages: Sequence[DrawnPage]) -> None:
    """Name the pictures of a template's pages, in place of older ones."""
    if not pages:
        return
    w.session.execute(delete(TemplatePageRow).where(TemplatePageRow.sha256 == sha256))
    for page in pages:
        w.session.add(
            TemplatePageRow(
                sha256=sha256,
                sample=page.sample.value,
                number=page.number,
                of_pages=page.of_pages,
                picture_key=page.picture.key,
                size_bytes=page.picture.size_bytes,
            )
        )


def _drawn(passed: Passed) -> tuple[list[DrawnPage], list[TemplateFinding]]:
    """Pictures of the documents a trial made; a warning where the printer does not answer."""
    made = [(size, passed.trial.made[size]) for size in DRAWN if size in passed.trial.made]
    if not made:
        return [], []
    try:
        pdfs = this_printer().print_pages([content for _, content in made])
    except Unavailable:
        return [], [TemplateFinding("pdf_away")]
    pages: list[DrawnPage] = []
    for (size, _), pdf in zip(made, pdfs, strict=True):
        if pdf is not None:
            pages += _pages(size, pdf)
    return pages, []


def _pages(size: SampleSize, pdf: bytes) -> list[DrawnPage]:
    of_pages, pictures = pictures_of(pdf, most=MOST_PAGES)
    return [
        DrawnPage(
            size, number, of_pages, storage.keep(one, name=f"{size}-{number}.png", media_type="image/png")
        )
        for number, one in enumerate(pictures, 1)
    ]


def digest_of(content: bytes) -> str:
    """The SHA-256 of a template, by which documents remember it."""
    return hashlib.sha256(content).hexdigest()


def _written(place: Place) -> str:
    """A place as it is kept. Shape: JSON of its fields, empty for nowhere."""
    return json.dumps(asdict(place), ensure_ascii=False) if place.part else ""
