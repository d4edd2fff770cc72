"""The departments' record in a period, read from the steps, their stops and the cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.case import StopRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StepState
from approvals.rules.stops import ClockStop
from concierge.supervision.models.card import CardRow
from concierge.supervision.queries.held import held_cases
from concierge.supervision.queries.running import RunningStep
from concierge.supervision.rules.card import Colour, Ending
from concierge.supervision.rules.league import CaseCard, ClosedCase, DepartmentRecord, league, rank_moves
from concierge.supervision.rules.reporting_period import (
    ReportingPeriod,
    ReportSpan,
    period_before,
    reporting_period,
)
from concierge.supervision.rules.thresholds import OWNERS, RunningCase, used_of
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class LeagueTable:
    """The departments in a period. Shape: ``moves`` is by how many places each rose since the one before."""

    span: ReportSpan
    period: ReportingPeriod
    workdays: int
    records: Sequence[DepartmentRecord]
    moves: Mapping[str, int]


def league_table(session: Session, span: ReportSpan, today: date) -> LeagueTable:
    """The league of a span; three queries, three more where a promise was broken."""
    now, before = reporting_period(span, today), period_before(span, today)
    calendar = catalogue_queries.work_calendar(session)
    steps = _steps(session, before.first, now.last)
    closed = _closed(session, steps, calendar)
    cards = _cards(session, before.first, now.last)
    records = _records(closed, steps, cards, now)
    return LeagueTable(
        span=span,
        period=now,
        workdays=calendar.workdays_between(now.first, now.last) + calendar.is_workday(now.first),
        records=records,
        moves=rank_moves(records, _records(closed, steps, cards, before)),
    )


def _over() -> ColumnElement[date]:
    """The day a department decided: with a result, or with a refusal."""
    return func.coalesce(Step.finished_on, Step.ended_on)


def _in_hand(first: date, last: date) -> ColumnElement[bool]:
    return and_(
        Step.department.not_in(OWNERS),
        Step.accepted_on <= last,
        or_(_over().is_(None), _over() >= first),
    )


@dataclass(frozen=True)
class _Handled:
    """One step a department held in the days asked about; columns only, for there may be many."""

    id: int
    project_id: int
    code: str
    attempt: int
    department: str
    state: StepState
    accepted_on: date | None
    promised_end_on: date | None
    finished_on: date | None
    ended_on: date | None


def _steps(session: Session, first: date, last: date) -> list[_Handled]:
    columns = (getattr(Step, column.name) for column in fields(_Handled))
    return [_Handled(*row) for row in session.execute(select(*columns).where(_in_hand(first, last)))]


def _stops(session: Session, first: date, last: date) -> dict[int, tuple[ClockStop, ...]]:
    rows = session.scalars(
        select(StopRow)
        .join(Step, and_(Step.id == StopRow.step_id, Step.attempt == StopRow.attempt))
        .where(StopRow.is_void.is_(False), _in_hand(first, last))
        .order_by(StopRow.id)
    )
    found: dict[int, list[ClockStop]] = defaultdict(list)
    for row in rows:
        found[row.step_id].append(row.facts())
    return {step_id: tuple(stops) for step_id, stops in found.items()}


def _closed(session: Session, steps: Sequence[_Handled], calendar: WorkCalendar) -> list[ClosedCase]:
    """The decided ones; where the promise was broken, it is asked whose result they waited for."""
    decided = [(step, ended_on) for step in steps if (ended_on := _decided_on(step)) is not None]
    if not decided:
        return []
    first = min(step.accepted_on or ended_on for step, ended_on in decided)
    stops = _stops(session, first, max(ended_on for _, ended_on in decided))
    found = {
        step.id: _closed_case(step, ended_on, stops.get(step.id, ()), calendar) for step, ended_on in decided
    }
    late = [_as_running(step, stops.get(step.id, ())) for step, _ in decided if found[step.id].late]
    held = held_cases(session, late) if late else {}
    for step, ended_on in decided:
        until = held[step.id].held_until if step.id in held else None
        if until is not None:
            found[step.id] = _waited_case(found[step.id], step.promised_end_on or ended_on, until, calendar)
    return list(found.values())


def _decided_on(step: _Handled) -> date | None:
    """The day a department decided on an accepted case; None while it runs, or for another ending."""
    if step.promised_end_on is None:
        return None
    return step.finished_on or (step.ended_on if step.state is StepState.REFUSED else None)


def _as_running(step: _Handled, stops: tuple[ClockStop, ...]) -> RunningStep:
    return RunningStep(
        step_id=step.id,
        project_id=step.project_id,
        code=step.code,
        attempt=step.attempt,
        department=step.department,
        case=RunningCase(accepted_on=step.accepted_on, promised_end_on=step.promised_end_on, stops=stops),
    )


def _closed_case(
    step: _Handled, ended_on: date, stops: tuple[ClockStop, ...], calendar: WorkCalendar
) -> ClosedCase:
    promised_end_on = step.promised_end_on or ended_on
    gone = used_of(step.accepted_on or ended_on, promised_end_on, stops, calendar, ended_on)
    return ClosedCase(
        department=step.department,
        ended_on=ended_on,
        promised=gone.total,
        used=gone.used,
        paused=gone.paused,
        late=gone.late,
    )


def _waited_case(case: ClosedCase, promised_end_on: date, until: date, calendar: WorkCalendar) -> ClosedCase:
    """A late case without the days after its promise on which it only waited for another step's result."""
    waited = max(0, calendar.workdays_between(promised_end_on, min(until, case.ended_on)))
    return replace(case, used=case.used - waited, late=max(0, case.late - waited))


def _cards(session: Session, first: date, last: date) -> list[tuple[date, int, int, str, Colour]]:
    """The cards shown between two days, without those an appeal took down."""
    rows = session.execute(
        select(CardRow.shown_on, CardRow.step_id, CardRow.attempt, CardRow.department, CardRow.colour).where(
            CardRow.shown_on.between(first, last),
            or_(CardRow.ended_how.is_(None), CardRow.ended_how != Ending.APPEAL_UPHELD),
        )
    )
    return [(on, step_id, attempt, department, colour) for on, step_id, attempt, department, colour in rows]


def _records(
    closed: Sequence[ClosedCase],
    steps: Sequence[_Handled],
    cards: Sequence[tuple[date, int, int, str, Colour]],
    period: ReportingPeriod,
) -> tuple[DepartmentRecord, ...]:
    running = Counter(step.department for step in steps if _runs_at(step, period.last))
    hardest: dict[tuple[int, int], CaseCard] = {}
    for on, step_id, attempt, department, colour in cards:
        known = hardest.get((step_id, attempt))
        if period.first <= on <= period.last and (known is None or colour is Colour.RED):
            hardest[step_id, attempt] = CaseCard(department=department, colour=colour)
    return league(
        [case for case in closed if period.first <= case.ended_on <= period.last],
        running,
        hardest.values(),
    )


def _runs_at(step: _Handled, day: date) -> bool:
    over = step.finished_on or step.ended_on
    return step.accepted_on is not None and step.accepted_on <= day and (over is None or over > day)
