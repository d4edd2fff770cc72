"""Hand back after an absence: what was done is reported, and taken back by the one who returns."""

from __future__ import annotations

from concierge.handover.events import ReturnAccepted, WorkReturned
from concierge.handover.queries.handovers import facts_of
from concierge.handover.rules.handover import check_may_report, check_may_take_back
from concierge.handover.services.reach_handover import reach_handover
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.staff.queries import names


def return_work(handover_id: int, report: str, *, by: Actor) -> None:
    """Report what was done and give the papers back.

    Raises: Missing; TakerOnly; NothingReported; HandedOverAlready.
    Source: AB-6.
    """
    with work(by) as w:
        row = reach_handover(w, handover_id)
        name = names(w.session, [row.to_id]).get(row.to_id, "")
        check_may_report(facts_of(row), by.id, name, report)
        row.report = report.strip()
        row.reported_at, row.reported_by_id, row.reported_by = clock.now(), by.id, by.label
        w.record(WorkReturned(row.id, row.from_id, row.to_id))


def take_back(handover_id: int, *, by: Actor) -> None:
    """Take the work back after reading the report.

    Raises: Missing; GiverOnly; HandedOverAlready.
    Source: AB-6.
    """
    with work(by) as w:
        row = reach_handover(w, handover_id)
        name = names(w.session, [row.from_id]).get(row.from_id, "")
        check_may_take_back(facts_of(row), by.id, name)
        row.taken_back_at, row.taken_back_by_id, row.taken_back_by = clock.now(), by.id, by.label
        w.record(ReturnAccepted(row.id, row.from_id, row.to_id))
