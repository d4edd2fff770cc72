"""Timed work of ratings."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.ratings.services.invite_to_rate import invite_to_rate
from concierge.ratings.services.watch_ratings import tell_late


def look_at_ratings(run: Run) -> None:
    """Invite to rate what was closed some days ago, and tell of negative ratings past their day.

    Source: RT-2, RT-3, RT-4.
    """
    with run.work() as w:
        invite_to_rate(w)
        tell_late(w)
