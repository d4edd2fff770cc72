"""A reader of iCalendar that forgives nothing and shares no code with the writer.

It says what a file does against RFC 5545 and RFC 7986, line by line, and gives its parts to whoever looks on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

MOST_OCTETS = 75
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^":;]*))*):(.*)\Z', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^":;]*)')
_UTC = re.compile(r"\d{8}T\d{6}Z\Z")
_LOCAL = re.compile(r"\d{8}T\d{6}\Z")
_DAY = re.compile(r"\d{8}\Z")
_DURATION = re.compile(r"[+-]?P(?:\d+W|(?=\dD?|T)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)\Z")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
TEXT = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "CATEGORIES"}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "DUE", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS"}
ONCE |= {"SEQUENCE", "CREATED", "LAST-MODIFIED", "TRANSP", "CLASS", "COMPLETED", "PERCENT-COMPLETE"}
STATES = {
    "VEVENT": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "VTODO": {"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"},
}


@dataclass(frozen=True)
class Property:
    """One property: its name, its parameters, its value as it stands in the file."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value with its escapes undone."""
        return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass
class Component:
    """One component with its properties and the components inside it."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of a name."""
        return next((one for one in self.properties if one.name == name), None)

    def value(self, name: str) -> str:
        """Its value; empty for none."""
        found = self.first(name)
        return found.value if found else ""

    def all(self, name: str) -> list[Component]:
        """The components of a name inside it, at any depth."""
        return [one for part in self.parts for one in ([part] if part.name == name else []) + part.all(name)]


@dataclass(frozen=True)
class Read:
    """A file as it was read, and everything wrong with it."""

    calendar: Component
    faults: list[str]

    @property
    def entries(self) -> list[Component]:
        """Its events and tasks."""
        return [one for one in self.calendar.parts if one.name in STATES]


def read(body: bytes) -> Read:
    """Read a file and say what is wrong with it."""
    faults = list(_line_faults(body))
    root = Component("")
    stack = [root]
    for line in _unfolded(body):
        found = _LINE.match(line)
        if found is None:
            faults.append(f"no property: {line[:40]!r}")
            continue
        name, parameters, value = found[1].upper(), found[2], found[3]
        if name == "BEGIN":
            stack.append(Component(value.upper()))
        elif name == "END":
            _close(stack, value.upper(), faults)
        else:
            told = {key.upper(): text.strip('"') for key, text in _PARAMETER.findall(parameters)}
            stack[-1].properties.append(Property(name, told, value))
    if len(stack) != 1 or len(root.parts) != 1 or root.parts[0].name != "VCALENDAR":
        faults.append("not exactly one whole VCALENDAR")
        return Read(root.parts[0] if root.parts else root, faults)
    calendar = root.parts[0]
    faults += _calendar_faults(calendar)
    return Read(calendar, faults)


