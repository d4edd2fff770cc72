"""What the desk tells of outreach. Every handler may be run twice."""

from __future__ import annotations

from sqlalchemy import func, select

from concierge.desk.services.tell import tell_person
from concierge.kernel.work import Work
from concierge.outreach.events import DueFound, DutyPlanned, ProblemFound, ServiceBooked
from concierge.outreach.models.booking import ServiceBookingRow
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.models.visit import ProblemRow, VisitRow

BOOKINGS = "/outreach/bookings/"


def tell_of_problem(w: Work, event: ProblemFound) -> None:
    """A problem heard on a visit is somebody's task."""
    asked = select(ProblemRow, VisitRow).join(VisitRow, VisitRow.id == ProblemRow.visit_id)
    row = w.session.execute(asked.where(ProblemRow.id == event.problem_id)).one_or_none()
    if row is None:
        return
    problem, visit = row
    facts = {
        "whom": visit.to_whom,
        "what": problem.what,
        "due_on": event.due_on,
        "page": f"/outreach/visits/{visit.id}",
    }
    tell_person(w, event.holder_id, "problem_found", facts)


def tell_of_booking(w: Work, event: ServiceBooked) -> None:
    """Somebody on duty has a booking to serve."""
    row = w.session.get(ServiceBookingRow, event.booking_id)
    if row is None or event.officer_id is None:
        return
    facts = {"what": row.what, "on": row.on, "at": f"{row.begins:%H:%M}", "page": BOOKINGS}
    tell_person(w, event.officer_id, "service_booked", facts)


def tell_of_duty(w: Work, event: DutyPlanned) -> None:
    """Somebody has a duty, or has it no more."""
    text = "duty_planned" if event.is_on else "duty_dropped"
    tell_person(w, event.person_id, text, {"on": event.on, "page": BOOKINGS})


def tell_of_due(w: Work, event: DueFound) -> None:
    """The windows of the townships hear how many of their people are newly due."""
    rule = w.session.scalar(select(EligibilityRuleRow).where(EligibilityRuleRow.code == event.code))
    if rule is None:
        return
    asked = (
        select(TownshipRow, func.count(DueRow.id))
        .join(DueRow, DueRow.township_id == TownshipRow.id)
        .where(DueRow.rule_id == rule.id, DueRow.found_on == event.on, TownshipRow.agent_id.is_not(None))
        .group_by(TownshipRow.id)
        .order_by(TownshipRow.code)
    )
    told: dict[int, list[tuple[str, int]]] = {}
    for township, count in w.session.execute(asked):
        told.setdefault(township.agent_id or 0, []).append((township.name, count))
    for agent_id, places in told.items():
        facts = {
            "count": sum(count for _, count in places),
            "service": rule.name,
            "places": "、".join(name for name, _ in places),
            "page": f"/outreach/due/{rule.id}?state=new",
        }
        tell_person(w, agent_id, "due_found", facts)
