"""Making the answer to a poll: the bytes of a calendar, their tag, and the moment they came to be."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import current_app
from flask_babel import force_locale, get_locale, gettext
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.feeds.models import FeedKeyRow, FeedRow
from concierge.feeds.queries.fetching import Asked, entries_of
from concierge.feeds.rules.calendar import Face, Shown, render
from concierge.feeds.rules.changes import next_mark
from concierge.feeds.rules.countdown import midnight
from concierge.feeds.rules.entry import EntryKind, EntryState
from concierge.feeds.rules.feed import KeyStanding, Purpose
from concierge.feeds.services.note_fetch import Answer
from concierge.feeds.views.entry_words import EntryWords
from concierge.kernel import clock
from concierge.kernel.errors import N_

TAG_SIGNS = 40
TITLES = {
    Purpose.ALL: N_("Concierge work of %(name)s"),
    Purpose.STEPS: N_("A post of %(name)s"),
    Purpose.COVER: N_("Cover by %(name)s"),
    Purpose.PROJECT: N_("Project: %(name)s"),
    Purpose.DEPARTMENT: N_("Joint reviews: %(name)s"),
    Purpose.ENTERPRISE: N_("Project milestones: %(name)s"),
}
COLOURS = {
    Purpose.ALL: ("steelblue", "#1250A8"),
    Purpose.STEPS: ("steelblue", "#1250A8"),
    Purpose.COVER: ("slateblue", "#5D3A9B"),
    Purpose.PROJECT: ("seagreen", "#1A6E46"),
    Purpose.DEPARTMENT: ("teal", "#0B6472"),
    Purpose.ENTERPRISE: ("darkslategray", "#3C4B5C"),
}


@dataclass(frozen=True)
class Rendered:
    """A calendar and what is told of it."""

    body: bytes
    tag: str
    modified_at: datetime


class Shelf:
    """The calendars this process rendered last, by their tags: a tag is the hash of the bytes it stands for.

    Units: ``most_bytes`` of all of them together; the one longest not asked for goes first.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> bytes | None:
        """The bytes of a tag, if they are still here."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def put(self, tag: str, body: bytes) -> None:
        """Keep some bytes."""
        with self._lock:
            if tag not in self._kept:
                self._kept[tag] = body
                self._bytes += len(body)
            while self._bytes > self._most_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest)


shelf = Shelf(32 * 1024 * 1024)


def remembered(asked: Asked, today: date) -> Answer | None:
    """The answer this address would give, if it is known without looking at an entry.

    Shape: None after a change, on a new day, and in the hours in which an old key ends.
    Source: FE-6.
    """
    feed = asked.feed
    is_known = feed.etag and (feed.answered_revision, feed.answered_on) == (asked.revision, today)
    if not is_known or feed.modified_at is None or asked.standing is not KeyStanding.OPEN:
        return None
    return Answer(tag=feed.etag, modified_at=feed.modified_at, revision=asked.revision, on=today)


def rendered(session: Session, asked: Asked, today: date) -> Rendered:
    """The calendar of an address as it is today."""
    with force_locale(asked.feed.language):
        body = render(face(asked.feed), shown_in(session, asked, today))
    tag = hashlib.sha256(body).hexdigest()[:TAG_SIGNS]
    shelf.put(tag, body)
    return Rendered(body, tag, _modified_at(asked, tag, today))


def shown_in(session: Session, asked: Asked, today: date) -> list[Shown]:
    """The entries as this address words them; the language must be in force.

    Shape: an old key in its last hours gets one more, which says that it ends.
    """
    words = words_of(session, asked.feed, today)
    found = [words.shown(kept) for kept in entries_of(session, asked.feed, today)]
    if asked.standing is KeyStanding.ENDING:
        found.append(_ending(asked.feed, asked.key))
    return found


def file_of(session: Session, feed: FeedRow, today: date) -> bytes:
    """The calendar of an address as a file, for somebody who is signed in."""
    with force_locale(feed.language):
        words = words_of(session, feed, today)
        return render(face(feed), [words.shown(kept) for kept in entries_of(session, feed, today)])


def words_of(session: Session, feed: FeedRow, today: date) -> EntryWords:
    """How an address words its entries."""
    return EntryWords(
        language=feed.language,
        detail=feed.detail,
        purpose=feed.purpose,
        has_alarms=feed.has_alarms,
        base_url=current_app.config["CONCIERGE"].base_url,
        today=today,
        calendar=catalogue_queries.work_calendar(session),
    )


def ended(asked: Asked) -> bytes:
    """What is left of an address whose key has ended: one entry that says how to get a new one.

    Source: FE-13.
    """
    with force_locale(asked.feed.language):
        return render(face(asked.feed), [_ending(asked.feed, asked.key)])


def face(feed: FeedRow) -> Face:
    """What the calendar of an address is called; the language must be in force."""
    return Face(
        name=title_of(feed),
        description=gettext("Made for %(device)s. The records count, not the calendar.", device=feed.device),
        colour=COLOURS[feed.purpose],
        component=feed.component,
    )


def title_of(feed: FeedRow) -> str:
    """What the calendar of an address is called, in the language in force."""
    name = feed.title_zh if str(get_locale()).startswith("zh") else feed.title_en
    return gettext(TITLES[feed.purpose], name=name)


def _modified_at(asked: Asked, tag: str, today: date) -> datetime:
    """The moment these bytes came to be: as it is kept, or that of the change that made them."""
    feed = asked.feed
    if asked.standing is not KeyStanding.OPEN:
        return asked.key.replaced_at or asked.key.made_at
    if tag == feed.etag and feed.modified_at is not None:
        return feed.modified_at
    causes = [feed.made_at]
    if asked.marked_at is not None and asked.revision != feed.answered_revision:
        causes.append(asked.marked_at)
    elif feed.answered_on not in (None, today):
        causes.append(midnight(today).astimezone(UTC))
    elif feed.modified_at is not None:
        causes.append(clock.now())  # its settings are others
    return next_mark(feed.modified_at, max(causes))


def _ending(feed: FeedRow, key: FeedKeyRow) -> Shown:
    since = key.replaced_at or key.ends_at
    text = gettext("Get a new calendar address")
    return Shown(
        uid=f"{feed.handle}-{key.id}",
        sequence=0,
        made_at=key.made_at,
        said_since=since,
        kind=EntryKind.TASK,
        state=EntryState.OPEN,
        on=clock.local(since).date(),
        begins_at=None,
        minutes=0,
        summary=text,
        description=gettext(
            "This calendar address was replaced or has come to its end. Open “Calendar feeds” in the system, "
            "get a new address for this device, and delete this calendar."
        ),
        categories=(),
        url=f"{current_app.config['CONCIERGE'].base_url}/calendar/",
    )
