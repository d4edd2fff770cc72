"""The public object of a project, put together from what the office knows, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.rules.catalogue import PERMIT, STAGES, START
from approvals.rules.periods import DaysMode
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.remembered import Remembered
from concierge.progress.queries.needs import needs
from concierge.progress.queries.officers import officers
from concierge.progress.queries.public_history import history
from concierge.progress.queries.running import running
from concierge.progress.queries.shown import Decisions, decisions
from concierge.progress.rules.public_progress import (
    Forecast,
    Headline,
    ListedStep,
    PublicProgress,
    PublicStage,
    PublicState,
    at_once,
)
from concierge.progress.rules.shown import ItemKind
from concierge.progress.rules.slip import Followed, Slip, largest_slip, late_workdays
from projects.models.project import ProjectStatus
from projects.queries.papers import ProjectPapers, project_papers
from projects.queries.project_file import ProjectFile
from projects.rules.ending import Ending
from projects.rules.owner import owner_name
from projects.rules.progress import OWNERS, Standing, standing
from projects.rules.project_plan import PlannedStep

CODE_TAIL = 4
_counted: Remembered[PublicProgress] = Remembered()
PUBLIC_STATES = {
    Standing.DONE: PublicState.DONE,
    Standing.RUNNING: PublicState.RUNNING,
    Standing.READY: PublicState.READY,
    Standing.WAITING: PublicState.WAITING,
}


@dataclass(frozen=True)
class Known:
    """All that is read to make the public object. Shape: ``shown`` are the steps not hidden."""

    papers: ProjectPapers
    decided: Decisions
    shown: tuple[PlannedStep, ...]
    lang: str

    @property
    def file(self) -> ProjectFile:
        """The project's own file."""
        return self.papers.file

    def department(self, code: str) -> str:
        """A department as the reader calls it."""
        return owner_name(self.file.catalogue.department_of.get(code), code, self.lang)


def public_progress(session: Session, project_id: int, lang: str) -> PublicProgress:
    """What the enterprise of a project may see of it now, counted once for whatever happened last.

    Shape: kept in this process while nothing is told of this project or of the office as a whole, and the day
        is the same: every change tells an event. Two queries where it is kept.
    Raises: Missing.
    Source: PL-8, PL-10.
    """
    return _counted.get(
        session,
        (project_id, lang, clock.today()),
        lambda: counted_progress(session, project_id, lang),
        revision=_stamp(session, project_id),
    )


def _stamp(session: Session, project_id: int) -> tuple[int, int]:
    """The last things told of a project, and of no project in particular."""
    last = select(func.max(EventRow.id))
    return (
        session.scalar(last.where(EventRow.project_id == project_id)) or 0,
        session.scalar(last.where(EventRow.project_id.is_(None))) or 0,
    )


def counted_progress(session: Session, project_id: int, lang: str) -> PublicProgress:
    """The same, counted now.

    Shape: twenty-five queries at the most, whatever the number of steps.
    Raises: Missing.
    Source: PL-8, PL-10.
    """
    papers = project_papers(session, project_id, SYSTEM, today=clock.today())
    file = papers.file
    decided = decisions(session, project_id)
    row_ids = {step.code: step.id for step in file.steps}
    shown = tuple(
        step for step in file.plan.steps if decided.is_shown(ItemKind.STEP, row_ids.get(step.code, 0))
    )
    known = Known(papers, decided, shown, lang)
    current = _current(known)
    listed = _listed(known, current)
    return PublicProgress(
        project=file.project.name,
        code_tail=file.project.code[-CODE_TAIL:],
        data_on=file.saved.as_of if file.saved else clock.today(),
        updated_at=clock.now(),
        is_replanning=file.is_planning,
        forecast=_forecast(known),
        place=sum(one.state is PublicState.DONE for one in listed),
        total=len(listed),
        now_step=current.spoken(lang) if current else "",
        now_department=known.department(current.department) if current else "",
        stages=_stages(known),
        needs=needs(papers, shown, lang),
        running=running(file, shown, lang),
        history=history(session, file, decided, {step.code for step in shown}, lang),
        steps=listed,
        officers=officers(session, file),
    )


def _forecast(known: Known) -> Forecast:
    file, plan = known.file, known.file.plan
    headline = headline_of(file)
    if headline in (Headline.ENDED, Headline.GIVEN_UP):
        return Forecast(headline=headline, on=file.project.ended_on)
    if headline is Headline.PLANNING or plan.calendar is None:
        return Forecast(headline=Headline.PLANNING)
    is_permit = headline is Headline.PERMIT
    on = plan.permit_on if is_permit else plan.lawful_start_on
    if on is None:
        return Forecast(headline=Headline.PLANNING)
    law = plan.headlines.get(DaysMode.STATUTORY)
    latest = (law.permit_on if is_permit else law.lawful_start_on) if law else None
    first = _first_told(file, is_permit=is_permit)
    late = late_workdays(first, on, plan.calendar) if first else 0
    slip = _slip(file, is_permit=is_permit) if late > 0 else None
    target = file.project.target_on
    return Forecast(
        headline=headline,
        on=on,
        latest_on=latest if latest and latest > on and headline is not Headline.STARTED else None,
        first_on=first,
        late_workdays=late,
        target_on=target,
        to_target_workdays=late_workdays(on, target, plan.calendar) if target else 0,
        slip_step=plan.step(slip.code).spoken(known.lang) if slip else "",
        slip_workdays=slip.workdays if slip else 0,
        slip_reason=slip.reason if slip else None,
    )


