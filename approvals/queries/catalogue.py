"""Questions asked of the catalogue: the draft, its editions, and the calendar everybody counts by.

An edition never changes, so a process reads it once. The draft and the calendar are read again when one cheap
question says that a row of theirs has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, func, select, union_all
from sqlalchemy.orm import Session, load_only

from approvals.models.calendar import PROVISIONAL, CalendarYearRow, HolidayRow
from approvals.models.catalogue import DepartmentRow, MatterRow, ReviewGroupRow
from approvals.models.edition import DraftState, EditionRow
from approvals.models.parts import CALENDAR_ROWS, DRAFT_ROWS, MIRRORED
from approvals.models.template import TemplateRow, TemplateStepRow
from approvals.rules.catalogue import Catalogue, Holiday, Template
from approvals.rules.facts import Label
from approvals.rules.work_calendar import work_calendar as made_of
from concierge.kernel.errors import Missing
from concierge.kernel.remembered import Remembered
from concierge.kernel.work import reading
from scheduler import WorkCalendar

Labels = dict[str, Label]


class YearTables(NamedTuple):
    """The year tables as they stand, the calendar they make, and its fingerprint."""

    calendar: WorkCalendar
    digest: str
    holidays: tuple[Holiday, ...]


_MOST_BODIES = 4
_editions: Remembered[Catalogue] = Remembered()
_drafts: Remembered[Catalogue] = Remembered()
_calendars: Remembered[YearTables] = Remembered()


def catalogue(edition_id: int, session: Session | None = None) -> Catalogue:
    """The catalogue of a published edition. Shape: ``session`` is the caller's open one, if there is one.

    Raises: Missing.
    """
    with nullcontext(session) if session is not None else reading() as open_session:

        def read() -> Catalogue:
            body = open_session.scalar(select(EditionRow.body).where(EditionRow.id == edition_id))
            if body is None:
                raise Missing
            return _read_body(body)

        return _editions.get(open_session, edition_id, read)


@lru_cache(maxsize=_MOST_BODIES)
def _read_body(body: str) -> Catalogue:
    """The catalogue a body holds: the same text is the same catalogue."""
    return Catalogue.from_body(json.loads(body))


def latest_edition_id(session: Session) -> int | None:
    """The edition that a project opened now starts with; None before the first is published."""
    return session.scalar(select(EditionRow.id).order_by(EditionRow.number.desc()).limit(1))


def latest_catalogue(session: Session) -> Catalogue | None:
    """The catalogue of the latest edition; None before the first is published."""
    edition_id = latest_edition_id(session)
    return None if edition_id is None else catalogue(edition_id, session)


def published_catalogue(session: Session) -> Catalogue:
    """The catalogue of the latest edition, for what cannot be without.

    Raises: Missing, before the first is published.
    """
    found = latest_catalogue(session)
    if found is None:
        raise Missing
    return found


def edition_id(session: Session, number: int) -> int:
    """The edition of that number.

    Raises: Missing.
    """
    found = session.scalar(select(EditionRow.id).where(EditionRow.number == number))
    if found is None:
        raise Missing
    return found


def editions(session: Session) -> Sequence[EditionRow]:
    """Every edition, the newest first, without its body."""
    columns = (
        EditionRow.number,
        EditionRow.digest,
        EditionRow.published_at,
        EditionRow.published_by,
        EditionRow.note,
    )
    newest_first = select(EditionRow).order_by(EditionRow.number.desc())
    return session.scalars(newest_first.options(load_only(*columns, raiseload=True))).all()


def draft_catalogue(session: Session) -> Catalogue:
    """The draft as it stands, as the rules see it."""
    return _drafts.get(session, "draft", lambda: _read_draft(session), revision=_revision(session, _OF_DRAFT))


def labels(session: Session, kind: type[DepartmentRow | MatterRow | ReviewGroupRow | TemplateRow]) -> Labels:
    """The code and the name in both languages of every row of one kind in the draft, in order."""
    rows = session.execute(select(kind.code, kind.name_zh, kind.name_en).order_by(kind.position, kind.id))
    return {code: Label(name_zh, name_en) for code, name_zh, name_en in rows}


def draft_state(session: Session) -> DraftState | None:
    """What is known of the draft as a whole; None before the catalogue is set up."""
    return session.get(DraftState, 1)


def holidays(session: Session) -> tuple[Holiday, ...]:
    """Every day of the year tables that is not what its weekday says, in order."""
    return year_tables(session).holidays


def _read_holidays(session: Session) -> tuple[Holiday, ...]:
    status = {row.year: row.status for row in session.scalars(select(CalendarYearRow))}
    rows = session.scalars(select(HolidayRow).order_by(HolidayRow.day))
    return tuple(row.facts(status.get(row.day.year, PROVISIONAL)) for row in rows)


def calendar_years(session: Session) -> Sequence[CalendarYearRow]:
    """The years with a table, the latest first."""
    return session.scalars(select(CalendarYearRow).order_by(CalendarYearRow.year.desc())).all()


def work_calendar(session: Session) -> WorkCalendar:
    """The calendar working days are counted by: the year tables as they stand today."""
    return year_tables(session).calendar


def year_tables(session: Session) -> YearTables:
    """All that is known of working days at once; a plan made under another digest is to be made again."""

    def read() -> YearTables:
        days = _read_holidays(session)
        return YearTables(*_made_of(days), days)

    return _calendars.get(session, "calendar", read, revision=_revision(session, _OF_CALENDAR))


@lru_cache(maxsize=_MOST_BODIES)
def _made_of(days: tuple[Holiday, ...]) -> tuple[WorkCalendar, str]:
    """The calendar that year tables make, and its fingerprint: the same days are the same calendar."""
    told = "\n".join(f"{day.on} {day.is_workday} {day.status}" for day in days)
    return made_of(days), hashlib.sha256(told.encode()).hexdigest()


def _read_draft(session: Session) -> Catalogue:
    parts: dict[str, Any] = {
        part.name: tuple(row.facts() for row in _in_order(session, part.row)) for part in MIRRORED
    }
    state = draft_state(session)
    return Catalogue(
        **parts,
        templates=tuple(_templates(session)),
        holidays=holidays(session),
        source_note=state.source_note if state else "",
    )


def _in_order(session: Session, row: Any) -> Iterable[Any]:
    return session.scalars(select(row).order_by(row.position, row.id))


def _templates(session: Session) -> Iterable[Template]:
    by_template = select(TemplateStepRow).order_by(
        TemplateStepRow.template, TemplateStepRow.position, TemplateStepRow.id
    )
    steps = {
        template: list(rows)
        for template, rows in groupby(session.scalars(by_template), key=lambda row: row.template)
    }
    return (row.facts(steps.get(row.code, ())) for row in _in_order(session, TemplateRow))


def _counted(rows: Iterable[Any]) -> CompoundSelect[Any]:
    """The question whose answer changes whenever one of these rows does."""
    return union_all(
        *(
            select(func.count(), func.sum(row.version), func.max(row.id), func.max(row.changed_at))
            for row in rows
        )
    )


_OF_DRAFT, _OF_CALENDAR = _counted(DRAFT_ROWS), _counted(CALENDAR_ROWS)


def _revision(session: Session, question: CompoundSelect[Any]) -> object:
    return tuple(tuple(line) for line in session.execute(question))
