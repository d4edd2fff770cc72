"""What one step asks of whoever looks after it today: hand in, bring, wait, urge, fetch."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from approvals.rules.lifecycle import StepState
from approvals.rules.receiving import Channel, answer_expected
from approvals.rules.ways import ENDED, RUNNING, STANDING_STILL, UNANSWERED
from concierge.staff.rules.todo import TodoKind
from projects.rules.progress import OWNERS
from scheduler import WorkCalendar

URGE_WORKDAYS = 1
"""A promise is urged from its last working day but one. A habit of ours, told on the page."""
FETCH_WORKDAYS = 5
"""How long a fresh result stands on the list to be fetched, in working days."""
AHEAD_WORKDAYS = 8
"""How far the page looks ahead, in working days."""
_NOT_FILED = frozenset({StepState.NOT_STARTED, StepState.PREPARING}) | ENDED


class Errand(enum.StrEnum):
    """What a step asks for."""

    PREPARE = "prepare"
    HAND_IN = "hand_in"
    OWNER = "owner"
    ANSWER = "answer"
    CORRECT = "correct"
    RESULT = "result"
    URGE = "urge"
    PAUSE = "pause"
    RESUME = "resume"
    FETCH = "fetch"


@dataclass(frozen=True, kw_only=True)
class StepFacts:
    """One step as the day looks at it.

    Units: civil days; ``float_workdays`` how far it may slip before the permit or the start moves.
    Shape: planned days are None before the project has a plan; ``stop_until_on`` is the planned last day of
        the stop that is on; ``card`` is yellow, red or empty.
    """

    state: StepState
    department: str
    received_on: date | None = None
    accepted_on: date | None = None
    finished_on: date | None = None
    promised_end_on: date | None = None
    planned_start_on: date | None = None
    planned_accept_on: date | None = None
    planned_finish_on: date | None = None
    float_workdays: int = 0
    stop_until_on: date | None = None
    stopped_on: date | None = None
    card: str = ""

    @property
    def is_owners(self) -> bool:
        """Whether the enterprise, or somebody it hires, acts on it."""
        return self.department in OWNERS


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """What a step asks for, and by when."""

    errand: Errand
    kind: TodoKind
    due_on: date | None = None
    since_on: date | None = None


def step_line(step: StepFacts, calendar: WorkCalendar, *, today: date) -> StepLine | None:
    """What a step asks for today; None where it asks for nothing yet, or no more.

    Shape: a step asks for one thing at a time.
    """
    if step.finished_on is not None:
        return _after(step, calendar, today)
    if step.state in _NOT_FILED:
        return _before(step, calendar, today)
    if step.accepted_on is None and step.state in UNANSWERED:
        return _unanswered(step, calendar, today)
    if step.state in RUNNING:
        return _running(step, calendar, today)
    return None


def _after(step: StepFacts, calendar: WorkCalendar, today: date) -> StepLine | None:
    """A fresh result is fetched; an enterprise's own work leaves none."""
    if step.is_owners or step.finished_on is None:
        return None
    last_on = calendar.add_workdays(calendar.on_or_after(step.finished_on), FETCH_WORKDAYS)
    return StepLine(errand=Errand.FETCH, kind=TodoKind.ACT) if today <= last_on else None


def _before(step: StepFacts, calendar: WorkCalendar, today: date) -> StepLine | None:
    """Nothing is handed in yet: due on the last day on which that does no harm."""
    if step.planned_start_on is None or step.planned_accept_on is None or step.planned_start_on > today:
        return None
    if step.is_owners:
        kind, errand, due_on = TodoKind.WAIT, Errand.OWNER, step.planned_finish_on
        return StepLine(errand=errand, kind=kind, due_on=due_on, since_on=step.planned_start_on)
    errand = Errand.PREPARE if today < step.planned_accept_on else Errand.HAND_IN
    latest_on = latest_hand_in(step.planned_accept_on, step.float_workdays, calendar)
    return StepLine(errand=errand, kind=TodoKind.ACT, due_on=latest_on)


def latest_hand_in(planned_on: date, float_workdays: int, calendar: WorkCalendar) -> date:
    """The last day on which papers may come in without moving the permit or the start.

    Units: civil days; the float in working days.
    """
    if float_workdays <= 0:
        return planned_on
    return calendar.add_workdays(calendar.on_or_after(planned_on), float_workdays)


def _unanswered(step: StepFacts, calendar: WorkCalendar, today: date) -> StepLine:
    """The papers lie with the department, which has said nothing about them.

    Shape: how they came in is not asked; the longest of the usual times counts.
    Source: AC-4 for the day the answer is expected.
    """
    due_on = answer_expected(step.received_on, Channel.PARALLEL, calendar) if step.received_on else None
    is_late = due_on is not None and today >= due_on
    return StepLine(
        errand=Errand.URGE if is_late else Errand.ANSWER,
        kind=TodoKind.ACT if is_late else TodoKind.WAIT,
        due_on=due_on,
        since_on=step.received_on,
    )


def _running(step: StepFacts, calendar: WorkCalendar, today: date) -> StepLine:
    """The case runs: it is waited for until its promise nears, or a card is shown; a stop is watched.

    Source: SV-1, SV-2 for the cards.
    """
    if step.state is StepState.CORRECTING:
        return StepLine(
            errand=Errand.CORRECT, kind=TodoKind.ACT, due_on=step.stop_until_on, since_on=step.stopped_on
        )
    if step.state in STANDING_STILL:
        is_over = step.stop_until_on is not None and step.stop_until_on < today
        return StepLine(
            errand=Errand.RESUME if is_over else Errand.PAUSE,
            kind=TodoKind.ACT if is_over else TodoKind.WAIT,
            due_on=step.stop_until_on,
            since_on=step.stopped_on,
        )
    due_on = step.promised_end_on or step.planned_finish_on
    if step.is_owners:
        return StepLine(errand=Errand.OWNER, kind=TodoKind.WAIT, due_on=due_on, since_on=step.accepted_on)
    is_near = due_on is not None and calendar.add_workdays(today, URGE_WORKDAYS) >= due_on
    is_urged = bool(step.card) or is_near
    return StepLine(
        errand=Errand.URGE if is_urged else Errand.RESULT,
        kind=TodoKind.ACT if is_urged else TodoKind.WAIT,
        due_on=due_on,
        since_on=step.accepted_on,
    )
