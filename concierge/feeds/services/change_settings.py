"""Change how much a calendar address tells, in which language, and whether it rings."""

from __future__ import annotations

from dataclasses import dataclass

from concierge.feeds.events import FeedSettingsChanged
from concierge.feeds.rules.feed import Detail
from concierge.feeds.services.stop_feed import own_feed
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What may be changed of an address; what it is for may not."""

    detail: Detail
    language: str
    has_alarms: bool


def change_settings(feed_id: int, wanted: Settings, *, version: int, by: Actor) -> None:
    """Change the settings of an address of one's own.

    Raises: Missing, Stale, FeedStopped.
    Effects: the next fetch gets other bytes and another tag; tells ``FeedSettingsChanged``.
    Source: FE-10, FE-12.
    """
    with work(by) as w:
        row = own_feed(w, feed_id, version=version)
        row.detail, row.language, row.has_alarms = wanted.detail, wanted.language, wanted.has_alarms
        row.answered_on = None  # the tag stays, so that the next one is known to be another
        w.record(
            FeedSettingsChanged(
                feed_id=row.id,
                detail=row.detail.value,
                language=row.language,
                has_alarms=row.has_alarms,
                project_id=row.project_id,
            )
        )
