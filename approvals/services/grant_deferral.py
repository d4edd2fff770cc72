"""Grant a deferral that was promised and signed."""

from __future__ import annotations

from dataclasses import dataclass

from approvals.models.deferral import DeferralRow, IssueFirstRow
from approvals.models.step import Step
from approvals.queries import catalogue
from approvals.rules.deferral import (
    Asked,
    GrantLevel,
    cap_of,
    check_level,
    due_day,
    latest_due,
    level_for,
    may_defer,
    may_issue_first,
)
from approvals.rules.deferral_course import DeferralMove, Reminder
from approvals.services.move_deferral import move_deferral
from approvals.services.remind import remind
from concierge.kernel import clock
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import Work


class GranterMissing(Invalid):
    """A grant by nobody."""

    message = N_("Say who granted it: the name of the person at the department.")


@dataclass(frozen=True, kw_only=True)
class Grantor:
    """Who says that the paper may come later: the person, the level, and the department's head if needed."""

    name: str
    level: GrantLevel
    department_head: str = ""


def grant(w: Work, row: DeferralRow, asked: Asked, grantor: Grantor, *, others_result: bool) -> None:
    """Grant a signed deferral the caller holds; the grant is day 0, counted today.

    Shape: ``asked`` is what speaks for and against it now, this deferral left out; ``others_result`` says
        that another department's result is missing.
    Raises: what ``may_defer``, ``due_day`` and ``check_level`` refuse; GranterMissing, NoSuchDeferralMove.
    Effects: the first reminder goes out; tells ``DeferralMoved``.
    Source: DF-1, DF-4 to DF-8, DF-15.
    """
    deferrable = may_defer(asked)
    if not grantor.name.strip():
        raise GranterMissing(field="granted_by")
    calendar, today = catalogue.work_calendar(w.session), clock.today()
    step = w.get(Step, row.step_id)
    cap = cap_of(asked.material, asked.promised_workdays, bridges=bool(row.producer))
    last_on = latest_due(today, cap, calendar, step.promised_end_on)
    due_on = due_day(row.asked_due_on, today, last_on, material=asked.name, calendar=calendar)
    workdays = calendar.workdays_between(today, due_on)
    required = level_for(on_list=row.on_list, others_result=others_result, workdays=workdays)
    check_level(grantor.level, required, department_head=grantor.department_head)
    row.granted_on, row.granted_by, row.level = today, grantor.name.strip(), grantor.level
    row.department_head = grantor.department_head.strip()
    row.due_on, row.period_workdays, row.before_issue = due_on, workdays, cap.before_issue
    listed = w.session.query(IssueFirstRow).filter_by(matter=step.code, material=row.material)
    row.may_issue_first = may_issue_first(asked.material, deferrable, is_listed=listed.first() is not None)
    move_deferral(w, row, DeferralMove.GRANT, on=today)
    remind(w, row, Reminder.GRANTED, calendar)
