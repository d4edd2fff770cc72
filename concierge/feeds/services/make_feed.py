"""Make a calendar address for one device; its key is told once, here, and never again."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import func, select

from concierge.feeds.events import FeedMade
from concierge.feeds.models import FeedKeyRow, FeedRow
from concierge.feeds.queries.subjects import projects_of, subject_of
from concierge.feeds.rules.feed import (
    LONGEST_NAME,
    MOST_FEEDS,
    PERSONAL,
    PREFIX,
    VALID,
    FeedTerms,
    TooManyFeeds,
    checked_terms,
    subject,
)
from concierge.feeds.services.refresh_entries import refresh_entries, refresh_todos
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import Work, work


def make_feed(asked: FeedTerms, *, by: Actor) -> tuple[int, Minted]:
    """Make an address; answers its number and its key.

    Raises: DeviceNameMissing, FeedPurposeUnknown, TooManyFeeds; Missing, for what is out of their charge.
    Effects: looks at the calendar's projects, so that it is full from the first fetch; tells ``FeedMade``.
    """
    with work(by) as w:
        return make(w, asked)


def make(w: Work, asked: FeedTerms) -> tuple[int, Minted]:
    """The same in the caller's work."""
    terms = checked_terms(asked)
    about = subject_of(w.session, terms.purpose, terms.target, w.by)
    _check_room(w)
    minted = mint(PREFIX, current_app.config["SECRET_KEY"])
    row = w.add(
        FeedRow(
            purpose=terms.purpose,
            subject=subject(terms.purpose, terms.target, w.by.id),
            owner_id=w.by.id,
            owner=w.by.label,
            project_id=about.project_id,
            device=terms.device.strip()[:LONGEST_NAME],
            title_zh=about.name.zh,
            title_en=about.name.en,
            detail=terms.detail,
            component=terms.component,
            language=terms.language,
            has_alarms=terms.has_alarms,
            handle=minted.handle,
            made_at=clock.now(),
        )
    )
    add_key(w, row, minted)
    refresh_entries(w, projects_of(w.session, terms.purpose, terms.target, w.by.id, clock.today()))
    if terms.purpose in PERSONAL:
        refresh_todos(w, w.by)
    w.record(
        FeedMade(
            feed_id=row.id,
            purpose=row.purpose.value,
            subject=row.subject,
            device=row.device,
            hint=minted.hint,
            project_id=row.project_id,
        )
    )
    return row.id, minted


def add_key(w: Work, row: FeedRow, minted: Minted) -> None:
    """Give an address a key, good for a year."""
    now = clock.now()
    w.add(
        FeedKeyRow(
            feed_id=row.id,
            token_hash=minted.token_hash,
            hint=minted.hint,
            made_at=now,
            ends_at=now + VALID,
        )
    )


def _check_room(w: Work) -> None:
    """Raises: TooManyFeeds."""
    asked = select(func.count(FeedRow.id)).where(FeedRow.owner_id == w.by.id, FeedRow.revoked_at.is_(None))
    if (w.session.scalar(asked) or 0) >= MOST_FEEDS:
        raise TooManyFeeds(most=MOST_FEEDS)
