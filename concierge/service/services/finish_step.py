"""End the step under way, or leave it out with a reason; the last one closes the case."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.service.events import ServiceCaseClosed, ServiceItemSettled, ServiceStepDone
from concierge.service.models.case import CaseStep, ServiceCase
from concierge.service.queries.case_file import CaseFile, file_of
from concierge.service.queries.offices import office_by_code
from concierge.service.rules.case import CaseState, ItemState, Outcome, Slip, StepState, case_number
from concierge.service.rules.course import NotThisStep, decide_finish, decide_reason, outcome_of
from concierge.service.rules.exits import ExitTest, ItemsOpen
from concierge.service.services.issue_slip import put_slip
from concierge.service.services.pick_up_case import pick_up_case


def finish_step(case_id: int, place: int, *, by: Actor) -> None:
    """End the step under way; its exit tests are met or the first that is not is named.

    Raises: Missing; CaseClosed, CaseSuspended; NotThisStep; the refusal of an exit test.
    Effects: the next step begins; after the last the case is closed and the closing slip issued.
    Source: SF-4.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        file, step = _step(w, case, place)
        decide_finish([ExitTest(code) for code in step.exits.split()], file.progress(_on_its_way_to(w, file)))
        _go_on(w, file, step, StepState.DONE)


def skip_step(case_id: int, place: int, reason: str, *, by: Actor) -> None:
    """Leave the step under way out; reason and person stand in the file and on the closing slip.

    Raises: Missing; CaseClosed, CaseSuspended; NotThisStep; ReasonNeeded; ItemsOpen, for the last step while
        a service is open.
    Source: SF-4, none is left out silently.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        file, step = _step(w, case, place)
        step.reason = decide_reason(reason)
        waiting = file.progress().items_open
        if waiting and step is file.steps[-1]:
            raise ItemsOpen(count=waiting)
        _go_on(w, file, step, StepState.SKIPPED)


def end_case(case_id: int, outcome: Outcome, reason: str, *, by: Actor) -> None:
    """End a case before its time: the customer takes it back, or the office cannot go on; the slip says why.

    Raises: Missing; CaseClosed; ReasonNeeded.
    Source: SF-4, the closing (termination) slip.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id, may_be_suspended=True)
        _leave_the_rest(w, file_of(w.session, case), decide_reason(reason))
        _close(w, case, outcome)


def close_elsewhere(w: Work, case: ServiceCase, outcome: Outcome, why: str) -> None:
    """Close a running case, locked by the caller, whose end came from elsewhere: served by a list, declined.

    Shape: what is open is done where the outcome is ``DONE``, and stays as it is otherwise.
    Effects: the steps left are left out with the reason; the closing slip is issued.
    Source: SF-4, SF-9.
    """
    file = file_of(w.session, case)
    for item in file.items:
        if outcome is Outcome.DONE and item.state == ItemState.OPEN:
            item.state, item.note = ItemState.DONE, why
            item.settled_on, item.settled_at, item.settled_by = clock.today(), clock.now(), w.by.label
            w.record(ServiceItemSettled(case.id, case.project_id, item.code, item.state.value))
    _leave_the_rest(w, file, why)
    _close(w, case, outcome)


def _leave_the_rest(w: Work, file: CaseFile, why: str) -> None:
    for step in file.steps:
        if step.state in (StepState.CURRENT, StepState.WAITING):
            _end(w, step, StepState.SKIPPED)
            step.reason = why
    for stop in file.stops:
        if stop.resumed_on is None:
            stop.resumed_on, stop.resumed_by, stop.resumed_why = clock.today(), w.by.label, why
    file.case.ending = why


def _step(w: Work, case: ServiceCase, place: int) -> tuple[CaseFile, CaseStep]:
    file = file_of(w.session, case)
    step = file.current
    if step is None or step.place != place:
        raise NotThisStep
    return file, step


def _on_its_way_to(w: Work, file: CaseFile) -> str:
    code = file.hop.to_office if file.hop else file.case.office
    office = office_by_code(w.session, code)
    return office.name if office else (code or "—")


def _end(w: Work, step: CaseStep, state: StepState) -> None:
    step.state = state
    step.ended_at, step.ended_on = clock.now(), clock.today()
    step.by_id, step.by = w.by.id, w.by.label


def _go_on(w: Work, file: CaseFile, step: CaseStep, state: StepState) -> None:
    case = file.case
    _end(w, step, state)
    following = next((one for one in file.steps if one.place == step.place + 1), None)
    if following is not None:
        w.session.flush()
        following.state, following.began_at = StepState.CURRENT, clock.now()
    w.record(
        ServiceStepDone(
            case_id=case.id,
            project_id=case.project_id,
            number=case_number(case.year, case.serial),
            place=step.place,
            step=step.code,
            skipped=state is StepState.SKIPPED,
        )
    )
    if following is None:
        _close(w, case, outcome_of([ItemState(item.state) for item in file.items]))


def _close(w: Work, case: ServiceCase, outcome: Outcome) -> None:
    case.state, case.outcome = CaseState.CLOSED, outcome
    case.closed_on, case.closed_at = clock.today(), clock.now()
    w.session.flush()
    put_slip(w, case, Slip.CLOSING, outcome=outcome.value, reason=case.ending, closed_on=case.closed_on)
    w.record(
        ServiceCaseClosed(
            case_id=case.id,
            project_id=case.project_id,
            number=case_number(case.year, case.serial),
            outcome=outcome.value,
            customer=case.customer.value,
            office=case.office,
            holder_id=case.holder_id,
            closed_on=case.closed_on,
        )
    )
