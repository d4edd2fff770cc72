"""Note that a calendar program fetched an address, and what it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from concierge.feeds.models import FeedRow, FetchRow
from concierge.feeds.queries.fetching import Asked
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import Work, work

QUIET = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The bytes of an answer by their tag, and the moment they came to be; for which state of which day."""

    tag: str
    modified_at: datetime
    revision: int
    on: date


def note_fetch(asked: Asked, client: str, status: int, answer: Answer | None = None) -> None:
    """Write down who fetched, at most every five minutes for one program that gets the same answer.

    Shape: ``answer`` is what is to be remembered, None where the remembered one was given again.
    Source: FE-13.
    """
    last, now = asked.last_fetch, clock.now()
    is_news = last is None or last.status != status or now - last.last_at >= QUIET
    if answer is None and not is_news:
        return
    with work(SYSTEM) as w:
        if answer is not None:
            _remember(w, asked.feed, answer)
        if is_news:
            _note(w, asked.feed.id, client, status, now)


def _remember(w: Work, feed: FeedRow, answer: Answer) -> None:
    """Keep the tag, unless somebody else did meanwhile; forms about the address do not become stale by it."""
    w.session.execute(
        update(FeedRow)
        .where(FeedRow.id == feed.id, FeedRow.etag == feed.etag)
        .values(
            etag=answer.tag,
            modified_at=answer.modified_at,
            answered_revision=answer.revision,
            answered_on=answer.on,
        )
    )


def _note(w: Work, feed_id: int, client: str, status: int, now: datetime) -> None:
    asked = select(FetchRow).where(FetchRow.feed_id == feed_id, FetchRow.client == client)
    row = w.session.scalar(asked.with_for_update())
    if row is None:
        row = FetchRow(feed_id=feed_id, client=client, first_at=now, fetches=0)
        w.session.add(row)
    row.last_at, row.status = now, status
    row.fetches += 1
