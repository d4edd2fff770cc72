"""Stop a calendar address: from now on it opens nothing, as if it had never been."""

from __future__ import annotations

from concierge.feeds.events import FeedRevoked
from concierge.feeds.models import FeedRow
from concierge.feeds.rules.feed import FeedStopped
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work


def stop_feed(feed_id: int, *, by: Actor) -> None:
    """Stop an address of one's own.

    Raises: Missing, for somebody else's; FeedStopped, the second time.
    Effects: tells ``FeedRevoked``.
    Source: FE-13.
    """
    with work(by) as w:
        row = own_feed(w, feed_id)
        row.revoked_at = clock.now()
        w.record(FeedRevoked(feed_id=row.id, device=row.device, project_id=row.project_id))


def own_feed(w: Work, feed_id: int, *, version: int | None = None) -> FeedRow:
    """An address of whoever acts.

    Raises: Missing, Stale, FeedStopped.
    """
    row = w.get(FeedRow, feed_id, version=version)
    if row.owner_id != w.by.id:
        raise Missing
    if row.revoked_at is not None:
        raise FeedStopped
    return row
