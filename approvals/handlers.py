"""What approvals do when something happens to a paper. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.papers import PaperFoundFit, PaperFoundUnfit, PaperTakenIn, PaperWithdrawn
from approvals.services.follow_paper import paper_came, paper_was_fit, paper_was_unfit
from concierge.kernel.work import Work


def deferrals_after_paper(w: Work, event: PaperTakenIn) -> None:
    """A paper came: what waits for it has it."""
    paper_came(w, event.project_id, event.material, event.on)


def deferrals_after_finding(w: Work, event: PaperFoundFit) -> None:
    """A paper is right: what it was promised for is closed."""
    paper_was_fit(w, event.project_id, event.material)


def deferrals_after_fault(w: Work, event: PaperFoundUnfit | PaperWithdrawn) -> None:
    """A paper is wrong, or was never this one: it is owed again."""
    paper_was_unfit(w, event.project_id, event.material, event.number, event.reason)
