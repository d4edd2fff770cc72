"""What a plan of all projects is made from, read from the rows: the live projects and the county's limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select, union_all
from sqlalchemy.orm import Session

from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.models.review import AvailabilityRow, RoomRow, SittingItemRow, SittingRow, SittingRuleRow
from approvals.models.step import Step, StepState
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.sittings import SittingState
from concierge.staff.models import Absence, Pairing
from concierge.staff.queries import absences
from projects.models.portfolio import BookedDay, BookingRow
from projects.models.project import Plan, Project, ProjectStatus
from projects.queries.standing import actuals_of, expansion_of, terms_of
from projects.rules.booked_days import Booked, Taken
from projects.rules.county import County, LiveProject, Promise, half_day_of
from projects.rules.county_portfolio import Built
from projects.rules.portfolio_days import HalfDay
from scheduler.portfolio.demands import Sitting as Seat
from scheduler.portfolio.plan import Occupancy

YEARS_AHEAD = timedelta(days=3 * 366)
_MOST_AT_ONCE = 400
_LIMITS = (BenchRow, BenchChangeRow, RoomRow, SittingRuleRow, AvailabilityRow, SittingRow)
_kept: WeakKeyDictionary[Engine, tuple[object, County]] = WeakKeyDictionary()


def county(session: Session, today: date) -> County:
    """What departments, rooms and officers can do from today on.

    Shape: read again only when one cheap question says that a row of it has changed.
    """
    engine = session.get_bind().engine
    revision = (today, catalogue_queries.calendar_digest(session), _revision(session))
    kept = _kept.get(engine)
    if kept is not None and kept[0] == revision:
        return kept[1]
    found = _read(session, today)
    _kept[engine] = (revision, found)
    return found


def live_projects(
    session: Session, today: date, ids: Collection[int] | None = None
) -> tuple[LiveProject, ...]:
    """The projects under way, with what has happened to them and what is promised for them.

    Shape: all of them, or those of ``ids``; five queries for every few hundred.
    """
    asked = select(Project).where(Project.status == ProjectStatus.ACTIVE).order_by(Project.id)
    if ids is not None:
        asked = asked.where(Project.id.in_(ids))
    rows = session.scalars(asked).all()
    found: list[LiveProject] = []
    for first in range(0, len(rows), _MOST_AT_ONCE):
        found.extend(_live(session, today, rows[first : first + _MOST_AT_ONCE]))
    return tuple(found)


def live_project(session: Session, project: Project, today: date) -> LiveProject:
    """One project under way, from its row."""
    return _live(session, today, [project])[0]


def occupancy(session: Session, built: Built, own: Mapping[Taken, int]) -> Occupancy:
    """What all others have booked from today on, as far as the steps of a portfolio could meet it.

    Shape: ``own`` is what the bookings of the portfolio's own projects take.
    """
    axis, portfolio = built.axis, built.portfolio
    is_workday, point_of = built.county.calendar.is_workday, axis.point_of
    places: dict[tuple[str, int], int] = {}
    hand_ins: dict[tuple[str, int], int] = {}
    offered = {(body.key, sitting) for body in portfolio.bodies for sitting in body.sittings}
    known = {body.key for body in portfolio.bodies}
    announced = (half_day_of(sitting) for sitting in built.county.sittings)
    seats = {(group, Seat(point_of(half.on), half.half)): 0 for group, half in announced if group in known}
    keys = [*_asked_benches(built), *known, *(officer.key for officer in portfolio.officers)]
    rows = session.execute(
        select(BookedDay.kind, BookedDay.key, BookedDay.day, BookedDay.half, BookedDay.used).where(
            BookedDay.key.in_(keys), BookedDay.day >= built.today
        )
    )
    for kind, key, day, half, used in rows:
        left = used - own.get(Taken(kind, key, day, half), 0)
        if left <= 0 or not is_workday(day):
            continue
        if kind is Booked.BENCH:
            places[key, point_of(day)] = left
        elif kind is Booked.OFFICER:
            hand_ins[key, point_of(day)] = left
        elif (key, Seat(point_of(day), half)) in offered:
            seats[key, Seat(point_of(day), half)] = left
    return Occupancy(places, hand_ins, seats)


def _asked_benches(built: Built) -> list[str]:
    wanted = {demand.bench for project in built.portfolio.projects for demand in project.demands.values()}
    return sorted(bench for bench in wanted if bench is not None)


def _revision(session: Session) -> object:
    question = union_all(
        *(select(func.count(), func.sum(row.version), func.max(row.id)) for row in _LIMITS),
        select(func.count(), func.max(SittingItemRow.id), func.sum(SittingItemRow.id)),
        select(func.count(Absence.withdrawn_at), func.max(Absence.id), func.sum(Absence.id)),
    )
    return tuple(tuple(line) for line in session.execute(question))


def _read(session: Session, today: date) -> County:
    published = reviews.latest_catalogue(session)
    rooms = reviews.rooms(session)
    return County(
        calendar=catalogue_queries.work_calendar(session),
        holidays=catalogue_queries.holidays(session),
        departments=published.department_of if published else {},
        groups=published.review_group_of if published else {},
        benches=reviews.benches(session),
        changes=reviews.bench_changes(session, today),
        rules=reviews.sitting_rules(session),
        answers=reviews.answers(session, today, today + YEARS_AHEAD),
        sittings=reviews.sittings(session, today),
        rooms=len(rooms) or None,
        away=absences(session, today),
    )


def _live(session: Session, today: date, rows: Sequence[Project]) -> list[LiveProject]:
    ids = [row.id for row in rows]
    steps: dict[int, list[Step]] = defaultdict(list)
    asked = select(Step).where(Step.project_id.in_(ids), Step.state != StepState.NOT_REQUIRED)
    for step in session.scalars(asked.order_by(Step.project_id, Step.number)):
        steps[step.project_id].append(step)
    pairs = {
        project_id: (a, b)
        for project_id, a, b in session.execute(
            select(Pairing.project_id, Pairing.a_id, Pairing.b_id).where(
                Pairing.project_id.in_(ids), Pairing.until.is_(None)
            )
        )
    }
    first = select(Plan.project_id, Plan.permit_on, Plan.lawful_start_on).where(
        Plan.project_id.in_(ids), Plan.number == 1
    )
    baselines = {project_id: permit or start for project_id, permit, start in session.execute(first)}
    promises = promises_of(session, today, ids)
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
                actuals=tuple(actual for actual in actuals_of(steps[row.id]) if actual.step in there),
                target_on=row.target_on,
                baseline_on=baselines.get(row.id),
                officers=pairs.get(row.id, ()),
                promises=promises.get(row.id, {}),
            )
        )
    return found


def promises_of(session: Session, today: date, ids: Collection[int]) -> dict[int, dict[str, Promise]]:
    """What is promised for the steps of these projects: their bookings, and the sittings announced for them.

    Shape: by project and step.
    """
    found: dict[int, dict[str, Promise]] = defaultdict(dict)
    for row in session.scalars(select(BookingRow).where(BookingRow.project_id.in_(ids))):
        sitting = None
        if row.sitting_on is not None and row.sitting_half is not None:
            sitting = HalfDay(row.sitting_on, row.sitting_half)
        found[row.project_id][row.code] = Promise(
            accept_on=row.accept_on, sitting=sitting, is_announced=row.is_told
        )
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
        booked = found[project_id].get(code)
        found[project_id][code] = Promise(
            accept_on=booked.accept_on if booked else None,
            sitting=HalfDay(on, half.number),
            is_announced=True,
        )
    return found
