"""Hand a case from one office to the next, and take it there; the customer still has one case."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServiceCaseTaken, ServiceCaseTransferred
from concierge.service.models.office import Transfer
from concierge.service.queries.case_file import file_of
from concierge.service.queries.offices import places, seats_of
from concierge.service.rules.course import decide_reason
from concierge.service.rules.tiers import HopWaits, NoHopWaits, NotYourOffice, check_hop
from concierge.service.services.pick_up_case import pick_up_case


def transfer_case(case_id: int, to_office: str, reason: str, *, by: Actor) -> int:
    """Send a case to another office; answers the transfer. Until somebody takes it there, nobody has it.

    Raises: Missing; CaseClosed, CaseSuspended; HopWaits; ReasonNeeded; UnknownOffice, AlreadyThereNow,
        NoSuchHop.
    Source: S39, each hop is a recorded transfer with time and holder.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id)
        file, known = file_of(w.session, case), places(w.session)
        if file.hop is not None:
            waits = known.get(file.hop.to_office)
            raise HopWaits(office=waits.name if waits else file.hop.to_office)
        goal, why = check_hop(case.office, to_office, known), decide_reason(reason)
        row = w.add(
            Transfer(
                project_id=case.project_id,
                case_id=case.id,
                place=len(file.transfers) + 1,
                from_office=case.office,
                to_office=goal.code,
                reason=why,
                sent_at=clock.now(),
                sent_by=w.by.label,
            )
        )
        w.record(ServiceCaseTransferred(case.id, case.project_id, case.office, goal.code))
        return row.id


def take_case(case_id: int, *, by: Actor, may_take_any: bool = False) -> None:
    """Take a case in hand: one that was sent to one's office, or one of one's office that nobody has.

    Raises: Missing; CaseClosed; NoHopWaits; NotYourOffice.
    Source: S39; SF-5, one person.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id, may_be_suspended=True)
        hop = file_of(w.session, case).hop
        if hop is None and case.holder_id is not None:
            raise NoHopWaits
        office = hop.to_office if hop else case.office
        if office and not may_take_any and office not in seats_of(w.session, w.by.id):
            known = places(w.session).get(office)
            raise NotYourOffice(office=known.name if known else office)
        if hop is not None:
            hop.taken_at, hop.taken_by_id, hop.taken_by = clock.now(), w.by.id, w.by.label
        case.office, case.holder_id, case.holder = office, w.by.id, w.by.label
        w.record(ServiceCaseTaken(case.id, case.project_id, office, w.by.id))
