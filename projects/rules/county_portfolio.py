"""From live projects and a county's limits to what the planner plans: one portfolio on one shared axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import scheduler
from approvals.rules.catalogue import PERMIT, START
from projects.rules.county import County, LiveProject, Promise
from projects.rules.county_bodies import bodies
from projects.rules.expand import StepDraft
from projects.rules.graph import Circumstances, frame_of
from projects.rules.green_channel import green_weight
from projects.rules.portfolio_days import HalfDay
from scheduler.passes import forward
from scheduler.period import Segment
from scheduler.portfolio.demands import Bench, Demand, Officer, Portfolio, Project, Sitting

FROZEN_WORKDAYS = 10
"""What is booked within so many working days stays, unless it has become impossible: nobody is there then."""
SPARE_WORKDAYS, AMPLE_WORKDAYS = 250, 1500
"""How far beyond all work a plan looks at first, and once more where something found no room."""
_OUTSIDE = frozenset({"enterprise", "market"})
"""Levels of “departments” that have no counter: the enterprise itself and its firms."""
_URGENT, _PRESSING = 5, 20
_ANY_NUMBER = 1 << 20
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Built:
    """A portfolio, and the live projects it was built from, in the same order."""

    portfolio: Portfolio
    projects: tuple[LiveProject, ...]
    county: County
    today: date

    @property
    def axis(self) -> scheduler.WorkdayAxis:
        """The shared line of working days."""
        axis = self.portfolio.axis
        if not isinstance(axis, scheduler.WorkdayAxis):
            raise TypeError("a portfolio of a county stands on its calendar")
        return axis


def build(
    county: County,
    projects: Sequence[LiveProject],
    *,
    today: date,
    frozen_workdays: int = FROZEN_WORKDAYS,
    spare_workdays: int = SPARE_WORKDAYS,
    reach_on: date | None = None,
) -> Built:
    """Everything the planner must know of these projects and the county.

    A step asks for a place on its department's bench where one is recorded and there is work for it there;
    for a sitting where a rule names it; for an officer unless it is the enterprise's own.

    Units: civil days become points on one axis, whose day 0 begins the year of the earliest day of any
        project; the plan ends with the year in which everything could be done ``spare_workdays`` ago, and
        not before ``reach_on``. So what is worked out for one project serves the next.
    Raises: scheduler.CycleFound; scheduler.OutsideCalendar.
    Source: PR-3, PR-4 for joint reviews; WD-2.
    """
    axis = county.calendar.axis(_day_zero(projects, today))
    now = axis.point_of(today)
    reviewed = {code: group for group in county.sitting_groups for code in county.rules[group].matters}
    frozen_until = now + frozen_workdays
    benches = {bench.key: bench for bench in _benches(county, axis)}
    there = [
        _project(county, _with_open_sittings(project, axis, frozen_until), axis, reviewed, benches, today)
        for project in projects
    ]
    horizon = _horizon(county, there, axis, now) + spare_workdays
    if reach_on is not None:
        horizon = max(horizon, axis.point_of(reach_on))
    horizon = _last_point(axis, date(axis.date_of(horizon).year, 12, 31))
    return Built(
        portfolio=Portfolio(
            there,
            axis,
            horizon=horizon,
            today=now,
            frozen_until=frozen_until,
            benches=tuple(benches.values()),
            officers=tuple(_officers(county, projects, axis)),
            bodies=tuple(bodies(county, there, axis, today, horizon)),
            rooms=_ANY_NUMBER if county.rooms is None else county.rooms,
        ),
        projects=tuple(projects),
        county=county,
        today=today,
    )


def _day_zero(projects: Iterable[LiveProject], today: date) -> date:
    days = [today]
    for project in projects:
        days.append(project.start_on)
        for actual in project.actuals:
            days.extend(
                day for day in (actual.started_on, actual.accepted_on, actual.finished_on) if day is not None
            )
    return date(min(days).year, 1, 1)


# --- projects ---------------------------------------------------------------------------------------------


def _with_open_sittings(project: LiveProject, axis: scheduler.WorkdayAxis, frozen_until: int) -> LiveProject:
    """The same, but what is accepted looks for a sitting again where it had one only planned for later.

    Accepted earlier than planned, a step would otherwise lie until the sitting of its old day.
    """
    accepted = {actual.step for actual in project.actuals if actual.is_handed_in}
    later = {
        code: replace(promise, sitting=None)
        for code, promise in project.promises.items()
        if code in accepted
        and promise.sitting is not None
        and not promise.is_announced
        and axis.point_of(promise.sitting.on) > frozen_until
    }
    return replace(project, promises={**project.promises, **later}) if later else project


def _project(
    county: County,
    project: LiveProject,
    axis: scheduler.WorkdayAxis,
    reviewed: Mapping[str, str],
    benches: Mapping[str, Bench],
    today: date,
) -> Project:
    expansion, terms = project.expansion, project.terms
    frame = frame_of(expansion, terms.gates, project.what_if, project.bridged)
    happened = {actual.step: actual for actual in project.actuals}
    circumstances = Circumstances(happened, today, project.what_if)
    counted = frame.problem(terms.days, axis, circumstances, works_first=True)
    target = next((key for key in (PERMIT, START) if key in counted.index), expansion.steps[-1].code)
    release = axis.point_of(project.start_on)
    return Project(
        str(project.id),
        counted,
        {
            draft.code: _demand(county, project, draft, axis, reviewed, benches)
            for draft in expansion.steps
            if draft.code not in happened or happened[draft.code].finished_on is None
        },
        target=target,
        release=release,
        due=None if project.due_on is None else _last_point(axis, project.due_on),
        officers=tuple(str(officer) for officer in project.officers) if county.limits_officers else (),
        weight=_weight(project, counted, axis, target),
    )


def _demand(
    county: County,
    project: LiveProject,
    draft: StepDraft,
    axis: scheduler.WorkdayAxis,
    reviewed: Mapping[str, str],
    benches: Mapping[str, Bench],
) -> Demand:
    department = draft.matter.lead_department
    handling = draft.segments(project.terms.days)
    works = any(s.kind == "work" and s.days for s in handling)
    known = county.departments.get(department)
    promise = project.promises.get(draft.code)
    sitting = None if promise is None or promise.sitting is None else _sitting(axis, promise.sitting)
    is_reviewed = draft.code in reviewed
    planned = None if promise is None else _planned(county, axis, promise, reviewed.get(draft.code))
    bench = benches.get(department) if works else None
    is_told = promise is not None and promise.is_announced
    if bench is not None and planned is not None and not is_told:
        planned = None if _is_empty(bench, planned, handling, axis) else planned
    return Demand(
        None if bench is None else bench.key,
        reviewed.get(draft.code),
        needs_officer=bool(project.officers and county.limits_officers)
        and (known is None or known.level not in _OUTSIDE),
        planned=planned,
        sitting=sitting if is_reviewed else None,
        is_announced=is_told and planned is not None,
    )


def _is_empty(bench: Bench, accepted: int, handling: Sequence[Segment], axis: scheduler.WorkdayAxis) -> bool:
    """Whether nobody is at a bench on the day work would begin there."""
    places, begin = bench.places, accepted
    if isinstance(places, int):
        return not places
    for segment in handling:
        if segment.kind == "work" and segment.days:
            break
        begin = axis.forward(begin, segment)
    return not places[min(begin + 1, len(places) - 1)]


def _planned(county: County, axis: scheduler.WorkdayAxis, promise: Promise, group: str | None) -> int | None:
    """The acceptance that stands; for a sitting announced without one, the last that leaves it its notice."""
    if promise.accept_on is not None:
        return axis.point_of(promise.accept_on)
    if promise.sitting is None or group is None:
        return None
    return axis.point_of(promise.sitting.on) - county.groups[group].notice_workdays


def _weight(
    project: LiveProject, counted: scheduler.Problem, axis: scheduler.WorkdayAxis, target: str
) -> int:
    """What a working day past the promise costs: more the less is left between forecast and target.

    Shape: 3 where a target is at most five working days off, 2 up to twenty, else 1; a project nobody set a
        target for counts once; twice as much on the green channel.
    """
    if project.target_on is None:
        return green_weight(1, is_green=project.is_green)
    reached = forward(counted, axis).finish[counted.index[target]] if target in counted.index else 0
    later = max(0, axis.point_of(project.start_on) - (counted.today or 0))
    margin = _last_point(axis, project.target_on) - reached - later
    pressing = 3 if margin <= _URGENT else 2 if margin <= _PRESSING else 1
    return green_weight(pressing, is_green=project.is_green)


# --- the county's limits ----------------------------------------------------------------------------------


def _benches(county: County, axis: scheduler.WorkdayAxis) -> Iterator[Bench]:
    for department, bench in county.benches.items():
        places = [
            (change.first_on, change.last_on, change.reviewers, False)
            for change in county.changes
            if change.department == department
        ]
        places += [
            (one.first_on, one.last_on, one.fewer, True)
            for one in county.short
            if one.department == department
        ]
        yield Bench(department, _by_day(bench.reviewers, places, axis))


def _by_day(
    usual: int, changes: Sequence[tuple[date, date, int, bool]], axis: scheduler.WorkdayAxis
) -> int | tuple[int, ...]:
    """One number for every day, or one per day up to the end of the last change, and the usual one after it.

    Shape: a change sets a number, or takes as many away where its last entry says so; never below 0.
    """
    spans = [
        (max(0, axis.point_of(first)), _last_point(axis, last), number, is_less)
        for first, last, number, is_less in changes
    ]
    end = max((last for _, last, _, _ in spans), default=-1)
    if end < 0:
        return usual
    days = [usual] * (end + 2)
    for first, last, number, is_less in spans:
        for point in range(first, last + 1):
            days[point] = max(0, days[point] - number) if is_less else number
    return tuple(days)


def _officers(
    county: County, projects: Sequence[LiveProject], axis: scheduler.WorkdayAxis
) -> Iterator[Officer]:
    """Everybody who hands in, once any officer's days are recorded: how many steps on which day."""
    if not county.limits_officers:
        return
    for officer in sorted({officer for project in projects for officer in project.officers}):
        days = (one.whole_days for one in county.away if one.person_id == officer)
        spans = [(first, last, 0, False) for first, last in filter(None, days)]
        yield Officer(str(officer), _by_day(county.daily_hand_ins.get(officer, _ANY_NUMBER), spans, axis))


