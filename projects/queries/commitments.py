"""The ledger of papers that come later: what is open, what was made good, and how punctually."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from approvals.models.deferral import CreditRow, DeferralMoveRow, DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import deferrals
from approvals.rules.catalogue import Catalogue, Material
from approvals.rules.deferral_course import OPEN, PENDING, DeferralState
from approvals.rules.facts import Label
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.staff.models import Pairing
from projects.models.deferral_worth import DeferralWorthRow
from projects.models.project import Enterprise, Project

ON_BOOKS = OPEN | {DeferralState.DEFAULTED}
"""What stands in the ledger: what is owed, and defaults nobody has decided on."""
ON_TIME_DAYS = 90
PAGE_SIZE = 50
STRIP_WORKDAYS = 15
SOON_WORKDAYS = 3


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What the ledger is asked for; all of it stands in the query string.

    Shape: ``whose`` is open, mine, critical, pending or closed; empty filters do not narrow.
    """

    whose: str = "open"
    department: str = ""
    enterprise: int = 0
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger.

    Shape: ``worth`` is None before the deferral is granted or its project planned.
    """

    row: DeferralRow
    project: Project
    enterprise: str
    step: Step
    worth: DeferralWorthRow | None
    material: Material | None
    matter: Label
    department: Label
    is_mine: bool

    def paper(self, lang: str) -> str:
        """The paper as people call it."""
        return self.material.spoken(lang) if self.material else self.row.material


@dataclass(frozen=True, kw_only=True)
class Record:
    """How punctual the last 90 days were, and how many were made good this month."""

    closed_this_month: int
    in_time: int
    ended: int
    last_closed_on: date | None

    @property
    def percent_in_time(self) -> float | None:
        """The share of papers that came in time; None when none was due."""
        return 100 * self.in_time / self.ended if self.ended else None


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The ledger a person asked for.

    Shape: ``entries`` are all that fit the filter, ``open`` all on the books.
    """

    entries: Sequence[Entry]
    open: Sequence[Entry]
    pending: int
    record: Record


def ledger(session: Session, ask: Ask, actor: Actor, *, today: date) -> Ledger:
    """The ledger as a person may see it.

    Shape: four queries and one for each edition of the catalogue that was not read yet, whatever the number
        of deferrals.
    """
    on_books = _entries(session, or_(DeferralRow.state.in_(ON_BOOKS | PENDING), to_be_put_right()), actor)
    open_ = [entry for entry in on_books if entry.row.state not in PENDING]
    pending = [entry for entry in on_books if entry.row.state in PENDING]
    shown: Sequence[Entry] = {
        "pending": pending,
        "mine": [entry for entry in open_ if entry.is_mine],
        "critical": [entry for entry in open_ if entry.worth and entry.worth.is_critical],
    }.get(ask.whose, open_)
    if ask.whose == "closed":
        ended = and_(DeferralRow.state.not_in(ON_BOOKS | PENDING), not_(to_be_put_right()))
        shown = _entries(session, ended, actor, newest_first=True)
    return Ledger(
        entries=[entry for entry in shown if _fits(entry, ask)],
        open=open_,
        pending=len(pending),
        record=_record(session, actor, today),
    )


def to_be_put_right() -> ColumnElement[bool]:
    """The condition that a certificate stands on a broken promise and waits to be put right.

    Source: DF-10.
    """
    return and_(
        DeferralRow.state == DeferralState.CREDIT_RECORDED,
        DeferralRow.put_right_by_on.is_not(None),
        Step.finished_on.is_not(None),
    )


def _fits(entry: Entry, ask: Ask) -> bool:
    return ask.department in ("", entry.step.department) and ask.enterprise in (
        0,
        entry.project.enterprise_id,
    )


MOST_CLOSED = 500


def _entries(
    session: Session, where: ColumnElement[bool], actor: Actor, *, newest_first: bool = False
) -> list[Entry]:
    asked = _whole(actor).where(where)
    if newest_first:
        asked = asked.order_by(DeferralRow.ended_on.desc(), DeferralRow.id.desc()).limit(MOST_CLOSED)
    else:
        asked = asked.order_by(func.coalesce(DeferralRow.due_on, DeferralRow.asked_due_on), DeferralRow.id)
    return [_entry(session, line) for line in session.execute(asked)]


