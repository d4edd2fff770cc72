"""What the desk tells of handovers and of C. Every handler may be run twice."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.desk.services.tell import tell_person
from concierge.handover.events import (
    HandoverAccepted,
    HandoverDue,
    HandoverGiven,
    HandoverLate,
    WorkReturned,
)
from concierge.kernel.work import Work
from concierge.staff.events import CoverNamed
from concierge.staff.queries import names


def tell_of_handover_due(w: Work, event: HandoverDue) -> None:
    """Whoever is to hand over hears by when; the other hears that it comes."""
    days = {"first_on": event.first_on, "due_on": event.due_on}
    giver, taker = _named(w, event.from_id, event.to_id)
    _tell(w, event.from_id, "handover_due", event.handover_id, {**days, "name": taker})
    text = "handover_sudden" if event.kind == "sudden" else "handover_coming"
    _tell(w, event.to_id, text, event.handover_id, {**days, "name": giver})


def tell_of_handover_given(w: Work, event: HandoverGiven) -> None:
    """Whoever takes over is asked to accept."""
    giver, _ = _named(w, event.from_id, event.to_id)
    _tell(w, event.to_id, "handover_given", event.handover_id, {"name": giver})


def tell_of_handover_accepted(w: Work, event: HandoverAccepted) -> None:
    """Whoever handed over hears that it counts now."""
    _, taker = _named(w, event.from_id, event.to_id)
    _tell(w, event.from_id, "handover_accepted", event.handover_id, {"name": taker})


def tell_of_handover_late(w: Work, event: HandoverLate) -> None:
    """Both hear that the day went by."""
    giver, taker = _named(w, event.from_id, event.to_id)
    for person_id in (event.from_id, event.to_id):
        facts = {"name": giver, "other": taker, "due_on": event.due_on}
        _tell(w, person_id, "handover_late", event.handover_id, facts)


def tell_of_work_returned(w: Work, event: WorkReturned) -> None:
    """Whoever was away is asked to read the report and take the work back."""
    _, taker = _named(w, event.from_id, event.to_id)
    _tell(w, event.from_id, "work_returned", event.handover_id, {"name": taker})


def tell_of_cover(w: Work, event: CoverNamed) -> None:
    """C hears for which days."""
    facts = {"first_on": event.first_on, "last_on": event.last_on, "page": f"/projects/{event.project_id}"}
    tell_person(w, event.person_id, "cover_by_rule" if event.is_head else "cover_named", facts)


def _named(w: Work, from_id: int, to_id: int) -> tuple[str, str]:
    found = names(w.session, [from_id, to_id])
    return found.get(from_id, ""), found.get(to_id, "")


def _tell(w: Work, person_id: int, text: str, handover_id: int, facts: Mapping[str, object]) -> None:
    tell_person(w, person_id, text, {**facts, "page": f"/handovers/{handover_id}"})
