"""The sixteen points of a calendar feed, each put to a calendar and answered with yes or with what is wrong.

A target is anything that serves a calendar. What it cannot do at all, such as a second key for one calendar,
is a point it does not meet.
Source: FE-1 to FE-16.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from bench.feed_checker import Component, Read, day, moment, read

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """What was answered. Shape: names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Cannot(Exception):
    """The target has no way to do this."""


class Target(Protocol):
    """A calendar server, or a file behind a plain web server."""

    name: str

    def feed(self, purpose: str = "all", **settings: object) -> str: ...

    def get(self, address: str, **headers: str) -> Answer: ...

    def change(self) -> None: ...

    def call_off(self) -> None: ...

    def later(self, days: int) -> AbstractContextManager[None]: ...

    def replace_key(self, address: str) -> str: ...

    def kept(self) -> bytes: ...

    def sends_messages(self) -> bool: ...


class NotMet(Exception):
    """A point that is not met, and why."""


def must(holds: object, why: str) -> None:
    """Raises: NotMet."""
    if not holds:
        raise NotMet(why)


def whole(target: Target, address: str, **headers: str) -> Read:
    """The calendar behind an address, read by the checker."""
    answer = target.get(address, **headers)
    must(answer.status == 200, f"answered {answer.status}")
    return read(answer.body)


def one(target: Target) -> None:
    purposes = ("all", "steps", "cover", "project", "department", "enterprise")
    addresses = {target.feed(purpose) for purpose in purposes}
    must(len(addresses) == len(purposes), "not one address for each person and purpose")
    must(all(address.endswith(".ics") for address in addresses), "an address does not end in .ics")
    for address in addresses:
        must(not whole(target, address).faults, "not readable without an Accept header")


