"""What approvals do when something happens to a step. Every handler may be run twice."""

from __future__ import annotations

from approvals.events import StepMoved
from approvals.services.follow_case import follow_case
from concierge.kernel.work import Work


def deferrals_after_move(w: Work, event: StepMoved) -> None:
    """A step moved: what was to come later is made good, void, or owed again."""
    follow_case(w, event.step_id)
