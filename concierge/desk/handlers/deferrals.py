"""What the desk tells of papers that come later. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.deferrals import DeferralDue
from concierge.desk.services.tell import tell_project
from concierge.kernel.work import Work


def tell_of_deferral(w: Work, event: DeferralDue) -> None:
    """A paper promised for later is due."""
    facts = {
        "number": event.number,
        "material": event.material,
        "due_on": event.due_on,
        "left": event.workdays_left,
    }
    text = "deferral_due" if event.workdays_left >= 0 else "deferral_over"
    tell_project(w, event.project_id, text, facts)
