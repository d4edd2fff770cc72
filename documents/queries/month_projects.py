"""What projects and departments did in a month: opened, ended, decided, and how long it took."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries.catalogue import work_calendar
from concierge.kernel import clock
from concierge.kernel.errors import N_
from documents.rules.statistics import Figure, Month, Section, Taken, department_lines, mean_of, median_of
from projects.models.project import Project
from projects.rules.ending import Ending
from projects.rules.progress import OWNERS


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Projects and decided steps of a month; two queries and the calendar.

    Source: SV-7.
    """
    last_on = min(month.last_on, today)
    return (_projects(session, month.first_on, last_on), _days(session, month.first_on, last_on))


def _projects(session: Session, first_on: date, last_on: date) -> Section:
    begin, end = _moment(first_on), _moment(last_on + timedelta(days=1))
    ended = Project.ended_on.between(first_on, last_on)
    runs = and_(Project.opened_at < end, or_(Project.ended_on.is_(None), Project.ended_on > last_on))

    def counted(condition: object) -> object:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)  # type: ignore[arg-type]

    opened, closed, completed, running = session.execute(
        select(
            counted(and_(Project.opened_at >= begin, Project.opened_at < end)),  # type: ignore[call-overload]
            counted(ended),
            counted(and_(ended, Project.ending == Ending.COMPLETED)),
            counted(runs),
        )
    ).one()
    return Section(
        title=N_("Projects in the month"),
        figures=(
            Figure(N_("Projects opened"), int(opened)),
            Figure(N_("Projects closed"), int(closed)),
            Figure(N_("of these completed"), int(completed)),
            Figure(N_("Projects running at its end"), int(running)),
        ),
    )


def _days(session: Session, first_on: date, last_on: date) -> Section:
    """Promised, lawful and actual days of what was decided, department by department."""
    calendar = work_calendar(session)
    rows = session.execute(
        select(
            Step.department, Step.accepted_on, Step.promised_end_on, Step.statutory_end_on, Step.finished_on
        ).where(
            Step.department.not_in(OWNERS),
            Step.accepted_on.is_not(None),
            Step.finished_on.between(first_on, last_on),
        )
    )

    def workdays(accepted_on: date, end_on: date | None) -> int | None:
        return None if end_on is None else calendar.workdays_between(accepted_on, end_on)

    taken = [
        Taken(
            department,
            workdays(accepted_on, promised),
            workdays(accepted_on, lawful),
            calendar.workdays_between(accepted_on, finished_on),
        )
        for department, accepted_on, promised, lawful, finished_on in rows
        if accepted_on is not None and finished_on is not None
    ]
    actual = [one.actual for one in taken]
    return Section(
        title=N_("Days of decided cases"),
        figures=(
            Figure(N_("Decided with a result"), len(taken)),
            Figure(N_("Decided by the promised day"), sum(one.is_in_time for one in taken), len(taken)),
            Figure(N_("Mean working days promised"), mean_of([one.promised for one in taken])),
            Figure(N_("Mean working days by law"), mean_of([one.lawful for one in taken])),
            Figure(N_("Mean working days taken"), mean_of(actual)),
            Figure(N_("Median working days taken"), median_of(actual)),
        ),
        heads=(
            N_("Decided with a result"),
            N_("By the promised day"),
            N_("Promised days"),
            N_("Days by law"),
            N_("Days taken"),
        ),
        lines=department_lines(taken),
    )


def _moment(day: date) -> datetime:
    """The moment a civil day begins."""
    return datetime.combine(day, time.min, clock.SHANGHAI)
