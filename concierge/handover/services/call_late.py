"""Say once of each handover that its day went by and it was not given."""

from __future__ import annotations

from json import loads

from sqlalchemy import select

from concierge.handover.events import HandoverLate
from concierge.handover.queries.handovers import not_given
from concierge.kernel import clock
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import Work


def call_late(w: Work) -> int:
    """Call the handovers whose last day was yesterday or before and that nobody called late yet; how many.

    Source: AB-4, AB-5.
    """
    name = f"{HandoverLate.__module__}:{HandoverLate.__qualname__}"
    asked = select(EventRow.facts).where(EventRow.name == name)
    called = {int(loads(facts)["handover_id"]) for facts in w.session.scalars(asked)}
    late = [row for row in not_given(w.session, clock.today()) if row.id not in called]
    for row in late:
        w.record(HandoverLate(row.id, row.from_id, row.to_id, row.due_on))
    return len(late)
