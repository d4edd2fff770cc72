"""Record what a department answered by link about the half-days to come."""

from __future__ import annotations

from approvals.services.record_availability import HalfDays, put_availability
from concierge.desk.services.reply_for_department import SentForm, note_sent, was_sent
from concierge.kernel.actor import Actor
from concierge.kernel.work import work

AVAILABILITY = "availability"


def answer_for_department(
    department: str, said: HalfDays, form: SentForm, *, said_by: str, by: Actor
) -> int | None:
    """Record the answers; answers how many changed, None when this very form was recorded before.

    Raises: Missing, HalfDayIsOver.
    """
    with work(by) as w:
        if was_sent(w, form):
            return None
        note_sent(w, form, AVAILABILITY)
        return put_availability(w, department, said, said_by=said_by)
