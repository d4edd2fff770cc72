"""Cancel a plan of all projects while it is being made."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.work import Work, work
from projects.events import PortfolioPlanCancelled
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.queries.portfolio_plan import OPEN, is_given_up


class AlreadyMade(Refusal):
    """A plan that is not being made any more."""

    message = N_("Plan no. %(number)s is not being made any more. Discard it instead.")


def cancel_portfolio_plan(number: int, *, by: Actor) -> None:
    """Stop making a plan: one that waits for its turn is cancelled at once, and so is one whose job has
    failed for good; one under way at its next look.

    Raises: Missing, AlreadyMade.
    """
    with work(by) as w:
        row = plan_row(w, number)
        if row.state is PortfolioState.ASKED or (row.state in OPEN and is_given_up(w.session, row.id)):
            row.state, row.ended_at, row.is_cancel_asked = PortfolioState.CANCELLED, clock.now(), True
        elif row.state is PortfolioState.WORKING:
            row.is_cancel_asked = True
        else:
            raise AlreadyMade(number=number)
        w.record(PortfolioPlanCancelled(row.id, row.number))


def plan_row(w: Work, number: int) -> PortfolioPlan:
    """A version's row, locked. Raises: Missing."""
    asked = select(PortfolioPlan).where(PortfolioPlan.number == number).with_for_update()
    row = w.session.execute(asked).scalar_one_or_none()
    if row is None:
        raise Missing
    return row
