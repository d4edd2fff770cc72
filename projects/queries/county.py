"""What a plan of all projects is made from, read from the rows: the live projects and the county's limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import String, and_, bindparam, func, select, type_coerce, union_all
from sqlalchemy.orm import Session

from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.models.review import AvailabilityRow, RoomRow, SittingItemRow, SittingRow, SittingRuleRow
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import deferrals, reviews
from approvals.queries.catalogue import YearTables
from approvals.rules.sittings import SittingState
from concierge.kernel.remembered import Remembered
from concierge.staff.models import Absence, Pairing, StaffProfile
from concierge.staff.queries import absences, daily_hand_ins
from projects.models.portfolio import BookingRow, booked_days
from projects.models.project import Plan, Project, ProjectStatus
from projects.queries.green_channel import in_force
from projects.queries.standing import begun_steps, expansion_of, happened, terms_of
from projects.rules.county import County, LiveProject, Promise
from projects.rules.portfolio_days import HalfDay, StepDays
from projects.rules.terms import Actual

YEARS_AHEAD = timedelta(days=3 * 366)
_MOST_AT_ONCE = 400
_LIMITS = (BenchRow, BenchChangeRow, RoomRow, SittingRuleRow, AvailabilityRow, SittingRow, StaffProfile)
_BOOKED = BookingRow.__table__
_BOOKINGS = select(
    _BOOKED.c.project_id,
    _BOOKED.c.code,
    _BOOKED.c.is_told,
    _BOOKED.c.department,
    _BOOKED.c.accept_on,
    _BOOKED.c.work_first_on,
    _BOOKED.c.work_last_on,
    _BOOKED.c.end_on,
    type_coerce(_BOOKED.c.held_by, String),
    _BOOKED.c.held_workdays,
    _BOOKED.c.review_group,
    _BOOKED.c.sitting_on,
    _BOOKED.c.sitting_half,
    _BOOKED.c.officer_id,
).where(_BOOKED.c.project_id.in_(bindparam("ids", expanding=True)))
"""Whose booking, whether its day was told, and what ``booked_days`` makes days of."""
_BESIDE = (
    select(Project.id, Pairing.a_id, Pairing.b_id, Plan.permit_on, Plan.lawful_start_on)
    .outerjoin(Pairing, and_(Pairing.project_id == Project.id, Pairing.until.is_(None)))
    .outerjoin(Plan, and_(Plan.project_id == Project.id, Plan.number == 1))
    .where(Project.id.in_(bindparam("ids", expanding=True)))
)
"""The officers of projects, and the days their first plans told."""
_REVISION = union_all(
    *(select(func.count(), func.sum(row.version), func.max(row.id)) for row in _LIMITS),
    select(func.count(), func.max(SittingItemRow.id), func.sum(SittingItemRow.id)),
    select(func.count(Absence.withdrawn_at), func.max(Absence.id), func.sum(Absence.id)),
)
_counties: Remembered[County] = Remembered()


def county(session: Session, today: date, tables: YearTables | None = None) -> County:
    """What departments, rooms and officers can do from today on.

    Shape: read again only when a cheap question says that a row of it has changed; ``tables`` are the year
        tables, where they are read already.
    """
    years = tables or catalogue_queries.year_tables(session)
    revision = (today, years.digest, _revision(session))
    return _counties.get(session, "county", lambda: _read(session, today, years), revision=revision)


def live_projects(
    session: Session, today: date, ids: Collection[int] | None = None
) -> tuple[LiveProject, ...]:
    """The projects under way, with what has happened to them and what is promised for them.

    Shape: all of them, or those of ``ids``; ten queries at the most for every few hundred.
    """
    asked = select(Project).where(Project.status == ProjectStatus.ACTIVE).order_by(Project.id)
    if ids is not None:
        asked = asked.where(Project.id.in_(ids))
    rows = session.scalars(asked).all()
    found: list[LiveProject] = []
    for first in range(0, len(rows), _MOST_AT_ONCE):
        found.extend(_live(session, today, rows[first : first + _MOST_AT_ONCE]))
    return tuple(found)


def live_project(
    session: Session, project: Project, today: date, *, limits: County | None = None
) -> LiveProject:
    """One project under way, from its row. Shape: nobody asks for its sittings where ``limits`` know none."""
    is_anything_announced = limits is None or bool(limits.sittings)
    return _live(session, today, [project], is_anything_announced=is_anything_announced)[0]


def _revision(session: Session) -> object:
    return tuple(tuple(line) for line in session.connection().execute(_REVISION))


def _read(session: Session, today: date, years: YearTables) -> County:
    published = catalogue_queries.latest_catalogue(session)
    rooms = reviews.rooms(session)
    return County(
        calendar=years.calendar,
        holidays=years.holidays,
        departments=published.department_of if published else {},
        groups=published.review_group_of if published else {},
        benches=reviews.benches(session),
        changes=reviews.bench_changes(session, today),
        rules=reviews.sitting_rules(session),
        answers=reviews.answers(session, today, today + YEARS_AHEAD),
        sittings=reviews.sittings(session, today),
        rooms=len(rooms) or None,
        away=absences(session, today),
        daily_hand_ins=daily_hand_ins(session),
    )


def _live(
    session: Session, today: date, rows: Sequence[Project], *, is_anything_announced: bool = True
) -> list[LiveProject]:
    ids = [row.id for row in rows]
    begun = begun_steps(session, ids)
    recorded = happened(session, begun)
    actuals: dict[int, list[Actual]] = defaultdict(list)
    for step in begun:
        actuals[step.project_id].append(recorded[step.id])
    beside = {found.id: found for found in session.execute(_BESIDE, {"ids": ids})}
    booked, told = _booked(session, ids)
    promises = _promises(session, today, ids, booked, told, is_anything_announced=is_anything_announced)
    bridged = deferrals.bridged_by_project(session, tuple(ids))
    green = in_force(session, rows, today)
    found = []
    for row in rows:
        expansion = expansion_of(session, row)[1]
        there = {step.code for step in expansion.steps}
        found.append(
            LiveProject(
                id=row.id,
                code=row.code,
                name=row.name,
                revision=row.revision,
                expansion=expansion,
                terms=terms_of(row, today),
                actuals=tuple(actual for actual in actuals[row.id] if actual.step in there),
                bridged=bridged.get(row.id, ()),
                target_on=row.target_on,
                baseline_on=beside[row.id].permit_on or beside[row.id].lawful_start_on,
                is_green=row.id in green,
                officers=() if beside[row.id].a_id is None else (beside[row.id].a_id, beside[row.id].b_id),
                promises=promises.get(row.id, {}),
                booked=booked.get(row.id, {}),
            )
        )
    return found


def _booked(
    session: Session, ids: Collection[int]
) -> tuple[dict[int, dict[str, StepDays]], set[tuple[int, str]]]:
    """The days of the bookings of these projects, by project and step; and the steps whose day was told."""
    found: dict[int, dict[str, StepDays]] = defaultdict(dict)
    told = set()
    for project_id, code, is_told, *days in session.connection().execute(_BOOKINGS, {"ids": ids}).all():
        found[project_id][code] = booked_days(*days)
        if is_told:
            told.add((project_id, code))
    return found, told


def promises_of(session: Session, today: date, ids: Collection[int]) -> dict[int, dict[str, Promise]]:
    """What is promised for the steps of these projects: their bookings, and the sittings announced for them.

    Shape: by project and step.
    """
    return _promises(session, today, ids, *_booked(session, ids))


def _promises(
    session: Session,
    today: date,
    ids: Collection[int],
    booked: Mapping[int, Mapping[str, StepDays]],
    told: Collection[tuple[int, str]],
    *,
    is_anything_announced: bool = True,
) -> dict[int, dict[str, Promise]]:
    found: dict[int, dict[str, Promise]] = defaultdict(dict)
    for project_id, steps in booked.items():
        found[project_id] = {
            code: Promise(
                accept_on=step.accept_on, sitting=step.sitting, is_announced=(project_id, code) in told
            )
            for code, step in steps.items()
        }
    if not is_anything_announced:
        return found
    announced = (
        select(SittingItemRow.project_id, SittingItemRow.code, SittingRow.on, SittingRow.half)
        .join(SittingRow, SittingRow.id == SittingItemRow.sitting_id)
        .where(
            SittingItemRow.project_id.in_(ids),
            SittingRow.state == SittingState.ANNOUNCED,
            SittingRow.on >= today,
        )
    )
    for project_id, code, on, half in session.execute(announced):
        before = found[project_id].get(code)
        found[project_id][code] = Promise(
            accept_on=before.accept_on if before else None,
            sitting=HalfDay(on, half.number),
            is_announced=True,
        )
    return found