def two(target: Target) -> None:
    days = [entry for entry in _entries(target) if _is_all_day(entry)]
    must(days, "no whole-day entry")
    for entry in days:
        first, last = day(entry.value("DTSTART")), day(entry.value("DTEND"))
        must(first and last and last - first == DAY, "DTEND is not the day after")
        must(entry.value("TRANSP") == "TRANSPARENT", "a deadline makes one busy")
        must(entry.value("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE", "Outlook would show it as busy")


def three(target: Target) -> None:
    found = whole(target, target.feed())
    timed = [entry for entry in found.entries if not _is_all_day(entry)]
    must(timed, "no sitting with an hour")
    for entry in timed:
        start = entry.first("DTSTART")
        must(start and start.parameters.get("TZID") == "Asia/Shanghai", "a time without Asia/Shanghai")
    (zone,) = found.calendar.all("VTIMEZONE") or (Component(""),)
    rules = [(rule.name, rule.value("TZOFFSETTO")) for rule in zone.parts]
    must(rules == [("STANDARD", "+0800")], f"the zone is {rules}")


def four(target: Target) -> None:
    address = target.feed()
    before = {entry.value("UID"): entry for entry in whole(target, address).entries}
    for uid, entry in before.items():
        must("@" not in uid and len(re.sub(r"[^0-9a-f]", "", uid)) >= 32, f"the name {uid} is not random")
        must(entry.value("DTSTAMP") == entry.value("LAST-MODIFIED"), "DTSTAMP is not the last change")
        must(entry.value("SEQUENCE"), "no SEQUENCE")
    target.change()
    after = {entry.value("UID"): entry for entry in whole(target, address).entries}
    moved = [uid for uid in before if uid in after and _days(before[uid]) != _days(after[uid])]
    must(moved, "a change of day changed no entry under its own name")
    for uid in moved:
        must(_sequence(after[uid]) > _sequence(before[uid]), "SEQUENCE did not rise")
        stamps = [moment(entry[uid].value("LAST-MODIFIED")) for entry in (before, after)]
        must(stamps[0] and stamps[1] and stamps[1] >= stamps[0], "LAST-MODIFIED went back")


def five(target: Target) -> None:
    address = target.feed()
    first, second = target.get(address), target.get(address)
    must(first.body == second.body, "other bytes without a change")
    starts = [entry.value("DTSTART")[:8] for entry in read(first.body).entries]
    must(starts == sorted(starts), "not in the order of days")
    with target.later(1):
        third, fourth = target.get(address), target.get(address)
        must(third.body == fourth.body, "other bytes on one day")


def six(target: Target) -> None:
    address = target.feed()
    full = target.get(address)
    tag, date = full.headers.get("etag", ""), full.headers.get("last-modified", "")
    must(tag and date, "no ETag or no Last-Modified")
    known = target.get(address, If_None_Match=tag)
    must(known.status == 304 and not known.body, f"a known tag is answered {known.status}")
    must(known.headers.get("etag") == tag and known.headers.get("last-modified") == date, "304 without both")
    must(target.get(address, If_Modified_Since=date).status == 304, "a known date is answered in full")
    for odd in ('"other"', "garbage, \x80 W/", '"' + "x" * 9000, ""):
        both = target.get(address, If_None_Match=odd, If_Modified_Since=date)
        must(both.status == 200, "a date won over a tag")
    must(target.get(address, If_Modified_Since="the day before").status == 200, "nonsense passed for a date")
    target.call_off()
    after = target.get(address, If_None_Match=tag)
    must(after.status == 200 and after.headers.get("etag") != tag, "a deletion kept the tag")
    dates = [parsedate_to_datetime(raw) for raw in (date, after.headers["last-modified"])]
    must(dates[1] > dates[0], "Last-Modified did not rise on deletion")


def seven(target: Target) -> None:
    address = target.feed()
    before = {entry.value("UID"): entry for entry in whole(target, address).entries}
    target.call_off()
    after = {entry.value("UID"): entry for entry in whole(target, address).entries}
    gone = [entry for entry in after.values() if entry.value("STATUS") == "CANCELLED"]
    fresh = [entry for entry in gone if before[entry.value("UID")].value("STATUS") != "CANCELLED"]
    must(fresh and not set(before) - set(after), "what is called off vanishes")
    for entry in fresh:
        must(_sequence(entry) > _sequence(before[entry.value("UID")]), "SEQUENCE did not rise")
        must(re.match(r"【|\[", entry.value("SUMMARY")), "the title does not say so")
    with target.later(31):
        left = {entry.value("UID") for entry in whole(target, address).entries}
        must(not left & {entry.value("UID") for entry in fresh}, "it stays for more than 30 days")


def eight(target: Target) -> None:
    calendar = whole(target, target.feed()).calendar
    must(calendar.value("NAME") == calendar.value("X-WR-CALNAME") != "", "not both names")
    refresh = calendar.first("REFRESH-INTERVAL")
    must(refresh and refresh.parameters.get("VALUE") == "DURATION", "no REFRESH-INTERVAL")
    must(refresh and refresh.value == calendar.value("X-PUBLISHED-TTL"), "two different hints")
    for name in ("COLOR", "X-APPLE-CALENDAR-COLOR", "X-WR-TIMEZONE", "CALSCALE"):
        must(calendar.value(name), f"no {name}")
    must(not calendar.first("METHOD"), "a METHOD")


def nine(target: Target) -> None:
    entries = _entries(target)
    said = [entry for entry in entries if re.match(r"(?:【[^】]+】|\[[^]]+\])", entry.value("SUMMARY"))]
    must(any(re.search(r"\d", entry.value("SUMMARY")[:12]) for entry in said), "no time left in words")
    must(all(entry.value("CATEGORIES") for entry in entries), "no CATEGORIES")


def ten(target: Target) -> None:
    must(not whole(target, target.feed()).calendar.all("VALARM"), "alarms nobody asked for")
    asked = whole(target, target.feed(has_alarms=True))
    must(asked.calendar.all("VALARM"), "no alarm for those who ask")
    must(not asked.faults, "; ".join(asked.faults[:1]))


def eleven(target: Target) -> None:
    must({entry.name for entry in _entries(target)} == {"VEVENT"}, "not events alone")
    tasks = whole(target, target.feed(component="tasks"))
    must({entry.name for entry in tasks.entries} == {"VTODO"}, "no address with tasks")
    must(not tasks.faults, "; ".join(tasks.faults[:1]))


def twelve(target: Target) -> None:
    answer = target.get(target.feed())
    for name in (b"ATTENDEE", b"ORGANIZER", b"CONTACT", b"tel:", b"mailto:"):
        must(name not in answer.body, f"{name.decode()} in it")
    must(not re.search(rb"(?<!\d)1[3-9]\d{9}(?!\d)", answer.body), "a telephone number in it")
    full, short, busy = (
        {entry.value("SUMMARY") for entry in _entries(target, detail=detail)}
        for detail in ("full", "short", "busy")
    )
    must(len(full) > len(busy) and full != short, "it always tells everything")


def thirteen(target: Target) -> None:
    address, other = target.feed(), target.feed("project")
    head, name = address.rsplit("/", 1)
    wrong = f"{head}/{name[:-6]}{'a' if name[-6] != 'a' else 'b'}{name[-5:]}"
    must(target.get(wrong).status == 404, "a wrong key is not 404")
    must(target.get(address).body != target.get(other).body, "a key opens another's calendar")
    must(re.split(r"[/.]", name)[0].encode() not in target.kept(), "the key is kept as it is")
    new = target.replace_key(address)
    must(target.get(new).status == target.get(address).status == 200, "no overlap")
    with target.later(2):
        ended = target.get(address)
        must(ended.status == 410, f"an ended key is answered {ended.status}")
        left = read(ended.body)
        must(len(left.entries) == 1 and not left.faults, "no calendar that says so")


def fourteen(target: Target) -> None:
    answer = target.get(target.feed("project"))
    names = "".join(entry.value("SUMMARY") for entry in read(answer.body).entries)
    everything = whole(target, target.feed())
    must(not everything.faults, "; ".join(everything.faults[:2]))
    texts = names + "".join(entry.value("SUMMARY") for entry in everything.entries)
    must(re.search(r"[\U0001F300-\U0001FAFF]", texts), "an emoji was lost")
    must(any(len(entry.value("SUMMARY")) >= 300 for entry in everything.entries), "a long name was cut")


def fifteen(target: Target) -> None:
    answer = target.get(target.feed(), Accept_Encoding="gzip, br")
    headers = answer.headers
    must("content-encoding" not in headers and answer.body[:2] != gzip.compress(b"")[:2], "compressed")
    must(headers.get("content-type", "").lower() == "text/calendar; charset=utf-8", "another media type")
    must(headers.get("content-disposition", "inline").startswith("inline"), "as an attachment")
    must(headers.get("cache-control") == "private, no-cache", f"kept as {headers.get('cache-control')}")
    must("noindex" in headers.get("x-robots-tag", ""), "search engines may keep it")


def sixteen(target: Target) -> None:
    must(target.sends_messages(), "the calendar is the only channel")


POINTS: tuple[tuple[str, Callable[[Target], None]], ...] = (
    ("one address for each person and purpose, ending in .ics", one),
    ("deadlines are whole days, and nobody is busy by them", two),
    ("sittings have hours in Asia/Shanghai, with a small fixed zone", three),
    ("random names, SEQUENCE and LAST-MODIFIED from the last change", four),
    ("the same bytes until something changes", five),
    ("ETag, Last-Modified, 304 with both, a mark that rises on deletion", six),
    ("what is called off stays as CANCELLED for 30 days", seven),
    ("the calendar's own names, hints and colours, no METHOD", eight),
    ("the state in words", nine),
    ("alarms only for those who ask", ten),
    ("events; tasks at an address of their own", eleven),
    ("nobody's data, and three levels of detail", twelve),
    ("keys by device, kept as hashes, replaced with a day's overlap, 410 at the end", thirteen),
    ("Chinese, emoji and long names folded whole", fourteen),
    ("not compressed, the right headers", fifteen),
    ("never the only channel: what is due within 48 hours goes by message", sixteen),
)


def judged(target: Target) -> Iterator[tuple[str, str]]:
    """Each point with what is wrong; empty where it is met."""
    for text, point in POINTS:
        try:
            point(target)
        except (NotMet, Cannot) as reason:
            yield text, str(reason) or "cannot be done"
        else:
            yield text, ""


def _entries(target: Target, **settings: object) -> list[Component]:
    return whole(target, target.feed(**settings)).entries  # type: ignore[arg-type]


def _is_all_day(entry: Component) -> bool:
    start = entry.first("DTSTART")
    return start is not None and start.parameters.get("VALUE") == "DATE"


def _days(entry: Component) -> tuple[str, str]:
    return entry.value("DTSTART"), entry.value("STATUS")


def _sequence(entry: Component) -> int:
    return int(entry.value("SEQUENCE") or -1)
