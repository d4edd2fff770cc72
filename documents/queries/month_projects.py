"""What projects and departments did in a month: opened, ended, decided, and how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries.catalogue import latest_catalogue, work_calendar
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock
from concierge.kernel.errors import N_
from concierge.staff.models import Pairing
from concierge.staff.queries import names
from documents.rules.statistics import (
    CountedBy,
    Figure,
    HandedIn,
    Line,
    Month,
    Ran,
    Section,
    Taken,
    lines_by,
    mean_of,
    median_of,
    not_asked_again,
    ran_beside_others,
)
from projects.models.project import Project
from projects.rules.ending import Ending
from projects.rules.progress import OWNERS
from scheduler.workdays import WorkCalendar

HEADS = (
    N_("Decided with a result"),
    N_("By the promised day"),
    N_("Promised days"),
    N_("Days by law"),
    N_("Days taken"),
    N_("Median days taken"),
)


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Projects, decided steps, papers and officers of a month; six queries, the calendar and the catalogue.

    Source: SV-7.
    """
    first_on, last_on = month.first_on, min(month.last_on, today)
    catalogue = latest_catalogue(session)
    steps = session.scalars(select(Step).where(_cases(), Step.finished_on.between(first_on, last_on))).all()
    taken = _taken(steps, work_calendar(session), catalogue)
    return (
        _projects(session, first_on, last_on),
        *_days(taken, _beside(session, first_on, last_on)),
        _reuse(session, first_on, last_on, catalogue),
        _officers(session, last_on),
    )


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


def _days(taken: Sequence[Taken], beside: tuple[int, int]) -> tuple[Section, ...]:
    """Promised, lawful and actual days of what was decided: by department, by matter, by stage."""
    actual = [one.actual for one in taken]
    promised = [one for one in taken if one.promised]
    return (
        Section(
            title=N_("Days of decided cases"),
            figures=(
                Figure(N_("Decided with a result"), len(taken)),
                Figure(N_("Decided by the promised day"), sum(one.is_in_time for one in taken), len(taken)),
                Figure(N_("Decided before the promised day"), sum(one.is_early for one in taken), len(taken)),
                Figure(N_("Mean working days promised"), mean_of([one.promised for one in taken])),
                Figure(N_("Mean working days by law"), mean_of([one.lawful for one in taken])),
                Figure(N_("Mean working days taken"), mean_of(actual)),
                Figure(N_("Median working days taken"), median_of(actual)),
                Figure(
                    N_("Working days used of those promised"),
                    sum(one.actual for one in promised),
                    sum(one.promised or 0 for one in promised),
                ),
                Figure(N_("Decided while another step of the project ran"), *beside),
            ),
            heads=HEADS,
            lines=lines_by(taken, lambda one: one.department),
        ),
        Section(
            title=N_("Days by matter"),
            heads=HEADS,
            lines=lines_by(taken, lambda one: one.matter),
            counted_by=CountedBy.MATTER,
        ),
        Section(
            title=N_("Days by stage"),
            heads=HEADS,
            lines=lines_by(taken, lambda one: one.stage),
            counted_by=CountedBy.STAGE,
        ),
    )


def _taken(steps: Sequence[Step], calendar: WorkCalendar, catalogue: Catalogue | None) -> list[Taken]:
    def workdays(accepted_on: date, end_on: date | None) -> int | None:
        return None if end_on is None else calendar.workdays_between(accepted_on, end_on)

    def stage(code: str) -> str:
        matter = catalogue.matter_of.get(code) if catalogue is not None else None
        return matter.stage if matter is not None else ""

    return [
        Taken(
            one.department,
            one.code,
            stage(one.code),
            workdays(one.accepted_on, one.promised_end_on),
            workdays(one.accepted_on, one.statutory_end_on),
            calendar.workdays_between(one.accepted_on, one.finished_on),
        )
        for one in steps
        if one.accepted_on is not None and one.finished_on is not None
    ]


def _beside(session: Session, first_on: date, last_on: date) -> tuple[int, int]:
    """How many of the steps decided in the month ran beside another; one query."""
    decided = select(Step.project_id).where(_cases(), Step.finished_on.between(first_on, last_on))
    rows = session.execute(
        select(Step.project_id, Step.accepted_on, Step.finished_on).where(
            _cases(), Step.project_id.in_(decided)
        )
    )
    ran = [Ran(project_id, accepted, finished) for project_id, accepted, finished in rows if accepted]
    return ran_beside_others(ran, first_on, last_on)


def _cases() -> ColumnElement[bool]:
    return and_(Step.department.not_in(OWNERS), Step.accepted_on.is_not(None))


def _reuse(session: Session, first_on: date, last_on: date, catalogue: Catalogue | None) -> Section:
    """The papers asked for by what was handed in, and those that were there already; one query."""
    came_on = func.coalesce(Step.received_on, Step.accepted_on)
    now = select(Step.project_id).where(came_on.between(first_on, last_on))
    rows = session.execute(
        select(Step.project_id, Step.code, came_on)
        .where(Step.project_id.in_(now), came_on <= last_on)
        .order_by(Step.id)
    )
    asked = catalogue.materials_of if catalogue is not None else {}
    handed_in = [
        HandedIn(project_id, on, tuple(one.code for one in asked.get(code, ())))
        for project_id, code, on in rows
    ]
    spared, papers = not_asked_again(handed_in, first_on, last_on)
    return Section(
        title=N_("Papers used again"),
        figures=(
            Figure(N_("Papers the steps handed in ask for"), papers),
            Figure(N_("Not asked for again"), spared, papers),
        ),
    )


def _officers(session: Session, last_on: date) -> Section:
    """How many projects each officer holds as A and as B at the end of the month; two queries."""
    held = session.execute(
        select(Pairing.a_id, Pairing.b_id)
        .join(Project, Project.id == Pairing.project_id)
        .where(
            Pairing.since <= last_on,
            or_(Pairing.until.is_(None), Pairing.until > last_on),
            or_(Project.ended_on.is_(None), Project.ended_on > last_on),
        )
    ).all()
    as_a, as_b = Counter(a_id for a_id, _ in held), Counter(b_id for _, b_id in held)
    called = names(session, {*as_a, *as_b})
    order = sorted(called, key=lambda one: (-as_a[one], -as_b[one], called[one]))
    return Section(
        title=N_("Projects of each officer"),
        heads=(N_("As A"), N_("As B")),
        lines=tuple(Line(called[one], (as_a[one], as_b[one])) for one in order),
        counted_by=CountedBy.OFFICER,
    )


def _moment(day: date) -> datetime:
    """The moment a civil day begins."""
    return datetime.combine(day, time.min, clock.SHANGHAI)
