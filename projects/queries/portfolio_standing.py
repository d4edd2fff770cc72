"""The plan of all projects as its page shows it: what stands, what waits for a yes, how full benches are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.rules.benches import Bench, BenchChange, places_by_day
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from projects.models.portfolio import Booked, BookedYear, PortfolioState
from projects.models.project import Plan, PlannedStep, Project, ProjectStatus
from projects.queries.portfolio_plan import (
    DayLoad,
    DepartmentLoad,
    PlanVersion,
    adopted,
    summary,
    versions,
)
from projects.rules.booked_days import YearDays, place_of, read_days
from projects.rules.portfolio_days import Summary
from projects.rules.progress import OWNERS


@dataclass(frozen=True, kw_only=True)
class SeenProject:
    """One project in the asker's sight, with the days of its own plan as they stand now."""

    project_id: int
    name: str
    target_on: date | None
    permit_on: date | None
    lawful_start_on: date | None

    @property
    def headline_on(self) -> date | None:
        """The day everyone watches: the permit, or the lawful start of a project that needs none."""
        return self.permit_on or self.lawful_start_on


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What there is of plans of all projects, for one person.

    Shape: ``versions`` the newest first; ``worth`` is of the version that stands, None before the first;
        ``projects`` are those in the asker's sight, by number.
    """

    versions: tuple[PlanVersion, ...]
    standing: PlanVersion | None
    worth: Summary | None
    projects: Mapping[int, SeenProject]

    @property
    def being_made(self) -> PlanVersion | None:
        """The version that is being made now."""
        return next((version for version in self.versions if version.is_open), None)

    @property
    def proposal(self) -> PlanVersion | None:
        """The newest version that waits for somebody to adopt or discard it."""
        newest = next((version for version in self.versions if version.may_be_adopted), None)
        after = self.standing.number if self.standing else 0
        return newest if newest and newest.number > after else None


def standing(session: Session, actor: Actor) -> Standing:
    """The plan that stands, what waits for a decision, and the projects in the actor's sight.

    Shape: three queries, one more where the plan that stands is older than the newest versions.
    """
    newest = versions(session)
    now = next((one for one in newest if one.state is PortfolioState.ADOPTED), None) or adopted(session)
    return Standing(
        versions=newest,
        standing=now,
        worth=summary(session, now.number) if now else None,
        projects=seen_projects(session, actor),
    )


def seen_projects(session: Session, actor: Actor) -> dict[int, SeenProject]:
    """The live projects in a person's sight, with the headline days of their own plans; one query."""
    rows = session.execute(
        select(Project.id, Project.name, Project.target_on, Plan.permit_on, Plan.lawful_start_on)
        .outerjoin(Plan, Plan.id == Project.plan_id)
        .where(Project.status == ProjectStatus.ACTIVE, within(actor, Project.id))
    )
    return {
        number: SeenProject(
            project_id=number, name=name, target_on=target, permit_on=permit, lawful_start_on=start
        )
        for number, name, target, permit, start in rows
    }


def department_loads(session: Session, days: Sequence[date]) -> tuple[DepartmentLoad, ...]:
    """How full every department is: those whose reviewers are counted, then the others with a step under way.

    Shape: of the others the steps are counted, as their projects' own plans have them. Two queries.
    """
    counted = counted_loads(session, days)
    under_way = _under_way(session, days, [load.department for load in counted])
    others = [
        DepartmentLoad(department, tuple(DayLoad(day, own.get(day, 0), None) for day in days))
        for department, own in sorted(under_way.items())
    ]
    return (*counted, *others)


def counted_loads(session: Session, days: Sequence[date]) -> tuple[DepartmentLoad, ...]:
    """How many cases each counted department works on by the bookings, of how many; the fullest first.

    Shape: one query.
    """
    first, last = days[0], days[-1]
    booked = and_(
        BookedYear.kind == Booked.BENCH,
        BookedYear.key == BenchRow.department,
        BookedYear.year.between(first.year, last.year),
    )
    changed = and_(
        BenchChangeRow.department == BenchRow.department,
        BenchChangeRow.first_on <= last,
        BenchChangeRow.last_on >= first,
    )
    benches: dict[str, Bench] = {}
    changes: dict[int, BenchChange] = {}
    used: dict[tuple[str, int], YearDays] = {}
    rows = session.execute(
        select(BenchRow, BenchChangeRow, BookedYear.year, BookedYear.taken)
        .outerjoin(BookedYear, booked)
        .outerjoin(BenchChangeRow, changed)
    )
    for bench, change, year, taken in rows:
        benches[bench.department] = bench.facts()
        if change is not None:
            changes[change.id] = change.facts()
        if year is not None:
            used[bench.department, year] = read_days(taken)
    found = []
    for department, bench in benches.items():
        places = places_by_day(bench, changes.values(), days)
        loads = tuple(
            DayLoad(day, _on(used.get((department, day.year)), day), most)
            for day, most in zip(days, places, strict=True)
        )
        found.append(DepartmentLoad(department, loads))
    return tuple(sorted(found, key=_emptiness))


def _on(taken: YearDays | None, day: date) -> int:
    return 0 if taken is None else int(taken[place_of(day)])


def _under_way(
    session: Session, days: Sequence[date], counted: Collection[str]
) -> dict[str, dict[date, int]]:
    """The steps under way at departments whose reviewers nobody counted, day by day."""
    rows = session.execute(
        select(PlannedStep.department, PlannedStep.accept_on, PlannedStep.finish_on, func.count())
        .join(Project, Project.id == PlannedStep.project_id)
        .where(
            Project.status == ProjectStatus.ACTIVE,
            PlannedStep.is_done.is_(False),
            PlannedStep.accept_on <= days[-1],
            PlannedStep.finish_on >= days[0],
            PlannedStep.department.not_in([*counted, *OWNERS]),
        )
        .group_by(PlannedStep.department, PlannedStep.accept_on, PlannedStep.finish_on)
    )
    found: dict[str, dict[date, int]] = {}
    for department, first, last, count in rows:
        own = found.setdefault(department, {})
        for day in days:
            if first <= day <= last:
                own[day] = own.get(day, 0) + count
    return found


def _emptiness(load: DepartmentLoad) -> tuple[float, str]:
    """Where a department comes in the table: by how full its fullest day is."""
    return -max((day.used / max(day.places or 0, 1) for day in load.days), default=0.0), load.department