def _whole(actor: Actor) -> Select[Any]:
    pair = and_(
        Pairing.project_id == Project.id,
        Pairing.until.is_(None),
        or_(Pairing.a_id == actor.id, Pairing.b_id == actor.id),
    )
    is_mine = case((or_(Pairing.id.is_not(None), Project.liaison_id == actor.id), 1), else_=0)
    return (
        select(DeferralRow, Project, Enterprise.name, Step, DeferralWorthRow, is_mine)
        .join(Project, Project.id == DeferralRow.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .join(Step, Step.id == DeferralRow.step_id)
        .outerjoin(DeferralWorthRow, DeferralWorthRow.deferral_id == DeferralRow.id)
        .outerjoin(Pairing, pair)
        .where(within(actor, Project.id))
    )


def _entry(session: Session, line: Any) -> Entry:
    row, project, enterprise, step, worth, is_mine = line
    known = catalogue_queries.catalogue(project.edition_id, session)
    papers = known.materials_of.get(step.code, ())
    matter = known.matter_of.get(step.code)
    department = known.department_of.get(step.department)
    return Entry(
        row=row,
        project=project,
        enterprise=enterprise,
        step=step,
        worth=worth,
        material=next((paper for paper in papers if paper.code == row.material), None),
        matter=Label(matter.name_zh, matter.name_en) if matter else Label(step.code, step.code),
        department=_called(department, step.department),
        is_mine=bool(is_mine),
    )


def _called(department: Any, code: str) -> Label:
    """A department as the county calls it."""
    if department is None:
        return Label(code, code)
    return Label(department.typical_county_bureau or department.name_zh, department.name_en)


def _record(session: Session, actor: Actor, today: date) -> Record:
    """One query: what was made good this month, and the punctuality of the last 90 days.

    Shape: a paper came in time when it came by its due day; a default did not; what was void does not count.
    """
    since = today - timedelta(days=ON_TIME_DAYS)
    closed = DeferralRow.state == DeferralState.CLOSED
    kept = and_(closed, DeferralRow.ended_on > since, DeferralRow.ended_on <= today)
    broken = and_(DeferralRow.defaulted_on > since, DeferralRow.defaulted_on <= today)
    in_time = and_(kept, DeferralRow.supplied_on <= DeferralRow.due_on)
    this_month = and_(closed, DeferralRow.ended_on >= today.replace(day=1), DeferralRow.ended_on <= today)
    counted = [func.sum(case((rule, 1), else_=0)) for rule in (this_month, in_time, or_(kept, broken))]
    month, punctual, ended, last = session.execute(
        select(*counted, func.max(case((closed, DeferralRow.ended_on)))).where(
            within(actor, DeferralRow.project_id)
        )
    ).one()
    return Record(closed_this_month=month or 0, in_time=punctual or 0, ended=ended or 0, last_closed_on=last)


def waiting(session: Session, actor: Actor) -> int:
    """How many papers are owed in a person's projects: the figure beside the menu entry."""
    asked = select(func.count()).select_from(DeferralRow)
    return (
        session.scalar(asked.where(DeferralRow.state.in_(ON_BOOKS), within(actor, DeferralRow.project_id)))
        or 0
    )


@dataclass(frozen=True, kw_only=True)
class DeferralFile:
    """One deferral with everything that is known of it."""

    entry: Entry
    catalogue: Catalogue
    uscc: str
    journal: Sequence[DeferralMoveRow]
    credit: CreditRow | None


def deferral_file(session: Session, deferral_id: int, actor: Actor) -> DeferralFile:
    """The file of one deferral. Shape: four queries. Raises: Missing."""
    line = session.execute(_whole(actor).where(DeferralRow.id == deferral_id)).one_or_none()
    if line is None:
        raise Missing
    entry = _entry(session, line)
    return DeferralFile(
        entry=entry,
        catalogue=catalogue_queries.catalogue(entry.project.edition_id, session),
        uscc=entry.row.uscc,
        journal=deferrals.journal_of(session, deferral_id),
        credit=session.scalar(select(CreditRow).where(CreditRow.number == entry.row.number)),
    )


def of_step(session: Session, step_id: int, actor: Actor) -> list[Entry]:
    """The deferrals of one step that are open, asked for, or in default, the first due first. One query."""
    return _entries(
        session, and_(DeferralRow.step_id == step_id, DeferralRow.state.in_(ON_BOOKS | PENDING)), actor
    )


def enterprises_of(entries: Sequence[Entry]) -> Mapping[int, str]:
    """The enterprises of some entries, by number, in the order of their names."""
    named = {entry.project.enterprise_id: entry.enterprise for entry in entries}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))
