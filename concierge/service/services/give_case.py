"""Give a case to a colleague of the same office: somebody is away, or the load is spread anew."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.service.events import ServiceCaseTaken
from concierge.service.queries.case_file import file_of
from concierge.service.queries.offices import places, seats_of
from concierge.service.queries.people import person_named
from concierge.service.rules.tiers import HopWaits, NotSeatedHere
from concierge.service.services.pick_up_case import pick_up_case


def give_case(case_id: int, person_id: int, *, by: Actor) -> None:
    """Put a case into a colleague's hands; the trace says who gave it.

    Raises: Missing, for somebody without an account; CaseClosed; HopWaits, while it is on its way;
        NotSeatedHere.
    Source: SF-5, one person; S39, each case has its holder.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id, may_be_suspended=True)
        known, hop = places(w.session), file_of(w.session, case).hop
        if hop is not None:
            waits = known.get(hop.to_office)
            raise HopWaits(office=waits.name if waits else hop.to_office)
        name = person_named(w.session, person_id)
        if case.office and case.office not in seats_of(w.session, person_id):
            here = known.get(case.office)
            raise NotSeatedHere(office=here.name if here else case.office)
        case.holder_id, case.holder = person_id, name
        w.record(ServiceCaseTaken(case.id, case.project_id, case.office, person_id))
