"""A calendar as bytes: the same ones until something in it changes, whoever asks and whenever.

There is no METHOD, so DTSTAMP is the entry's last change and never the moment of asking.
Source: S24 sections 3.6 and 3.8.7; S35; FE-2 to FE-5, FE-8, FE-10 to FE-12.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from concierge.feeds.rules.content_lines import day, escaped, folded, local, utc
from concierge.feeds.rules.entry import EntryKind, EntryState
from concierge.feeds.rules.feed import Component

REFRESH = "PT1H"
ZONE = "Asia/Shanghai"
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Concierge//Calendar feeds 1.0//ZH",
    "CALSCALE:GREGORIAN",
)
_FIXED_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_EVENT_STATUS = {
    EntryState.PLANNED: "TENTATIVE",
    EntryState.OPEN: "CONFIRMED",
    EntryState.DONE: "CONFIRMED",
    EntryState.CANCELLED: "CANCELLED",
}
_TASK_STATUS = {
    EntryState.PLANNED: "NEEDS-ACTION",
    EntryState.OPEN: "IN-PROCESS",
    EntryState.DONE: "COMPLETED",
    EntryState.CANCELLED: "CANCELLED",
}
MORNING_BEFORE = timedelta(hours=8, minutes=30)
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Face:
    """What a calendar is called and how it looks. Shape: ``colour`` is a CSS name and its ``#rrggbb``."""

    name: str
    description: str
    colour: tuple[str, str] = ("steelblue", "#1250A8")
    component: Component = Component.EVENTS


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One entry in the words of whoever reads it.

    Units: ``made_at`` and ``said_since`` aware; ``on`` and ``begins_at`` in Asia/Shanghai; ``warned_on`` the
        day on whose morning an alarm goes off, None for none.
    """

    uid: str
    sequence: int
    made_at: datetime
    said_since: datetime
    kind: EntryKind
    state: EntryState
    on: date
    begins_at: time | None
    minutes: int
    summary: str
    description: str
    categories: tuple[str, ...]
    place: str = ""
    url: str = ""
    warned_on: date | None = None

    @property
    def takes_time(self) -> bool:
        """Whether one is busy meanwhile: a sitting that stands is, a deadline never."""
        return self.begins_at is not None and self.state is not EntryState.CANCELLED


def render(face: Face, entries: Iterable[Shown]) -> bytes:
    """A calendar file.

    Shape: sorted by day, time and name, so that the order of asking does not show.
    """
    ordered = sorted(entries, key=lambda one: (one.on, one.begins_at or time(), one.uid))
    write = _task if face.component is Component.TASKS else _event
    lines = [*_HEAD, *_looks(face), *_FIXED_ZONE]
    for one in ordered:
        lines += write(one)
    lines.append("END:VCALENDAR")
    return b"".join(map(folded, lines))


def _looks(face: Face) -> Sequence[str]:
    name = escaped(face.name)
    css, apple = face.colour
    return (
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"DESCRIPTION:{escaped(face.description)}",
        f"X-WR-CALDESC:{escaped(face.description)}",
        f"X-WR-TIMEZONE:{ZONE}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"COLOR:{css}",
        f"X-APPLE-CALENDAR-COLOR:{apple}",
    )


def _event(one: Shown) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _named(one)
    yield from _days(one)
    yield from _said(one)
    yield f"STATUS:{_EVENT_STATUS[one.state]}"
    yield "TRANSP:OPAQUE" if one.takes_time else "TRANSP:TRANSPARENT"
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{'BUSY' if one.takes_time else 'FREE'}"
    yield from _alarm(one)
    yield "END:VEVENT"


def _task(one: Shown) -> Iterator[str]:
    yield "BEGIN:VTODO"
    yield from _named(one)
    if one.begins_at is None:
        yield f"DUE;VALUE=DATE:{day(one.on)}"
    else:
        yield f"DUE;TZID={ZONE}:{local(datetime.combine(one.on, one.begins_at))}"
    yield from _said(one)
    yield f"STATUS:{_TASK_STATUS[one.state]}"
    if one.state is EntryState.DONE:
        yield f"COMPLETED:{utc(one.said_since)}"
        yield "PERCENT-COMPLETE:100"
    yield "END:VTODO"


def _named(one: Shown) -> Iterator[str]:
    yield f"UID:{one.uid}"
    yield f"DTSTAMP:{utc(one.said_since)}"
    yield f"CREATED:{utc(one.made_at)}"
    yield f"LAST-MODIFIED:{utc(one.said_since)}"
    yield f"SEQUENCE:{one.sequence}"


def _days(one: Shown) -> Iterator[str]:
    if one.begins_at is None:
        yield f"DTSTART;VALUE=DATE:{day(one.on)}"
        yield f"DTEND;VALUE=DATE:{day(one.on + timedelta(days=1))}"
        return
    begins = datetime.combine(one.on, one.begins_at)
    yield f"DTSTART;TZID={ZONE}:{local(begins)}"
    yield f"DTEND;TZID={ZONE}:{local(begins + timedelta(minutes=one.minutes))}"


def _said(one: Shown) -> Iterator[str]:
    yield f"SUMMARY:{escaped(one.summary)}"
    if one.description:
        yield f"DESCRIPTION:{escaped(one.description)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    if one.url:
        yield f"URL:{one.url}"
    if one.categories:
        yield f"CATEGORIES:{','.join(map(escaped, one.categories))}"


def _alarm(one: Shown) -> Iterator[str]:
    """The reminder that was asked for: on the morning of the working day before, or an hour ahead."""
    if one.warned_on is None or one.state in (EntryState.DONE, EntryState.CANCELLED):
        return
    ahead = AN_HOUR if one.begins_at else (one.on - one.warned_on) - MORNING_BEFORE
    hours, minutes = divmod(int(ahead.total_seconds()) // 60, 60)
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped(one.summary)}"
    yield f"TRIGGER:-PT{hours}H{minutes}M" if minutes else f"TRIGGER:-PT{hours}H"
    yield "END:VALARM"