def moment(raw: str) -> datetime | None:
    """A moment in UTC; None for anything else."""
    return datetime.strptime(raw, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if _UTC.match(raw) else None


def day(raw: str) -> date | None:
    """A civil day; None for anything else."""
    return datetime.strptime(raw, "%Y%m%d").replace(tzinfo=UTC).date() if _DAY.match(raw) else None


def _line_faults(body: bytes) -> Iterator[str]:
    if not body.endswith(b"\r\n"):
        yield "the last line has no CRLF"
    if b"\n" in body.replace(b"\r\n", b"") or b"\r" in body.replace(b"\r\n", b""):
        yield "a line end that is not CRLF"
    for line in body.split(b"\r\n"):
        if len(line) > MOST_OCTETS:
            yield f"a line of {len(line)} octets"
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            yield f"a line that is cut inside a character: {line[:20]!r}"
            continue
        if any((ord(sign) < 32 and sign != "\t") or ord(sign) == 127 for sign in text):
            yield f"a control character: {text[:30]!r}"


def _unfolded(body: bytes) -> list[str]:
    whole = re.sub(rb"\r?\n[ \t]", b"", body).decode("utf-8", "replace")
    return [line for line in re.split(r"\r?\n", whole) if line]


def _close(stack: list[Component], name: str, faults: list[str]) -> None:
    if len(stack) < 2 or stack[-1].name != name:
        faults.append(f"END:{name} closes nothing")
        return
    done = stack.pop()
    stack[-1].parts.append(done)


def _calendar_faults(calendar: Component) -> Iterator[str]:
    for name in ("PRODID", "VERSION"):
        if len([one for one in calendar.properties if one.name == name]) != 1:
            yield f"VCALENDAR needs one {name}"
    if not calendar.parts:
        yield "VCALENDAR holds nothing"
    zones = {zone.value("TZID") for zone in calendar.all("VTIMEZONE")}
    for zone in calendar.all("VTIMEZONE"):
        yield from _zone_faults(zone)
    seen: set[tuple[str, str]] = set()
    for entry in calendar.parts:
        if entry.name in STATES:
            yield from _entry_faults(entry, zones)
            key = (entry.value("UID"), entry.value("RECURRENCE-ID"))
            if key in seen:
                yield f"{key[0]} is there twice"
            seen.add(key)


def _zone_faults(zone: Component) -> Iterator[str]:
    rules = [one for one in zone.parts if one.name in ("STANDARD", "DAYLIGHT")]
    if not zone.value("TZID") or not rules:
        yield "a VTIMEZONE without TZID or rule"
    for rule in rules:
        for name in ("TZOFFSETFROM", "TZOFFSETTO"):
            if not re.fullmatch(r"[+-]\d{4}(?:\d\d)?", rule.value(name)):
                yield f"a zone's {name} is {rule.value(name)!r}"
        if not _LOCAL.match(rule.value("DTSTART")):
            yield "a zone's DTSTART is not local"


def _entry_faults(entry: Component, zones: set[str]) -> Iterator[str]:
    uid = entry.value("UID") or f"{entry.name} without UID"
    if not entry.value("UID"):
        yield uid
    yield from (f"{uid}: {fault}" for fault in _shape_faults(entry))
    for name in ("DTSTART", "DTEND", "DUE"):
        found = entry.first(name)
        if found is not None:
            yield from _time_faults(uid, found, zones)
    yield from _order_faults(uid, entry)
    for alarm in entry.all("VALARM"):
        if not alarm.value("ACTION") or not _DURATION.match(alarm.value("TRIGGER")):
            yield f"{uid}: an alarm without ACTION or with TRIGGER {alarm.value('TRIGGER')!r}"
    for one in entry.properties:
        yield from (f"{uid}: {one.name} {fault}" for fault in _text_faults(one))


def _shape_faults(entry: Component) -> Iterator[str]:
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED"):
        raw = entry.value(name)
        if (raw or name == "DTSTAMP") and moment(raw) is None:
            yield f"{name} is {raw!r}"
    names = [one.name for one in entry.properties]
    yield from (f"{name} twice" for name in ONCE if names.count(name) > 1)
    if entry.value("STATUS") and entry.value("STATUS") not in STATES[entry.name]:
        yield f"STATUS {entry.value('STATUS')}"
    if not (entry.value("SEQUENCE") or "0").isdigit():
        yield f"SEQUENCE {entry.value('SEQUENCE')}"
    if entry.name == "VEVENT" and not entry.value("DTSTART"):
        yield "no DTSTART"
    if entry.value("DTEND") and entry.value("DURATION"):
        yield "DTEND beside DURATION"


def _text_faults(one: Property) -> Iterator[str]:
    if one.name not in TEXT:
        return
    if re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", one.value):
        yield "has an unknown escape"
    if one.name != "CATEGORIES" and re.search(r"(?<!\\)(?:\\\\)*[;,]", one.value):
        yield "has a bare separator"


def _time_faults(uid: str, found: Property, zones: set[str]) -> Iterator[str]:
    zone = found.parameters.get("TZID")
    if found.parameters.get("VALUE") == "DATE":
        if day(found.value) is None:
            yield f"{uid}: {found.name} is no date"
    elif zone is not None:
        if zone not in zones:
            yield f"{uid}: {zone} is not declared"
        if not _LOCAL.match(found.value):
            yield f"{uid}: {found.name} with a zone is not local"
    elif not _UTC.match(found.value):
        yield f"{uid}: {found.name} floats"


def _order_faults(uid: str, entry: Component) -> Iterator[str]:
    start, end = entry.first("DTSTART"), entry.first("DTEND")
    if start is None or end is None:
        return
    if start.parameters.get("VALUE") != end.parameters.get("VALUE"):
        yield f"{uid}: DTSTART and DTEND are of two kinds"
    if end.value <= start.value:
        yield f"{uid}: DTEND is not after DTSTART"
