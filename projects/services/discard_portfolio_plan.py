"""Discard a plan of all projects that nobody wants to adopt."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.work import work
from projects.events import PortfolioPlanDiscarded
from projects.models.portfolio import PortfolioState
from projects.services.cancel_portfolio_plan import plan_row


class NotOnTheTable(Refusal):
    """A plan that is not ready: still being made, or settled already."""

    message = N_("Plan no. %(number)s is not waiting for a decision. Look at the list of plans.")


def discard_portfolio_plan(number: int, *, by: Actor) -> None:
    """Put a ready plan aside; it stays in the list. Raises: Missing, NotOnTheTable."""
    with work(by) as w:
        row = plan_row(w, number)
        if row.state is not PortfolioState.READY:
            raise NotOnTheTable(number=number)
        row.state, row.ended_at = PortfolioState.DISCARDED, row.ended_at or clock.now()
        w.record(PortfolioPlanDiscarded(row.id, row.number))
