"""What the desk tells of its own messages, and of what falls due. Every handler may be run twice."""

from __future__ import annotations

from concierge.desk.events import DeadlinesNear, MessageDied
from concierge.desk.services.tell import tell_person
from concierge.kernel.work import Work


def tell_of_deadlines(w: Work, event: DeadlinesNear) -> None:
    """Things fall due within two days."""
    first = min(event.things, key=lambda one: (one.due_on, one.key))
    facts = {
        "count": len(event.things),
        "thing": first.text,
        "due_on": first.due_on,
        "page": first.page if len(event.things) == 1 and first.page else "/",  # where their day begins
    }
    tell_person(w, event.person_id, "near" if len(event.things) == 1 else "near_many", facts)


def tell_of_death(w: Work, event: MessageDied) -> None:
    """A message to somebody could not be delivered."""
    if event.person_id is not None:
        facts = {"channel": event.channel, "why": event.why, "page": "/notices/channels/"}
        tell_person(w, event.person_id, "message_died", facts)
