"""What supervision does when something happens to a step. Every handler may be run twice."""

from __future__ import annotations

from approvals.events import CalendarChanged, StepMoved
from concierge.kernel.work import Work
from concierge.supervision.services.show_cards import show_cards


def look_after_move(w: Work, event: StepMoved) -> None:
    """A step moved: its cards end, or others are due."""
    show_cards(w, event.project_id)


def look_after_calendar(w: Work, _event: CalendarChanged) -> None:
    """Other days are working days: every limit is looked at again."""
    w.enqueue("concierge.supervision.tasks:look_at_limits")
