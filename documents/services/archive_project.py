"""Lay a project's file down in the archive: everything it holds, an index, and the digest of each file."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from approvals.services.take_number import next_in_series
from concierge.kernel import clock, storage
from concierge.kernel.actor import Actor
from concierge.kernel.config import Settings
from concierge.kernel.contents import clean_name
from concierge.kernel.errors import N_, ConciergeError, Refusal
from concierge.kernel.jobs import Run
from concierge.kernel.keeping_for_good import LaidDown, lay_down
from concierge.kernel.shelves import NotOnShelf
from concierge.kernel.work import Work, reading, work
from documents.events import ArchiveAsked, ArchiveFailed, ArchiveTakenOut, ProjectArchived
from documents.models.archive import ArchiveRow
from documents.press.archive_page import HEADS, INDEX, ArchiveHead, index_page, index_table
from documents.press.kind import Retention
from documents.press.package import Bag, Part, part_of, write_package
from documents.queries.archives import (
    Filed,
    editions_of,
    files_of_project,
    is_being_made,
    retentions_of,
    rows_of_project,
)
from documents.queries.office import office
from documents.rules.keeping import (
    ArchiveState,
    Occasion,
    archive_number,
    class_of,
    kept_until,
    series_word,
)
from documents.rules.kept_faults import kept
from documents.services.print_list import print_list
from documents.services.print_sheets import Print, remember
from projects.models.project import Project

BUILD = "documents.tasks:archive_project"
SETTLING = timedelta(minutes=2)  # documents made at the end are printed first
IN_MEMORY_BYTES = 8 * 1024 * 1024


class ArchiveUnderWay(Refusal):
    """A second edition while one is being made."""

    message = N_("The file of this project is being laid down already. Reload the page in a minute.")


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Everything one edition is made from."""

    archive_id: int
    number: str
    edition: int
    project_code: str
    project: str
    office: str
    asked_at: datetime
    keep_until_on: date | None
    files: list[Filed]
    rows: list[tuple[str, bytes]]

    @property
    def asked_on(self) -> date:
        """The civil day it was asked for."""
        return clock.local(self.asked_at).date()

    @property
    def kept(self) -> str:
        """Until when it is kept, in the index's words."""
        until = self.keep_until_on
        return f"至{until.year}年{until.month}月{until.day}日" if until else "永久"


@dataclass(frozen=True, kw_only=True)
class _Laid:
    """An edition that lies in the archive. Shape: ``lines`` is its index, ``printed`` that as PDF."""

    down: LaidDown
    lines: list[dict[str, str]]
    printed: Print | None


def archive_project(project_id: int, *, by: Actor) -> int:
    """Ask for a project's file to be laid down now; answers the edition's number in our rows.

    Raises: Missing; ArchiveUnderWay.
    """
    with work(by) as w:
        return ask_archive(w, project_id, Occasion.ASKED)


def ask_archive(w: Work, project_id: int, occasion: Occasion) -> int:
    """The same inside the caller's transaction. Raises: Missing; ArchiveUnderWay."""
    project = w.get(Project, project_id)
    before = editions_of(w.session, project_id)
    if is_being_made(before):
        raise ArchiveUnderWay
    edition, today = len(before) + 1, clock.today()
    retention = class_of(retentions_of(w.session, project_id))
    settings: Settings = current_app.config["CONCIERGE"]
    serial = next_in_series(w, series_word(retention), today.year)
    row = w.add(
        ArchiveRow(
            project_id=project.id,
            edition=edition,
            event_id=w.event_id,
            number=archive_number(settings.archive_fonds, retention, today.year, serial, edition),
            occasion=occasion,
            state=ArchiveState.ASKED,
            asked_at=clock.now(),
            asked_by_id=w.by.id,
            asked_by=w.by.label,
            retention=Retention(retention),
            keep_until_on=kept_until(retention, today),
        )
    )
    w.record(ArchiveAsked(archive_id=row.id, project_id=project.id, number=row.number, edition=edition))
    w.enqueue(BUILD, archive_id=row.id, after=SETTLING if occasion is Occasion.ENDED else timedelta())
    return row.id


def build_archive(run: Run, archive_id: int) -> None:
    """Write the file of a project and lay it down.

    Raises: StorageAway, StorageFull: the job is tried again.
    Effects: it lies in the archive before the row says so. A run that is repeated after it was laid down and
        before it was written leaves one version too many there, never one too few.
    """
    with reading() as session:
        plan = _plan(session, archive_id)
    if plan is None:
        return
    try:
        outcome: _Laid | ConciergeError = _laid(plan)
    except NotOnShelf as fault:
        outcome = fault
    with run.work() as w:
        _settle(w, archive_id, outcome)


