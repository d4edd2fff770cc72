"""Take over: from this minute whoever accepts answers for the work."""

from __future__ import annotations

from concierge.handover.events import HandoverAccepted
from concierge.handover.queries.handovers import facts_of
from concierge.handover.rules.handover import check_may_accept
from concierge.handover.services.freeze_sheets import freeze_sheets
from concierge.handover.services.reach_handover import reach_handover
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.staff.queries import names


def accept_handover(handover_id: int, *, by: Actor) -> None:
    """Accept a handover, or take over from the records what nobody could hand over.

    Raises: Missing; TakerOnly; NotGivenYet; HandedOverAlready.
    Effects: sheets that nobody froze are frozen now.
    Source: AB-2, AB-4, AB-5.
    """
    with work(by) as w:
        row = reach_handover(w, handover_id)
        known = names(w.session, [row.from_id, row.to_id])
        pair = (known.get(row.from_id, ""), known.get(row.to_id, ""))
        check_may_accept(facts_of(row), by.id, pair, clock.today())
        freeze_sheets(w, row)
        row.accepted_at, row.accepted_by_id, row.accepted_by = clock.now(), by.id, by.label
        w.record(HandoverAccepted(row.id, row.from_id, row.to_id))
