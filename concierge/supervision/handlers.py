"""What supervision does when something happens to a step. Every handler may be run twice."""

from __future__ import annotations

from approvals.events import CalendarChanged, StepMoved
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.supervision.services.show_cards import show_cards

LOOK = "concierge.supervision.tasks:look_at_limits"


def look_after_move(w: Work, event: StepMoved) -> None:
    """A step moved: its cards end, or others are due. The first move of a day has every limit looked at.

    So a desk whose clock did not tick in the morning still shows what is due.
    """
    show_cards(w, event.project_id)
    w.enqueue(LOOK, dedupe_key=f"limits:{clock.today().isoformat()}")


def look_after_calendar(w: Work, _event: CalendarChanged) -> None:
    """Other days are working days: every limit is looked at again."""
    w.enqueue(LOOK)