def _horizon(county: County, projects: Sequence[Project], axis: scheduler.WorkdayAxis, now: int) -> int:
    """A point nothing needs to go beyond: the ends without limits, then every queue's work in one row.

    Units: points.
    """
    ends = (
        max(forward(project.problem, axis).finish, default=now) + max(0, project.release - now)
        for project in projects
    )
    end = max(ends, default=now)
    work: Counter[str] = Counter()
    hand_ins: Counter[int] = Counter()
    for project in projects:
        for step in project.problem.steps:
            demand = project.demands.get(step.key)
            if demand is not None and demand.bench is not None:
                work[demand.bench] += step.nominal_handling
            if demand is not None and demand.needs_officer:
                hand_ins[int(project.officers[0])] += 1
    queues = [days // max(1, county.benches[bench].reviewers) for bench, days in work.items()]
    queues += [
        steps // county.daily_hand_ins.get(officer, _ANY_NUMBER) for officer, steps in hand_ins.items()
    ]
    return max(end, now) + max(queues, default=0)


def _sitting(axis: scheduler.WorkdayAxis, half: HalfDay) -> Sitting:
    return Sitting(axis.point_of(half.on), half.half)


def _last_point(axis: scheduler.WorkdayAxis, day: date) -> int:
    """The last working day that is not after a civil day. Units: a point."""
    return axis.point_of(day + _ONE_DAY) - 1
