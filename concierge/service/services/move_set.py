"""Across regions: note when the set was sent on, and when the place in charge received it electronically."""

from __future__ import annotations

from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServiceSetMoved
from concierge.service.rules.course import check_set_days
from concierge.service.services.issue_slip import set_clock
from concierge.service.services.pick_up_case import pick_up_case


def move_set(case_id: int, sent_on: date | None, received_on: date | None, *, by: Actor) -> None:
    """Note the days of the set; the promise is counted from the day of receipt, the courier's days apart.

    Raises: Missing; CaseClosed, CaseSuspended; NotAcrossRegions, SetDaysWrong.
    Source: SF-12, day 0 is the day the place in charge receives the electronic set.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        check_set_days(case.mode, sent_on, received_on, opened_on=case.opened_on, today=clock.today())
        case.sent_on_on, case.set_received_on = sent_on, received_on
        set_clock(w, case)
        w.record(ServiceSetMoved(case.id, case.project_id, sent_on, received_on))
