"""Ask a department for a change of its process, and keep what it answers."""

from __future__ import annotations

from sqlalchemy import func, select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.ratings.events import ProcessChangeAnswered, ProcessChangeAsked
from concierge.ratings.models.rating import RatingReasonRow, RatingRow
from concierge.ratings.models.redress import ProcessChangeRow, RedressRow
from concierge.ratings.rules.process import change_due, check_change, quarter_of, repeated
from concierge.ratings.rules.rating import FAULTS, Level
from concierge.ratings.rules.redress import checked_sentence


def ask_where_repeated(w: Work, department: str) -> int:
    """Ask once a quarter for each fault that came often enough; answers how many were asked now.

    Ratings that an appeal set aside are not counted.

    Source: RT-8, ES-7 for the number.
    """
    first = quarter_of(clock.today())
    counted = w.session.execute(
        select(RatingReasonRow.reason, func.count())
        .join(RatingRow, RatingRow.id == RatingReasonRow.rating_id)
        .join(RedressRow, RedressRow.rating_id == RatingRow.id)
        .where(
            RatingRow.department == department,
            RatingRow.given_on >= first,
            RatingRow.level.in_([one for one in Level if one.is_negative]),
            RatingReasonRow.reason.in_(FAULTS),
            RedressRow.set_aside_on.is_(None),
        )
        .group_by(RatingReasonRow.reason)
    ).all()
    known = set(
        w.session.scalars(
            select(ProcessChangeRow.reason).where(
                ProcessChangeRow.department == department, ProcessChangeRow.quarter_first_on == first
            )
        )
    )
    new = [one for one in repeated(dict(tuple(row) for row in counted)) if one.reason not in known]
    due_on = change_due(clock.today(), catalogue_queries.work_calendar(w.session))
    for one in new:
        row = w.add(
            ProcessChangeRow(
                department=department,
                reason=one.reason,
                quarter_first_on=first,
                count=one.count,
                asked_on=clock.today(),
                asked_at=clock.now(),
                due_on=due_on,
            )
        )
        w.record(
            ProcessChangeAsked(
                change_id=row.id,
                department=department,
                reason=one.reason.value,
                count=one.count,
                due_on=due_on,
            )
        )
    return len(new)


def answer_process_change(change_id: int, answer: str, *, version: int | None = None, by: Actor) -> None:
    """Keep what a department changed.

    Raises: Missing, Stale; ChangeAnswered, TooFewWords.
    Source: RT-8.
    """
    with work(by) as w:
        row = w.get(ProcessChangeRow, change_id, version=version)
        check_change(row.answered_on)
        row.answer = checked_sentence(answer, "answer")
        row.answered_on = clock.today()
        row.answered_by_id, row.answered_by = by.id, by.label
        w.session.flush()
        w.record(
            ProcessChangeAnswered(
                change_id=row.id, department=row.department, reason=row.reason.value, on=clock.today()
            )
        )
