"""Record what happened to a step of a project; what it waits for is read from the project's own edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.deferrals import bridged, owed
from approvals.rules.case import CaseTerms, Outstanding
from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import periods
from approvals.rules.progress import Act, Move
from approvals.rules.saying import with_remedies
from approvals.services.move_step import move_step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.ending import check_live
from projects.queries.standing import expansion_of
from projects.rules.expand import Expansion
from projects.rules.terms import GatesMode
from projects.rules.waiting import OthersRestOnIt, resting_on, waiting_for
from projects.services.log_refused_move import refusals_logged
from scheduler import WorkCalendar

PAPERS_COME = frozenset({Move.RECEIVE, Move.ACCEPT, Move.CORRECTED})
"""The acts that happen over the counter, and so keep its hours.

Source: WD-3.
"""
SLIPS: Mapping[Move, str] = {
    Move.RECEIVE: "S",
    Move.CORRECT: "B",
    Move.ACCEPT: "SL",
    Move.NOT_ACCEPT: "BSL",
    Move.DECLINE: "BYSL",
    Move.EXTEND: "YQ",
    Move.REFUSE: "BYXK",
}
"""The acts the applicant gets a dated slip for, with the letters its number has where nobody wrote one.

Source: AC-5, AC-7, AC-14.
"""


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
    Raises: Missing, Stale; ProjectClosed; OthersRestOnIt; what ``approvals.rules.case.moved`` raises.
    Effects: the project's revision rises, so that its plan is made again. A refused try to move an end
        leaves a line in the trace, in a work of its own.
    """
    with refusals_logged(step_id, act.move, act.on, by=by), work(by) as w:
        step = w.get(Step, step_id, version=version)
        counted_on, calendar = act.on, catalogue_queries.work_calendar(w.session)
        if act.move in PAPERS_COME and calendar.first_day <= act.on <= clock.today():
            counted_on = _received_on(calendar, act.on, counter)
        today = max(clock.today(), counted_on) if counted_on != act.on else None
        record(w, step, replace(act, on=counted_on), today=today, lang=lang)


def _received_on(calendar: WorkCalendar, on: date, counter: Counter | None) -> date:
    """The working day papers count as received on. Source: WD-3."""
    if counter is not None and counter.at.date() == on:
        return calendar.received_on(counter.at, counter.closing)
    return calendar.on_or_after(on)


def record(
    w: Work,
    step: Step,
    act: Act,
    *,
    today: date | None = None,
    lang: str = "zh",
    by_law: bool = False,
) -> None:
    """The same inside the caller's transaction, on a step it holds.

    Shape: ``today`` is the last day that may be recorded, where it is not the clock's. ``by_law`` is an
        acceptance nobody declared (AC-2): no gate holds it back.
    """
    project = w.get(Project, step.project_id)
    check_live(project)
    catalogue, expansion = expansion_of(w.session, project)
    gates = _Gates(w, project, expansion)
    matter = catalogue.matter(step.code)
    draft = expansion.step(step.code)
    of = CaseTerms(
        name=matter.spoken(lang),
        matter=matter,
        periods=draft.periods if draft is not None else periods(matter),
        calendar=catalogue_queries.work_calendar(w.session),
    )
    if act.move is Move.REVOKE or (act.move is Move.UNDO and step.finished_on is not None):
        resting = gates.resting(step.code)
        if resting:
            raise OthersRestOnIt(step=of.name, resting=_spoken(catalogue, resting, lang))
    waiting = [] if by_law else gates.waiting(step.code, act.move)
    move_step(
        w,
        step,
        _as_told(act, lang, f"{project.code}-{step.number}"),
        of,
        waiting=[catalogue.matter(code).spoken(lang) for code in waiting],
        owed=_outstanding(w, step, catalogue, lang) if act.move is Move.PASS else Outstanding(),
        today=today,
    )
    project.revision += 1


def _spoken(catalogue: Catalogue, codes: list[str], lang: str) -> str:
    return "、".join(catalogue.matter(code).spoken(lang) for code in codes)


def _as_told(act: Act, lang: str, case_number: str) -> Act:
    """The act as it goes on record: a slip has a number, a refusal says what may be done against it.

    Source: AC-5, AC-14.
    """
    if act.move is Move.REFUSE and act.reason.strip():
        act = replace(act, reason=with_remedies(act.reason, lang))
    if act.move in SLIPS and not act.number.strip():
        act = replace(act, number=f"{case_number}-{SLIPS[act.move]}{act.on:%Y%m%d}")
    return act


def _outstanding(w: Work, step: Step, catalogue: Catalogue, lang: str) -> Outstanding:
    """The deferred papers still to come, as people call them."""
    names = {paper.code: paper.spoken(lang) for paper in catalogue.materials_of.get(step.code, ())}
    still = owed(w.session, step.id)
    return Outstanding(
        before_issue=tuple(names.get(one.material, one.material) for one in still if not one.may_issue_first),
        after_issue=tuple(names.get(one.material, one.material) for one in still if one.may_issue_first),
    )


class _Gates:
    """What the steps of a project hold back from each other, as far as results are recorded."""

    def __init__(self, w: Work, project: Project, expansion: Expansion) -> None:
        self.expansion = expansion
        self.mode = GatesMode(project.gates)
        self.bridged = bridged(w.session, project.id)
        rows = w.session.execute(
            select(Step.code, Step.finished_on).where(
                Step.project_id == project.id, Step.accepted_on.is_not(None)
            )
        ).all()
        self.accepted = {code for code, _ in rows}
        self.passed = {code for code, finished_on in rows if finished_on is not None}

    def waiting(self, code: str, move: Move) -> list[str]:
        """The steps whose results a move needs and has not got."""
        return waiting_for(self.expansion, self.mode, code, move, self.passed, self.bridged)

    def resting(self, code: str) -> list[str]:
        """The steps recorded on the strength of a step's result."""
        return resting_on(
            self.expansion, self.mode, code, accepted=self.accepted, passed=self.passed, bridged=self.bridged
        )
