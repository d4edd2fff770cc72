"""Record what happened to a step of a project; what it waits for is read from the project's own edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.progress import Act, Move
from approvals.services.move_step import move_step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.standing import expansion_of
from projects.rules.terms import GatesMode
from projects.rules.waiting import OthersRestOnIt, resting_on, waiting_for
from scheduler import WorkCalendar


@dataclass(frozen=True)
class Counter:
    """When papers came over the counter, and when it closes.

    Units: local wall-clock times of the office.
    """

    at: datetime
    closing: time


def record_move(  # noqa: PLR0913  (a form's fields, and who sends it)
    step_id: int,
    move: Move,
    on: date,
    *,
    version: int | None = None,
    result_number: str = "",
    counter: Counter | None = None,
    lang: str = "zh",
    by: Actor,
) -> None:
    """Record one move of a step that says no more than its day: begun, accepted, passed, taken back.

    Raises: as ``record_act``.
    """
    act = Act(move, on, number=result_number)
    record_act(step_id, act, version=version, counter=counter, lang=lang, by=by)


def record_act(
    step_id: int,
    act: Act,
    *,
    version: int | None = None,
    counter: Counter | None = None,
    lang: str = "zh",
    by: Actor,
) -> None:
    """Record what somebody did about a step.

    Shape: ``counter`` says that papers were handed in just now; after closing time, and on a rest day,
        they count as received on the next working day.
    Raises: Missing, Stale; NoSuchMove, StepNotReady, NotYet, OutOfOrder, OthersRestOnIt.
    Effects: the project's revision rises, so that its plan is made again.
    """
    with work(by) as w:
        step = w.get(Step, step_id, version=version)
        counted_on = act.on
        if act.move is Move.ACCEPT and act.on <= clock.today():
            counted_on = _received_on(catalogue_queries.work_calendar(w.session), act.on, counter)
        today = max(clock.today(), counted_on) if counted_on != act.on else None
        record(w, step, replace(act, on=counted_on), today=today, lang=lang)


def _received_on(calendar: WorkCalendar, on: date, counter: Counter | None) -> date:
    """The working day papers count as received on. Source: WD-3."""
    if counter is not None and counter.at.date() == on:
        return calendar.received_on(counter.at, counter.closing)
    return calendar.on_or_after(on)


def record(w: Work, step: Step, act: Act, *, today: date | None = None, lang: str = "zh") -> None:
    """The same inside the caller's transaction, on a step it holds.

    Shape: ``today`` is the last day that may be recorded, where it is not the clock's.
    """
    move = act.move
    project = w.get(Project, step.project_id)
    catalogue, expansion = expansion_of(w.session, project)
    gates = GatesMode(project.gates)
    accepted, passed = _recorded(w, project.id)
    waiting = [
        catalogue.matter(code).spoken(lang) for code in waiting_for(expansion, gates, step.code, move, passed)
    ]
    name = catalogue.matter(step.code).spoken(lang)
    if move is Move.UNDO and step.finished_on is not None:
        resting = resting_on(expansion, gates, step.code, accepted=accepted, passed=passed)
        if resting:
            names = "、".join(catalogue.matter(code).spoken(lang) for code in resting)
            raise OthersRestOnIt(step=name, resting=names)
    number = act.number or None
    move_step(w, step, move, act.on, name=name, waiting=waiting, result_number=number, today=today)
    project.revision += 1


def _recorded(w: Work, project_id: int) -> tuple[set[str], set[str]]:
    """The steps of a project that are accepted, and those of them that have their result."""
    rows = w.session.execute(
        select(Step.code, Step.finished_on).where(
            Step.project_id == project_id, Step.accepted_on.is_not(None)
        )
    ).all()
    return {code for code, _ in rows}, {code for code, finished_on in rows if finished_on is not None}
