"""What the page of calendar feeds shows: the addresses of a person, who fetched them, and one week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from flask_babel import force_locale, gettext, ngettext
from sqlalchemy.orm import Session

from concierge.feeds.models import FeedRow, FetchRow
from concierge.feeds.queries.fetching import entries_of
from concierge.feeds.queries.own_feeds import OwnFeed
from concierge.feeds.rules.calendar import Shown
from concierge.feeds.rules.entry import EntryKind, EntryState
from concierge.feeds.rules.feed import Component, Detail, Purpose, subject
from concierge.feeds.views.answering import title_of, words_of
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.kernel.spoken import WEEKDAYS, WEEKDAYS_ZH, is_chinese

Option = TypeVar("Option", Purpose, Detail)
WEEK = timedelta(days=7)
STALE = timedelta(days=3)
SWATCH = {
    Purpose.ALL: "sw-a",
    Purpose.STEPS: "sw-a",
    Purpose.COVER: "sw-b",
    Purpose.PROJECT: "sw-m",
    Purpose.DEPARTMENT: "sw-j",
    Purpose.ENTERPRISE: "sw-m",
}
PURPOSES = {
    Purpose.ALL: (N_("All that is mine"), N_("A post, cover, sittings, deferred papers")),
    Purpose.STEPS: (N_("My steps"), N_("the days of projects on which I act as A")),
    Purpose.COVER: (N_("My cover duty"), N_("what comes to me while a partner is away")),
    Purpose.PROJECT: (N_("One project"), N_("all its days, whoever acts")),
    Purpose.DEPARTMENT: (N_("Reviews of one department"), N_("sittings and last days for opinions")),
    Purpose.ENTERPRISE: (
        N_("Milestones of one enterprise"),
        N_("to hand on: the permit, its own tasks, deferred papers"),
    ),
}
DETAILS = {
    Detail.FULL: (N_("Everything"), N_("with the name of the project")),
    Detail.SHORT: (N_("Without names"), N_("no project, no enterprise")),
    Detail.BUSY: (N_("Only that there is something"), N_("for a calendar others can see")),
}
LOOKS = {
    EntryKind.SITTING: "e-j",
    EntryKind.OPINIONS: "e-j",
    EntryKind.DEFERRAL: "e-c",
    EntryKind.CHECK: "e-c",
    EntryKind.MILESTONE: "e-m",
}


@dataclass(frozen=True, kw_only=True)
class FeedLine:
    """One address as a line of the table."""

    id: int
    version: int
    swatch: str
    title: str
    device: str
    hint: str
    as_tasks: bool
    ahead: int
    fetched: Sequence[str]
    works: str
    look: str
    ends_on: date
    detail: str
    language: str
    has_alarms: bool


@dataclass(frozen=True)
class WeekDay:
    """One day of the preview. Shape: each entry its look, its title, the line below."""

    on: date
    name: str
    is_today: bool
    entries: Sequence[tuple[str, str, str]]


def line_of(one: OwnFeed, now: datetime) -> FeedLine:
    """One address in the words of the page."""
    row = one.row
    look, works = verdict(one.fetches, now)
    return FeedLine(
        id=row.id,
        version=row.version,
        swatch=SWATCH[row.purpose],
        title=title_of(row),
        device=row.device,
        hint=one.key.hint,
        as_tasks=row.component is Component.TASKS,
        ahead=one.ahead,
        fetched=[fetched(fetch, now) for fetch in one.fetches],
        works=works,
        look=look,
        ends_on=clock.local(one.key.ends_at).date(),
        detail=row.detail.value,
        language=row.language,
        has_alarms=row.has_alarms,
    )


def verdict(fetches: Sequence[FetchRow], now: datetime) -> tuple[str, str]:
    """Whether a calendar works, as far as can be seen from here. Shape: look of the pill, words.

    Source: FE-16, no program can be made to fetch.
    """
    if not fetches:
        return "todo", gettext("not fetched yet")
    if fetches[0].status == 410:
        return "overdue", gettext("uses an old address")
    if now - fetches[0].last_at > STALE:
        days = (now - fetches[0].last_at).days
        said = ngettext("not fetched for %(num)s day", "not fetched for %(num)s days", days)
        return "waiting", said
    return "done", gettext("works")


def fetched(fetch: FetchRow, now: datetime) -> str:
    """Which program fetched last when."""
    at = clock.local(fetch.last_at)
    is_today = at.date() == clock.local(now).date()
    when = f"{at:%H:%M}" if is_today else f"{at:%Y-%m-%d %H:%M}"
    return gettext("%(program)s, %(when)s", program=gettext(fetch.client), when=when)


def week(session: Session, by: Actor, first_on: date, feed: FeedRow | None) -> list[WeekDay]:
    """One week of a calendar, in the very words its file has; of all that is one's own without an address."""
    today = clock.today()
    shown_feed = feed or _own(by)
    words = words_of(session, shown_feed, today)
    with force_locale(shown_feed.language):
        shown = [
            words.shown(kept)
            for kept in entries_of(session, shown_feed, today)
            if first_on <= kept.matter.on < first_on + WEEK
        ]
    by_day: dict[date, list[Shown]] = {first_on + timedelta(days=n): [] for n in range(7)}
    for one in sorted(shown, key=lambda one: (one.begins_at is None, one.begins_at or 0, one.uid)):
        by_day[one.on].append(one)
    return [
        WeekDay(on, _weekday(on), on == today, [_preview(one) for one in entries])
        for on, entries in by_day.items()
        if entries or on.weekday() < 5
    ]


def chosen(options: Mapping[Option, tuple[str, str]]) -> list[dict[str, str]]:
    """Choices with their notes, as the form shows them."""
    return [
        {"value": option.value, "text": gettext(text), "note": gettext(note)}
        for option, (text, note) in options.items()
    ]


def _preview(one: Shown) -> tuple[str, str, str]:
    look = LOOKS.get(one.kind, "e-a")
    where = f"{one.begins_at:%H:%M} {one.place}".strip() if one.begins_at else one.place
    below = where or " ".join(one.categories)
    return ("e-b" if one.state is EntryState.CANCELLED else look), one.summary, below


def _weekday(on: date) -> str:
    return f"周{WEEKDAYS_ZH[on.weekday()]}" if is_chinese() else WEEKDAYS[on.weekday()][:3]


def _own(by: Actor) -> FeedRow:
    return FeedRow(
        purpose=Purpose.ALL,
        subject=subject(Purpose.ALL, "", by.id),
        owner_id=by.id,
        detail=Detail.FULL,
        component=Component.EVENTS,
        language="zh" if is_chinese() else "en",
        has_alarms=False,
    )
