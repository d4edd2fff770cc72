"""Show a red card for something no clock can see: a second list, a refusal without reasons, a fee."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.staff.queries import named_person, representatives
from concierge.supervision.models.card import CardRow
from concierge.supervision.queries.holders import holders
from concierge.supervision.rules.answering import check_violation
from concierge.supervision.rules.card import Cause
from concierge.supervision.services.show_cards import show_levels, tell_shown


def record_violation(step_id: int, cause: Cause, on: date, detail: str, *, by: Actor) -> int:
    """Write down a violation a person saw; answers the card's number.

    Raises: Missing; NotADepartment, NotAViolation, NotYet, SupervisionWordsNeeded.
    Source: SV-3.
    """
    with work(by) as w:
        step = w.get(Step, step_id)
        words = check_violation(step.department, cause, on, detail, today=clock.today())
        return show_violation(w, step, cause, on, words, seen_by=by.label)


def show_violation(w: Work, step: Step, cause: Cause, on: date, detail: str, *, seen_by: str) -> int:
    """Show the card of a violation, in the caller's transaction; answers its number.

    Source: SV-3, SV-5.
    """
    today = clock.today()
    holder = holders(w.session, [step.project_id], on).get(step.project_id)
    row = w.add(
        CardRow(
            project_id=step.project_id,
            step_id=step.id,
            code=step.code,
            attempt=step.attempt,
            department=step.department,
            colour=cause.colour,
            cause=cause,
            limit_on=on,
            occasion=_before(w, step, cause, on) + 1,
            shown_on=today,
            shown_at=clock.now(),
            accepted_on=step.accepted_on,
            promised_end_on=step.promised_end_on,
            statutory_end_on=step.statutory_end_on,
            held_by_id=holder.person_id if holder else None,
            held_by=holder.name if holder else "",
            held_role=holder.role if holder else "",
            representative=named_person(representatives(w.session, on).get(step.department)),
            away_id=holder.away.person_id if holder and holder.away else None,
            away_first_on=holder.away.first_on if holder and holder.away else None,
            away_last_on=holder.away.last_on if holder and holder.away else None,
            seen_by=seen_by,
            detail=detail,
        )
    )
    tell_shown(w, row)
    show_levels(w, row, today)
    return row.id


def _before(w: Work, step: Step, cause: Cause, on: date) -> int:
    """How often this was recorded of the step on the same day."""
    asked = select(func.max(CardRow.occasion)).where(
        CardRow.step_id == step.id,
        CardRow.attempt == step.attempt,
        CardRow.cause == cause,
        CardRow.limit_on == on,
    )
    return w.session.scalar(asked) or 0
