"""The finished cases of all projects, measured for the question how long things really take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.cases import stops_ever
from approvals.rules.catalogue import Catalogue, Matter, Override
from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import Periods, periods
from approvals.rules.stops import ClockStop
from projects.models.project import Project
from projects.rules.durations import CaseSpan, PeriodField, Planned
from projects.rules.progress import OWNERS
from scheduler import Basis, WorkCalendar

MOST_CASES = 20_000
_AT_ONCE = 500


def case_spans(session: Session, since: date) -> list[CaseSpan]:
    """The cases finished since a day, the newest ``MOST_CASES`` of them, measured.

    Units: as ``CaseSpan`` says.
    Shape: one query for the cases and one for every few hundred of them that stopped.
    """
    rows = session.execute(
        select(Step, Project.template, Project.edition_id)
        .join(Project, Project.id == Step.project_id)
        .where(Step.finished_on >= since, Step.accepted_on.is_not(None))
        .order_by(Step.finished_on.desc(), Step.id.desc())
        .limit(MOST_CASES)
    ).all()
    calendar = catalogue_queries.work_calendar(session)
    stops = _ended_stops(session, [step.id for step, _, _ in rows])
    catalogues = {
        number: catalogue_queries.catalogue(number, session) for number in {edition for _, _, edition in rows}
    }
    measure = _Measure(calendar)
    return [
        measure.span(step, template, catalogues[edition], stops.get(step.id, ()))
        for step, template, edition in rows
    ]


def planned_lengths(session: Session) -> Iterator[Planned]:
    """Every length in the draft of the catalogue that practice could prove wrong.

    Shape: a matter's own, and what templates change on it.
    """
    draft = catalogue_queries.draft_catalogue(session)
    for matter in draft.matters:
        for one in PeriodField:
            yield Planned(template="", matter=matter.code, field=one, value=getattr(matter, one.value))
    for template in draft.templates:
        for override in template.overrides:
            for one in PeriodField:
                value = getattr(override, one.value)
                if value is not None:
                    yield Planned(template=template.code, matter=override.matter, field=one, value=value)


def _ended_stops(session: Session, step_ids: Sequence[int]) -> dict[int, tuple[ClockStop, ...]]:
    """The stops of these steps that have ended, a few hundred steps at once."""
    found: dict[int, tuple[ClockStop, ...]] = {}
    for first in range(0, len(step_ids), _AT_ONCE):
        found |= stops_ever(session, step_ids[first : first + _AT_ONCE])
    return {step: tuple(stop for stop in stops if not stop.is_open) for step, stops in found.items()}


class _Measure:
    """Measures cases on one calendar; a matter's periods are worked out once for each template."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._periods: dict[tuple[int, str, str], Periods] = {}

    def span(self, step: Step, template: str, catalogue: Catalogue, stops: Sequence[ClockStop]) -> CaseSpan:
        matter, of = catalogue.matter(step.code), self._of(catalogue, template, step.code)
        accepted, finished = step.accepted_on or date.min, step.finished_on or date.max
        stopped = self._stopped(stops, accepted, finished)
        began = step.preparing_since
        return CaseSpan(
            template=template,
            matter=step.code,
            department=step.department,
            is_owners=step.department in OWNERS,
            prepared=self.calendar.workdays_between(began, min(step.received_on or accepted, accepted))
            if began is not None and began <= accepted
            else None,
            special=self._special(matter, stops, accepted, finished),
            stopped=stopped,
            used=max(0, self.calendar.workdays_between(accepted, finished) - stopped),
            promised=of.promised.days,
            is_past_law=step.statutory_end_on is not None and finished > step.statutory_end_on,
        )

    def _of(self, catalogue: Catalogue, template: str, code: str) -> Periods:
        key = (id(catalogue), template, code)
        if key not in self._periods:
            override: Override | None = catalogue.template(template).override_of.get(code)
            self._periods[key] = periods(catalogue.matter(code), override)
        return self._periods[key]

    def _stopped(self, stops: Sequence[ClockStop], accepted: date, finished: date) -> int:
        """The working days between acceptance and result on which the clock stood still."""
        days = {day for stop in stops for day in _days(stop) if accepted < day <= finished}
        return sum(self.calendar.is_workday(day) for day in days)

    def _special(
        self, matter: Matter, stops: Sequence[ClockStop], accepted: date, finished: date
    ) -> int | None:
        """The days of special procedures, in the matter's own unit; None where none was recorded."""
        days = {
            day
            for stop in stops
            if stop.kind is not StopKind.CORRECTION
            for day in _days(stop)
            if accepted < day <= finished
        }
        if not days:
            return None
        if matter.special_basis == Basis.CALENDAR:
            return len(days)
        return sum(self.calendar.is_workday(day) for day in days)


def _days(stop: ClockStop) -> Iterator[date]:
    for ordinal in range(stop.first_on.toordinal(), (stop.last_on or stop.first_on).toordinal() + 1):
        yield date.fromordinal(ordinal)