def note_taken_out(archive_id: int, *, by: Actor) -> None:
    """Write down that somebody took a copy. Raises: Missing."""
    with work(by) as w:
        row = w.get(ArchiveRow, archive_id)
        w.record(ArchiveTakenOut(archive_id=row.id, project_id=row.project_id, number=row.number))


def _plan(session: Session, archive_id: int) -> _Plan | None:
    row = session.get_one(ArchiveRow, archive_id)
    if row.state is not ArchiveState.ASKED:
        return None
    project = session.get_one(Project, row.project_id)
    settings: Settings = current_app.config["CONCIERGE"]
    return _Plan(
        archive_id=row.id,
        number=row.number,
        edition=row.edition,
        project_code=project.code,
        project=project.name,
        office=office(session, county=settings.county_name).name,
        asked_at=row.asked_at,
        keep_until_on=row.keep_until_on,
        files=files_of_project(session, row.project_id),
        rows=list(rows_of_project(session, row.project_id)),
    )


def _laid(plan: _Plan) -> _Laid:
    parts = [_part(one) for one in plan.files] + [
        part_of(f"5数据/{name}.json", data) for name, data in plan.rows
    ]
    lines = list(_lines(plan, parts))
    table = index_table(lines)
    parts += [part_of(f"{INDEX}.xlsx", table.as_xlsx())]
    printed = print_list(index_page(_head(plan), lines), plan.asked_at)
    if printed is not None:
        key = printed.key
        parts += [Part(path=f"{INDEX}.pdf", sha256=printed.sha256, pieces=lambda: storage.fetch(key))]
    bag = Bag(info=_info(plan), contents=table.as_csv())
    with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as whole:
        write_package(parts, bag, whole)
        return _Laid(down=lay_down(whole, plan.keep_until_on), lines=lines, printed=printed)


def _head(plan: _Plan) -> ArchiveHead:
    return ArchiveHead(
        number=plan.number,
        edition=plan.edition,
        project_code=plan.project_code,
        project=plan.project,
        office=plan.office,
        kept=plan.kept,
        on=plan.asked_on,
    )


def _part(one: Filed) -> Part:
    digest = one.sha256 or _digest(storage.fetch(one.key))
    path = f"{one.sort}/{clean_name(one.name)}"
    return Part(path=path, sha256=digest, pieces=lambda: storage.fetch(one.key))


def _lines(plan: _Plan, parts: Iterable[Part]) -> Iterator[dict[str, str]]:
    """The index, line by line."""
    titled = {one: (one.title, f"{one.on}", str(one.size_bytes or "")) for one in plan.files}
    told = [*titled.values(), *((name, f"{plan.asked_on}", str(len(data))) for name, data in plan.rows)]
    for place, (part, (title, on, size)) in enumerate(zip(parts, told, strict=True), 1):
        sort = part.path.partition("/")[0].lstrip("0123456789")
        yield dict(
            zip(HEADS, (str(place), sort, title, f"data/{part.path}", on, size, part.sha256), strict=True)
        )


def _info(plan: _Plan) -> list[tuple[str, str]]:
    return [
        ("External-Identifier", plan.number),
        ("External-Description", " ".join(plan.project.split())),
        ("Bagging-Date", plan.asked_on.isoformat()),
        ("Internal-Sender-Description", f"第{plan.edition}版，保管{plan.kept}"),
    ]


def _settle(w: Work, archive_id: int, outcome: _Laid | ConciergeError) -> None:
    row = w.get(ArchiveRow, archive_id)
    if row.state is not ArchiveState.ASKED:
        return
    if isinstance(outcome, ConciergeError):
        row.state, row.fault = ArchiveState.FAILED, kept(outcome)
        w.record(ArchiveFailed(archive_id=row.id, project_id=row.project_id, fault=row.fault))
        return
    down, lines, printed = outcome.down, outcome.lines, outcome.printed
    row.state, row.made_at, row.fault = ArchiveState.MADE, clock.now(), ""
    row.shelf_key, row.shelf_version = down.key, down.version
    row.sha256, row.size_bytes, row.files = down.sha256, down.size_bytes, len(lines)
    row.contents = json.dumps(lines, ensure_ascii=False, sort_keys=True)
    if printed is not None:
        remember(w, printed)
        row.index_key, row.index_size_bytes = printed.key, printed.size_bytes
    w.record(
        ProjectArchived(
            archive_id=row.id,
            project_id=row.project_id,
            number=row.number,
            files=row.files,
            keep_until_on=row.keep_until_on,
        )
    )


def _digest(pieces: Iterable[bytes]) -> str:
    sha256 = hashlib.sha256()
    for piece in pieces:
        sha256.update(piece)
    return sha256.hexdigest()
