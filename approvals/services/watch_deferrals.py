"""The daily watch over papers that come later: reminders, overdue, default; nothing twice on one day."""

from __future__ import annotations

from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue
from approvals.rules.deferral_course import (
    OPEN,
    PENDING,
    DeferralMove,
    DeferralState,
    move_of_the_day,
    reminder_of_the_day,
)
from approvals.rules.lifecycle import StepState
from approvals.services.move_deferral import move_deferral
from approvals.services.remind import remind
from approvals.services.void_deferral import void
from concierge.kernel import clock
from concierge.kernel.work import Work
from scheduler import WorkCalendar

CASE_OVER = "the case is not on the list any more, or was begun anew"
_WATCHED = (DeferralState.GRANTED, DeferralState.OVERDUE)


def watched_ids(w: Work) -> list[int]:
    """The deferrals a new day may mean something to."""
    return list(
        w.session.scalars(
            select(DeferralRow.id).where(DeferralRow.state.in_(OPEN | PENDING)).order_by(DeferralRow.id)
        )
    )


def watch(w: Work, deferral_id: int) -> None:
    """Do to one deferral what the day brings.

    Effects: at most one move, and one reminder.
    Source: DF-8, DF-10.
    """
    row = w.get(DeferralRow, deferral_id)
    if _is_over(w, row):
        void(w, row, CASE_OVER)
    if row.state not in _WATCHED:
        return
    calendar = catalogue.work_calendar(w.session)
    _move(w, row, calendar)
    if row.state in _WATCHED:
        reminder = reminder_of_the_day(row.course(), clock.today(), calendar)
        if reminder is not None:
            remind(w, row, reminder, calendar)


def _is_over(w: Work, row: DeferralRow) -> bool:
    """Whether the case is not on the list any more, or was begun anew since."""
    step = w.session.get(Step, row.step_id)
    gone = step is not None and (step.state is StepState.NOT_REQUIRED or step.attempt != row.attempt)
    return gone and row.state in OPEN | PENDING


def _move(w: Work, row: DeferralRow, calendar: WorkCalendar) -> None:
    today = clock.today()
    move = move_of_the_day(row.course(), today, calendar)
    if move is DeferralMove.LAPSE:
        row.overdue_on = today
    elif move is DeferralMove.DEFAULT:
        row.defaulted_on = today
    if move is not None:
        move_deferral(w, row, move)
