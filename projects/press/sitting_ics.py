"""A sitting as a calendar file: one entry with its hours, room and list. Same sitting, same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

_OFFICE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, kw_only=True)
class SittingEntry:
    """One sitting, worded for one reader.

    Units: ``begins_at`` and ``ends_at`` are local wall-clock times of the office; ``changed_at`` is UTC.
    """

    sitting_id: int
    title: str
    on: date
    begins_at: time
    ends_at: time
    place: str
    text: str
    changed_at: datetime
    is_withdrawn: bool = False


def sitting_ics(entry: SittingEntry) -> bytes:
    """The sitting as an iCalendar file; a withdrawn one is cancelled, so that calendars take it out.

    Shape: hours in UTC; no METHOD, and DTSTAMP is the sitting's last change.
    Source: RFC 5545 sections 3.6.1, 3.8.1.11, 3.8.7.2, 3.8.7.4.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Concierge//Sitting//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    event = Event()
    event.add("uid", f"sitting-{entry.sitting_id}@concierge")
    event.add("dtstamp", entry.changed_at)
    event.add("sequence", int(entry.is_withdrawn))
    event.add("status", "CANCELLED" if entry.is_withdrawn else "CONFIRMED")
    event.add("dtstart", datetime.combine(entry.on, entry.begins_at, _OFFICE).astimezone(UTC))
    event.add("dtend", datetime.combine(entry.on, entry.ends_at, _OFFICE).astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.text)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
