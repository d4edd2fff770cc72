"""Questions a poll asks: whose key this is, what its calendar's mark is, and, if it must be, the entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from concierge.feeds.models import EntryRow, FeedKeyRow, FeedRow, FetchRow, HoldingRow, MarkRow
from concierge.feeds.rules.changes import SHOWN_AHEAD, SHOWN_BACK, is_shown
from concierge.feeds.rules.countdown import midnight
from concierge.feeds.rules.entry import EntryKind, Kept
from concierge.feeds.rules.feed import FOR_OTHERS, KeyStanding, Purpose, key_standing, posts
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within

REVIEW_KINDS = (EntryKind.SITTING, EntryKind.OPINIONS)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An address somebody polls.

    Shape: ``revision`` and ``marked_at`` are its calendar's high-water mark, 0 and None before anything was
        on it; ``last_fetch`` is what is known of this program's polls so far.
    """

    feed: FeedRow
    key: FeedKeyRow
    standing: KeyStanding
    revision: int
    marked_at: datetime | None
    last_fetch: FetchRow | None


def asked_for(session: Session, token_hash: str, client: str) -> Asked:
    """The address of a key, in one question.

    Raises: Missing, for a key nobody has, a stopped address, a person no longer on the staff or no longer
        in charge of the project: all alike.
    Source: FE-6, FE-13.
    """
    found = session.execute(
        select(FeedKeyRow, FeedRow, MarkRow.revision, MarkRow.changed_at, User.active, FetchRow)
        .join(FeedRow, FeedRow.id == FeedKeyRow.feed_id)
        .outerjoin(MarkRow, MarkRow.subject == FeedRow.subject)
        .outerjoin(User, User.id == FeedRow.owner_id)
        .outerjoin(FetchRow, and_(FetchRow.feed_id == FeedRow.id, FetchRow.client == client))
        .where(FeedKeyRow.token_hash == token_hash, FeedRow.revoked_at.is_(None))
    ).first()
    if found is None:
        raise Missing
    key, feed, revision, marked_at, is_on_staff, last_fetch = found
    standing = key_standing(key.ends_at, key.replaced_at, clock.now())
    if standing is KeyStanding.GONE or not (is_on_staff or feed.purpose in FOR_OTHERS):
        raise Missing
    if feed.purpose is Purpose.PROJECT and not _may_see(session, feed):
        raise Missing
    return Asked(
        feed=feed,
        key=key,
        standing=standing,
        revision=revision or 0,
        marked_at=marked_at,
        last_fetch=last_fetch,
    )


def entries_of(session: Session, feed: FeedRow, today: date) -> Sequence[Kept]:
    """The entries on a calendar on a day: its window, and for a month what was called off or moved away.

    Source: FE-1, FE-5, FE-7.
    """
    asked = (
        select(EntryRow, HoldingRow.post, HoldingRow.left_at)
        .join(HoldingRow, HoldingRow.entry_id == EntryRow.id)
        .where(
            HoldingRow.subject == feed.subject,
            EntryRow.on >= today - SHOWN_BACK,
            EntryRow.on <= today + SHOWN_AHEAD,
        )
    )
    if posts(feed.purpose):
        asked = asked.where(HoldingRow.post.in_(posts(feed.purpose)))
    if feed.purpose is Purpose.DEPARTMENT:
        asked = asked.where(EntryRow.kind.in_(REVIEW_KINDS))
    found = []
    for row, post, left_at in session.execute(asked):
        gone_at = row.cancelled_at or left_at
        if is_shown(row.matter(), gone_at, today, midnight(today)):
            found.append(row.kept(post, left_at))
    return found


def _may_see(session: Session, feed: FeedRow) -> bool:
    by = Actor(feed.owner_id, feed.owner)
    asked = select(FeedRow.id).where(FeedRow.id == feed.id, within(by, FeedRow.project_id))
    return session.scalar(asked) is not None
