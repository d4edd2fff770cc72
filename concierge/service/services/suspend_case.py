"""Suspend a case with a slip, and let it go on with a letter; the days between do not count."""

from __future__ import annotations

from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServiceCaseResumed, ServiceCaseSuspended
from concierge.service.models.case import CaseStop
from concierge.service.queries.case_file import file_of
from concierge.service.rules.case import CaseState, Slip
from concierge.service.rules.course import CaseNotSuspended, decide_suspension
from concierge.service.services.issue_slip import put_slip, set_clock
from concierge.service.services.pick_up_case import pick_up_case


def suspend_case(case_id: int, reason: str, basis: str, until_on: date, *, by: Actor) -> int:
    """Suspend a case until a day; answers the slip.

    Raises: Missing; CaseClosed, CaseSuspended; ReasonNeeded, BasisNeeded, SuspensionBackwards.
    Source: SF-4.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        today = clock.today()
        why, on_what = decide_suspension(reason, basis, today=today, until_on=until_on)
        w.add(
            CaseStop(
                project_id=case.project_id,
                case_id=case.id,
                reason=why,
                basis=on_what,
                first_on=today,
                planned_last_on=until_on,
                by=w.by.label,
            )
        )
        case.state = CaseState.SUSPENDED
        w.record(ServiceCaseSuspended(case.id, case.project_id, until_on))
        return put_slip(w, case, Slip.SUSPENSION, reason=why, basis=on_what, until_on=until_on)


def resume_case(case_id: int, why: str, *, by: Actor) -> int:
    """Let a suspended case go on from today; answers the letter. The promise ends later by the days it stood.

    Raises: Missing; CaseClosed, CaseNotSuspended.
    Source: SF-4; CL-7.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id, may_be_suspended=True)
        stop = file_of(w.session, case).stop
        if stop is None:
            raise CaseNotSuspended
        stop.resumed_on, stop.resumed_by, stop.resumed_why = clock.today(), w.by.label, why.strip()
        case.state = CaseState.OPEN
        w.session.flush()
        set_clock(w, case)
        w.record(ServiceCaseResumed(case.id, case.project_id, case.due_on))
        return put_slip(w, case, Slip.RESUMPTION, reason=why.strip(), suspended_on=stop.first_on)