def headline_of(file: ProjectFile) -> Headline:
    """What the first sentence of a project is about."""
    project, plan = file.project, file.plan
    if project.status is ProjectStatus.CLOSED:
        return Headline.GIVEN_UP if project.ending is Ending.GIVEN_UP else Headline.ENDED
    start = plan.step(START) if plan.expansion.step(START) else None
    if start is not None and start.actual is not None and start.actual.finished_on is not None:
        return Headline.STARTED
    if start is not None and plan.lawful_start_on is not None:
        return Headline.START
    has_permit = plan.expansion.step(PERMIT) is not None and plan.permit_on is not None
    return Headline.PERMIT if has_permit else Headline.PLANNING


def _first_told(file: ProjectFile, *, is_permit: bool) -> date | None:
    if file.first is None:
        return None
    return file.first.permit_on if is_permit else file.first.lawful_start_on


def _slip(file: ProjectFile, *, is_permit: bool) -> Slip | None:
    plan, promise = file.plan, file.promise
    if promise is None or plan.calendar is None:
        return None
    path = plan.critical_path if is_permit else plan.critical_path_to_start
    return largest_slip(
        (one for code in path if (one := _followed(file, plan.step(code))) is not None), plan.calendar
    )


def _followed(file: ProjectFile, step: PlannedStep) -> Followed | None:
    told = file.promise.step(step.code) if file.promise else None
    if step.accept_on is None or step.finish_on is None:
        return None
    actual = step.actual
    return Followed(
        code=step.code,
        accept_on=step.accept_on,
        finish_on=step.finish_on,
        first_accept_on=told.accept_on if told else None,
        first_finish_on=told.finish_on if told else None,
        stops=frozenset(stop.kind for stop in actual.stops) if actual else frozenset(),
        is_extended=bool(actual and actual.extensions),
        is_own=step.department in OWNERS,
    )


def _current(known: Known) -> PlannedStep | None:
    """The step that holds the day now: the first of the critical path without a result."""
    plan, shown = known.file.plan, {step.code for step in known.shown}
    path = plan.critical_path_to_start or plan.critical_path
    ahead = (plan.step(code) for code in path if code in shown)
    found = next((step for step in ahead if standing(plan, step) is not Standing.DONE), None)
    if found is None:
        found = next((step for step in known.shown if standing(plan, step) is not Standing.DONE), None)
    return found


def _listed(known: Known, current: PlannedStep | None) -> tuple[ListedStep, ...]:
    plan, promise = known.file.plan, known.file.promise
    after = _after(known)
    found = []
    for place, step in enumerate(known.shown, 1):
        told = promise.step(step.code) if promise else None
        found.append(
            ListedStep(
                place=place,
                number=step.number,
                step=step.spoken(known.lang),
                department=known.department(step.department),
                stage=step.stage,
                state=PUBLIC_STATES[standing(plan, step)],
                finish_on=step.finish_on,
                first_on=told.finish_on if told and told.finish_on != step.finish_on else None,
                is_current=current is not None and step.code == current.code,
                start_on=step.start_on,
                after=after[step.code],
            )
        )
    return tuple(found)


def _after(known: Known) -> dict[str, tuple[int, ...]]:
    """The places of the shown steps each shown step waits for at once, by its code."""
    places = {step.code: place for place, step in enumerate(known.shown, 1)}
    direct: dict[str, set[str]] = {code: set() for code in places}
    for edge in known.file.plan.edges:
        if edge.gate != "info" and edge.predecessor in places and edge.successor in places:
            direct[edge.successor].add(edge.predecessor)
    nearest = at_once(direct)
    return {code: tuple(sorted(places[one] for one in nearest[code])) for code in places}


def _stages(known: Known) -> tuple[PublicStage, ...]:
    plan = known.file.plan
    found: dict[str, list[Standing]] = {}
    for step in known.shown:
        found.setdefault(step.stage, []).append(standing(plan, step))
    return tuple(
        PublicStage(
            code=stage,
            done=states.count(Standing.DONE),
            total=len(states),
            has_begun=any(state in (Standing.DONE, Standing.RUNNING) for state in states),
        )
        for stage, states in sorted(found.items(), key=lambda pair: STAGES.index(pair[0]))
    )
