"""Old logins are forgotten: where somebody signed in from is kept as long as the law asks, and no longer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from concierge.kernel import clock
from concierge.kernel.jobs import Run
from concierge.kernel.security.models import LoginGuard, LoginSession

KEPT = timedelta(days=183)  # six months, see Source
GUARDS_KEPT = timedelta(days=1)  # long after any lock


def forget_old_logins(run: Run) -> None:
    """Remove sessions last seen half a year ago, and counters of wrong passwords of the day before.

    Source: 网络安全法 art. 21(3), network logs are kept for no less than six months.
    """
    now = clock.moment()
    with run.work() as w:
        w.session.execute(delete(LoginSession).where(LoginSession.seen_at < now - KEPT))
        w.session.execute(delete(LoginGuard).where(LoginGuard.failed_at < now - GUARDS_KEPT))
