"""Note what became of one service: done, or refused with a reason."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServiceItemSettled
from concierge.service.models.case import CaseItem
from concierge.service.queries.case_file import file_of
from concierge.service.rules.case import ItemState, Slip
from concierge.service.rules.course import decide_reason
from concierge.service.rules.exits import AcceptanceNotIssued
from concierge.service.services.pick_up_case import pick_up_case


def settle_item(item_id: int, state: ItemState, note: str, *, by: Actor) -> None:
    """Settle one service of an accepted case; a mistake is settled again, and the trace keeps both.

    Raises: Missing; CaseClosed, CaseSuspended; AcceptanceNotIssued; ReasonNeeded, for a refusal without one.
    Source: SF-5; ES-8, nobody says no alone: a refusal says why.
    """
    with work(by) as w:
        item = w.get(CaseItem, item_id)
        case = pick_up_case(w, item.case_id)
        if file_of(w.session, case).slip(Slip.ACCEPTANCE) is None:
            raise AcceptanceNotIssued
        is_open = state is ItemState.OPEN
        item.note = decide_reason(note) if state is ItemState.REFUSED else note.strip()
        item.state = state
        item.settled_on = None if is_open else clock.today()
        item.settled_at = None if is_open else clock.now()
        item.settled_by = "" if is_open else w.by.label
        w.record(ServiceItemSettled(case.id, case.project_id, item.code, state.value))
