"""好差评 by department: what was said, how much was rated at all, and how negative ones were followed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.models.redress import ProcessChangeRow, RatingAppealRow, RedressRow
from concierge.ratings.queries.published import counted
from concierge.ratings.rules.board import Followed, followed
from concierge.ratings.rules.rating import Level
from concierge.ratings.rules.redress import Stage, due, stage
from concierge.supervision.rules.reporting_period import ReportingPeriod
from scheduler import WorkCalendar

MOST_OPEN = 100


@dataclass
class DepartmentRatings:
    """One department in a period.

    Shape: ``closed`` services could be rated, ``items`` are the kinds of them and ``rated_items`` those with
        a rating; ``levels`` counts what was said of them and of others closed before.
    """

    department: str
    closed: int = 0
    rated: int = 0
    items: set[str] = field(default_factory=set)
    rated_items: set[str] = field(default_factory=set)
    levels: Counter[Level] = field(default_factory=Counter)
    followed: Followed = field(default_factory=Followed)

    @property
    def total(self) -> int:
        """How many ratings count."""
        return sum(self.levels.values())

    @property
    def good(self) -> int:
        """How many of them are not negative."""
        return sum(count for level, count in self.levels.items() if not level.is_negative)


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """One negative rating that is not followed to its end, or whose appeal is open.

    Shape: ``project`` is empty for an anonymous one: those who are rated do not learn who spoke.
    """

    rating_id: int
    department: str
    code: str
    title: str
    level: Level
    given_on: date
    is_named: bool
    stage: Stage
    due_on: date | None
    is_appealed: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole board for one reader."""

    period: ReportingPeriod
    departments: Sequence[DepartmentRatings]
    open: Sequence[OpenCase]
    changes: Sequence[ProcessChangeRow]
    calendar: WorkCalendar


def board(session: Session, actor: Actor, period: ReportingPeriod) -> Board:
    """The board of a period; six queries, however many ratings there are.

    The table is the county's and names no case; the open cases are those in the reader's charge.

    Source: RT-5 for the two rates of 100 %, RT-8 for the coverage of items and departments.
    """
    calendar = catalogue_queries.work_calendar(session)
    return Board(
        period=period,
        departments=_departments(session, period, calendar),
        open=open_cases(session, actor, calendar),
        changes=process_changes(session),
        calendar=calendar,
    )


def _departments(
    session: Session, period: ReportingPeriod, calendar: WorkCalendar
) -> list[DepartmentRatings]:
    found: dict[str, DepartmentRatings] = {}

    def of(department: str) -> DepartmentRatings:
        return found.setdefault(department, DepartmentRatings(department))

    closed = session.execute(
        select(
            OccasionRow.department, OccasionRow.code, OccasionRow.kind, func.count(), func.count(RatingRow.id)
        )
        .outerjoin(RatingRow, RatingRow.occasion_id == OccasionRow.id)
        .where(OccasionRow.closed_on.between(period.first, period.last), OccasionRow.withdrawn_at.is_(None))
        .group_by(OccasionRow.department, OccasionRow.code, OccasionRow.kind)
    )
    for department, code, kind, count, rated in closed:
        one, item = of(department), code or kind.value
        one.closed, one.rated = one.closed + count, one.rated + rated
        one.items.add(item)
        if rated:
            one.rated_items.add(item)
    levels = session.execute(
        select(RatingRow.department, RatingRow.level, func.count())
        .outerjoin(RedressRow, RedressRow.rating_id == RatingRow.id)
        .where(RatingRow.given_on.between(period.first, period.last), counted())
        .group_by(RatingRow.department, RatingRow.level)
    )
    for department, level, count in levels:
        of(department).levels[level] += count
    rows: Mapping[str, list[RedressRow]] = defaultdict(list)
    for row in session.scalars(
        select(RedressRow).where(RedressRow.given_on.between(period.first, period.last))
    ):
        rows[row.department].append(row)
    for department, of_department in rows.items():
        of(department).followed = followed([one.facts() for one in of_department], calendar, period.last)
    return sorted(found.values(), key=lambda one: (-one.total, one.department))


def _is_open() -> ColumnElement[bool]:
    is_followed = or_(
        RedressRow.called_back_on.is_not(None),
        and_(RedressRow.rectified_on.is_not(None), RedressRow.is_named.is_(False)),
        RedressRow.set_aside_on.is_not(None),
    )
    return or_(~is_followed, and_(RatingAppealRow.id.is_not(None), RatingAppealRow.ruling.is_(None)))


def open_cases(session: Session, actor: Actor, calendar: WorkCalendar) -> list[OpenCase]:
    """The negative ratings in a person's charge that wait for somebody, the most urgent first; one query."""
    rows = session.execute(
        select(RedressRow, RatingRow, OccasionRow, RatingAppealRow)
        .join(RatingRow, RatingRow.id == RedressRow.rating_id)
        .join(OccasionRow, OccasionRow.id == RatingRow.occasion_id)
        .outerjoin(RatingAppealRow, RatingAppealRow.rating_id == RatingRow.id)
        .where(_is_open(), or_(RedressRow.project_id.is_(None), within(actor, RedressRow.project_id)))
        .order_by(RedressRow.id)
        .limit(MOST_OPEN)
    ).all()
    found = [
        OpenCase(
            rating_id=rating.id,
            department=redress.department,
            code=occasion.code,
            title=occasion.title,
            level=rating.level,
            given_on=redress.given_on,
            is_named=redress.is_named,
            stage=stage(redress.facts()),
            due_on=due(redress.facts(), calendar),
            is_appealed=appeal is not None and appeal.ruling is None,
        )
        for redress, rating, occasion, appeal in rows
    ]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or one.given_on, one.rating_id))


def open_count(session: Session, actor: Actor) -> int:
    """How many negative ratings in a person's charge wait for somebody."""
    return (
        session.scalar(
            select(func.count())
            .select_from(RedressRow)
            .outerjoin(RatingAppealRow, RatingAppealRow.rating_id == RedressRow.rating_id)
            .where(_is_open(), or_(RedressRow.project_id.is_(None), within(actor, RedressRow.project_id)))
        )
        or 0
    )


def process_changes(session: Session) -> Sequence[ProcessChangeRow]:
    """The changes of process that were asked for, open ones first, then the latest."""
    return session.scalars(
        select(ProcessChangeRow)
        .order_by(ProcessChangeRow.answered_on.is_not(None), ProcessChangeRow.id.desc())
        .limit(MOST_OPEN)
    ).all()
