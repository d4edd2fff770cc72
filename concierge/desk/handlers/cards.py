"""What the desk tells of cards. Every handler may be run twice."""

from __future__ import annotations

from concierge.desk.services.tell import tell_project
from concierge.kernel.work import Work
from concierge.supervision.events import CardEscalated, CardShown, ComplaintTaken


def tell_of_card(w: Work, event: CardShown) -> None:
    """A department was shown a card."""
    facts = {"department": event.department, "limit_on": event.limit_on}
    tell_project(w, event.project_id, f"card_{event.colour}", facts, code=event.code)


def tell_of_escalation(w: Work, event: CardEscalated) -> None:
    """A red card went one level up."""
    tell_project(w, event.project_id, "card_up", {"department": event.department}, code=event.code)


def tell_of_complaint(w: Work, event: ComplaintTaken) -> None:
    """Somebody complained of an approval: those in charge of its project hear of it, if it names one."""
    if event.project_id is not None:
        facts = {"department": event.department, "due_on": event.due_on}
        tell_project(w, event.project_id, "complaint", facts)
