"""Draft the commitment for a paper that is to come later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue
from approvals.rules.commitment import LatePaper, check_papers
from approvals.rules.deferral import Asked, cap_of, due_day, latest_due, may_defer
from approvals.rules.deferral_course import DeferralMove, DeferralState
from approvals.services.move_deferral import write_line
from approvals.services.take_number import DEFERRALS, take_number
from concierge.kernel import clock
from concierge.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class NewDeferral:
    """What the enterprise asks for: by when, in which form, and whose promise it is.

    Shape: ``uscc`` is the code of the enterprise.
    """

    due_on: date
    form: str
    uscc: str


def draft(w: Work, step: Step, asked: Asked, new: NewDeferral) -> DeferralRow:
    """Draft a deferral of a step the caller holds.

    Raises: what ``may_defer`` and ``due_day`` refuse; FormMissing.
    Effects: takes a number; tells ``DeferralMoved``.
    Source: DF-1 to DF-6, DF-11, DF-13, DF-15.
    """
    deferrable = may_defer(asked)
    check_papers((LatePaper(asked.name, new.form, new.due_on),))
    calendar, today = catalogue.work_calendar(w.session), clock.today()
    cap = cap_of(asked.material, asked.promised_workdays, bridges=bool(deferrable.bridges))
    last_on = latest_due(today, cap, calendar, step.promised_end_on)
    due_on = due_day(new.due_on, today, last_on, material=asked.name, calendar=calendar)
    row = w.add(
        DeferralRow(
            number=take_number(w, DEFERRALS, today),
            project_id=step.project_id,
            step_id=step.id,
            attempt=step.attempt,
            material=asked.material.code,
            producer=deferrable.bridges,
            why_main=deferrable.why_main,
            on_list=deferrable.on_list,
            form=new.form.strip(),
            uscc=new.uscc,
            state=DeferralState.DRAFTED,
            drafted_on=today,
            asked_due_on=due_on,
            before_issue=cap.before_issue,
        )
    )
    write_line(w, row, DeferralMove.DRAFT, DeferralState.DRAFTED, today, "")
    return row
