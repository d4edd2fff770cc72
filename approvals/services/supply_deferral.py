"""Take in a paper that was to come later."""

from __future__ import annotations

from datetime import date

from approvals.models.deferral import DeferralRow
from approvals.rules.deferral_course import DeferralMove, DeferralState, supplying_move
from approvals.rules.papers import PaperWay
from approvals.services.move_deferral import move_deferral
from approvals.services.take_in_paper import take_in
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def supply_deferral(deferral_id: int, on: date, *, version: int | None = None, by: Actor) -> None:
    """Record that the paper came over the counter, on a day; whether it is fit is looked at next.

    Raises: Missing, Stale, NoSuchDeferralMove, BeforeTheGrant, NotYet.
    Effects: the project has the paper, for every step that asks for it.
    Source: DF-10; overdue papers may still come for 1 working day.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        supply(w, row, on)
        take_in(w, row.project_id, row.material, source=PaperWay.COUNTER, on=on, step_id=row.step_id)


def supply(w: Work, row: DeferralRow, on: date, *, reason: str = "") -> None:
    """The same in the caller's work, on a deferral it holds.

    Shape: a paper that comes after the due day, before the day's watch made it overdue, lapses first.
    """
    course, today = row.course(), clock.today()
    if course.state is DeferralState.GRANTED and on > course.due_on and on <= today:
        row.overdue_on = today
        move_deferral(w, row, DeferralMove.LAPSE)
    move = supplying_move(row.course(), on, today=today)
    row.supplied_on = on
    move_deferral(w, row, move, on=on, reason=reason)
