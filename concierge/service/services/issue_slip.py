"""Issue one of the five papers; what it says is frozen on the day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.audit import canonical
from concierge.kernel.facts import plain
from concierge.kernel.work import Work, work
from concierge.service.events import EntrustmentSigned, ServiceSlipIssued
from concierge.service.models.case import ServiceCase
from concierge.service.models.file import CaseSlip
from concierge.service.queries.case_file import file_of
from concierge.service.queries.offices import office_by_code
from concierge.service.rules.case import PaperState, Slip
from concierge.service.rules.course import day_zero, decide_finish, due_on
from concierge.service.rules.exits import ExitTest
from concierge.service.rules.slips import SignerNeeded, SlipThere, SlipUnsigned
from concierge.service.services.pick_up_case import pick_up_case


def issue_acceptance(case_id: int, *, by: Actor) -> int:
    """Accept a case: the form is full, the set here or promised; the promise begins here and now.

    Raises: Missing; CaseClosed, CaseSuspended; FormIncomplete, SetIncomplete; SlipThere.
    Source: SF-4, SF-5, one acceptance; WD-2; SF-12.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        file = file_of(w.session, case)
        if file.slip(Slip.ACCEPTANCE):
            raise SlipThere(kind=Slip.ACCEPTANCE.value)
        decide_finish((ExitTest.FORM_COMPLETE, ExitTest.SET_COMPLETE), file.progress())
        case.taken_in_on = clock.today()
        set_clock(w, case)
        return put_slip(w, case, Slip.ACCEPTANCE)


def issue_entrustment(case_id: int, *, by: Actor) -> int:
    """Print the entrustment letter for the customer to sign.

    Raises: Missing; CaseClosed, CaseSuspended; SlipThere, once it is signed.
    Source: SF-4; AB-11, the agent is no decision maker and promises no approval.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        before = file_of(w.session, case).slip(Slip.ENTRUSTMENT)
        if before is not None and before.signed_on is not None:
            raise SlipThere(kind=Slip.ENTRUSTMENT.value)
        return put_slip(w, case, Slip.ENTRUSTMENT)


def sign_entrustment(case_id: int, signed_by: str, signed_on: date, *, by: Actor) -> None:
    """Note who signed the entrustment letter, and when.

    Raises: Missing; CaseClosed, CaseSuspended; SlipUnsigned, SignerNeeded, SlipThere.
    Source: SF-4.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        letter = file_of(w.session, case).slip(Slip.ENTRUSTMENT)
        if letter is None or letter.issued_on > signed_on or signed_on > clock.today():
            raise SlipUnsigned(field="signed_on")
        if letter.signed_on is not None:
            raise SlipThere(kind=Slip.ENTRUSTMENT.value)
        if not signed_by.strip():
            raise SignerNeeded(field="signed_by")
        letter.signed_on, letter.signed_by = signed_on, signed_by.strip()
        w.record(EntrustmentSigned(case.id, case.project_id, signed_on))


def set_clock(w: Work, case: ServiceCase) -> None:
    """Count the promise again, inside the caller's transaction.

    Source: SF-12; CL-7.
    """
    stops = [
        (stop.first_on, stop.resumed_on)
        for stop in file_of(w.session, case).stops
        if stop.resumed_on is not None and stop.resumed_on > stop.first_on
    ]
    case.day_zero_on = day_zero(case.mode, case.taken_in_on, case.set_received_on)
    pauses = [(first, date.fromordinal(last.toordinal() - 1)) for first, last in stops]
    calendar = catalogue_queries.work_calendar(w.session)
    case.due_on = due_on(case.day_zero_on, case.period_workdays, pauses, calendar)


def put_slip(w: Work, case: ServiceCase, kind: Slip, **said: object) -> int:
    """Add a paper to the file inside the caller's transaction; answers its row."""
    asked = select(func.max(CaseSlip.serial)).where(CaseSlip.case_id == case.id, CaseSlip.kind == kind)
    slip = w.add(
        CaseSlip(
            project_id=case.project_id,
            case_id=case.id,
            kind=kind,
            serial=(w.session.scalar(asked) or 0) + 1,
            issued_on=clock.today(),
            issued_at=clock.now(),
            by_id=w.by.id,
            by=w.by.label,
            facts=canonical(plain(_facts(w, case, said))),
        )
    )
    w.record(ServiceSlipIssued(case.id, case.project_id, slip.id, kind.value))
    return slip.id


def _facts(w: Work, case: ServiceCase, said: dict[str, object]) -> dict[str, object]:
    """What a paper says, as it is on this day."""
    file, office = file_of(w.session, case), office_by_code(w.session, case.office)
    return {
        "number": file.number,
        "customer": case.customer_name,
        "contact": case.contact,
        "phone": case.phone,
        "address": case.address,
        "mode": case.mode.value,
        "place_in_charge": case.place_in_charge,
        "office": office.name if office else "",
        "office_phone": office.phone if office else "",
        "holder": case.holder,
        "items": [
            {
                "zh": item.name_zh,
                "en": item.name_en,
                "department": item.department,
                "state": item.state.value,
                "result_zh": item.result_zh,
                "result_en": item.result_en,
                "note": item.note,
            }
            for item in file.items
        ],
        "papers": [
            {"zh": paper.name_zh, "en": paper.name_en, "state": paper.state.value, "due_on": paper.due_on}
            for paper in file.papers
            if paper.state is not PaperState.MISSING
        ],
        "opened_on": case.opened_on,
        "taken_in_on": case.taken_in_on,
        "day_zero_on": case.day_zero_on,
        "period_workdays": case.period_workdays,
        "due_on": case.due_on,
        "skipped": [
            {"zh": step.name_zh, "en": step.name_en, "reason": step.reason, "by": step.by}
            for step in file.steps
            if step.reason
        ],
        **said,
    }
