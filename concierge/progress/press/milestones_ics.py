"""The milestones of a project as a calendar: what its enterprise may see; the same facts, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Concierge//Milestones//EN"


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One entry. Units: ``on`` a civil day. Shape: ``uid`` is its own for ever."""

    uid: str
    on: date
    title: str


def milestones_ics(name: str, milestones: Iterable[Milestone], changed_at: datetime) -> bytes:
    """The calendar file.

    Units: ``changed_at`` an aware moment, that of the last change of what is shown.
    Shape: all-day entries that take no time; no METHOD, so DTSTAMP is the last change.
    Source: S24 (RFC 5545) sections 3.6.1, 3.8.7.2.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for one in milestones:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", changed_at)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")
        event.add("x-microsoft-cdo-busystatus", "FREE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
