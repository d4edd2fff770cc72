"""Remind everybody concerned of a due day, once for each kind and day."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.deferrals import DeferralDue
from approvals.models.deferral import DeferralReminderRow, DeferralRow
from approvals.rules.deferral_course import Reminder
from concierge.kernel import clock
from concierge.kernel.work import Work
from scheduler import WorkCalendar


def remind(w: Work, row: DeferralRow, reminder: Reminder, calendar: WorkCalendar) -> bool:
    """Tell of a due day, unless this was told already; answers whether it was told now.

    Effects: tells ``DeferralDue``.
    Source: DF-8.
    """
    course = row.course()
    told = w.session.scalar(
        select(DeferralReminderRow.id).where(
            DeferralReminderRow.deferral_id == row.id,
            DeferralReminderRow.reminder == reminder,
            DeferralReminderRow.due_on == course.due_on,
        )
    )
    if told is not None:
        return False
    today = clock.today()
    w.add(
        DeferralReminderRow(
            deferral_id=row.id,
            project_id=row.project_id,
            reminder=reminder,
            due_on=course.due_on,
            sent_on=today,
        )
    )
    w.record(
        DeferralDue(
            deferral_id=row.id,
            project_id=row.project_id,
            step_id=row.step_id,
            number=row.number,
            material=row.material,
            reminder=reminder.value,
            due_on=course.due_on,
            workdays_left=calendar.workdays_between(today, course.due_on),
        )
    )
    return True
