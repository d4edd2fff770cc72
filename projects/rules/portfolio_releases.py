"""What one more reviewer, hand-in, sitting, seat or room would bring to the projects that wait."""

from __future__ import annotations

from collections.abc import Callable

from projects.rules.county_portfolio import Built
from projects.rules.portfolio_days import ReleaseLine
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.plan import PortfolioPlan
from scheduler.portfolio.releases import Release, ReleaseKind, cheapest
from scheduler.portfolio.solve import Effort, plan

MOST_TRIED = 8
"""Each is a whole new plan; what is waited for most is tried first."""
_TRIAL_STEPS = 2_000_000
"""At most so many steps are placed for each trial: a second or two, however many projects there are."""
_TRIAL_PLANS = 2_000
_KINDS = {
    ReleaseKind.REVIEWER: "bench",
    ReleaseKind.HAND_IN: "officer",
    ReleaseKind.SITTING: "sitting",
    ReleaseKind.SEAT: "seat",
    ReleaseKind.ROOM: "room",
}
"""What a release is called in a plan's summary."""


class Untried(Exception):
    """Whoever watched wants no more trials."""


def release_lines(
    built: Built, *, effort: int, seed: int, may_go_on: Callable[[], bool]
) -> tuple[ReleaseLine, ...]:
    """The cheapest things to give, best first.

    The plans compared are made alike, with and without the gift, so what differs is due to it alone.

    Units: ``effort`` in plans built, lowered for each trial, and more where there are many steps.
    Raises: Untried, once ``may_go_on`` says no.
    """
    steps = sum(len(project.problem.steps) for project in built.portfolio.projects)
    each = Effort(max(1, min(effort, _TRIAL_PLANS, _TRIAL_STEPS // max(1, steps))))

    def replan(portfolio: Portfolio) -> PortfolioPlan:
        if not may_go_on():
            raise Untried
        return plan(portfolio, effort=each, seed=seed).plan

    found = cheapest(built.portfolio, replan, kinds=_KINDS, most=MOST_TRIED)
    return tuple(_line(built, release) for release in found)


def _line(built: Built, release: Release) -> ReleaseLine:
    wish = release.wish
    least, most = release.span
    return ReleaseLine(
        kind=_KINDS[wish.kind],
        key=wish.who,
        more=1,
        first_on=built.axis.date_of(wish.first),
        last_on=built.axis.date_of(wish.last),
        projects=tuple(int(change.project) for change in release.changes.earlier),
        saved_workdays=release.days_earlier,
        least_workdays=least,
        most_workdays=most,
    )
