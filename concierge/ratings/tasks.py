"""Timed work of ratings."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.ratings.services.close_quarter import close_quarter
from concierge.ratings.services.follow_steps import follow_steps
from concierge.ratings.services.invite_to_rate import invite_to_rate
from concierge.ratings.services.watch_ratings import tell_late


def look_at_decisions(run: Run) -> None:
    """Let what was decided since the last look be rated. Source: RT-1."""
    with run.work() as w:
        follow_steps(w)


def look_at_ratings(run: Run) -> None:
    """Invite to rate what was closed some days ago, tell of what is late, close a quarter that is over.

    Source: RT-2, RT-3, RT-4, SV-6.
    """
    with run.work() as w:
        follow_steps(w)
        invite_to_rate(w)
        tell_late(w)
        close_quarter(w)
