"""Sittings of joint reviews: when a group usually sits, who can come, and which half-days are left.

Source: PR-3, PR-4, PR-5 for reviewing together; JR-1 for the rhythm and JR-2 for answers.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, time, timedelta

from approvals.rules.benches import Bench, BenchChange, is_empty_on
from approvals.rules.catalogue import ReviewGroup
from scheduler import WorkCalendar

_ONE_DAY = timedelta(days=1)
ON_THE_SPOT = frozenset({"site_visit", "on_site"})
"""Ways of reviewing where somebody who is not there sees nothing."""
SITTING_MODES = frozenset({"site_visit", "on_site", "expert_meeting", "meeting_or_online"})
"""Ways of reviewing for which people come together; the others work through papers."""
MAY_BE_ONLINE = frozenset({"meeting_or_online"})


class Half(enum.Enum):
    """One of the two halves of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"

    @property
    def number(self) -> int:
        """0 in the morning, 1 in the afternoon."""
        return 0 if self is Half.MORNING else 1

    @property
    def begins_at(self) -> time:
        """When a sitting begins unless another hour is named. Source: JR-1."""
        return time(9, 0) if self is Half.MORNING else time(14, 30)

    @property
    def ends_at(self) -> time:
        """When the half-day is over. Source: JR-1."""
        return time(12, 0) if self is Half.MORNING else time(17, 30)


class Answer(enum.Enum):
    """What a department said about a half-day; no answer at all is kept as none."""

    CAN = "can"
    ONLINE = "online"
    CANNOT = "cannot"


class SittingState(enum.Enum):
    """Whether an announced sitting still stands."""

    ANNOUNCED = "announced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class SittingRule:
    """How a review group usually sits. Shape: ``weekdays`` 1 is Monday, 7 Sunday.

    Units: ``minutes_per_project``; a sitting lasts a half-day and takes ``projects_per_sitting``.
    """

    review_group: str
    matters: tuple[str, ...]
    weekdays: tuple[int, ...]
    halves: tuple[Half, ...]
    projects_per_sitting: int
    minutes_per_project: int
    needs_room: bool = True
    is_active: bool = True
    note: str = ""


@dataclass(frozen=True)
class Room:
    """A meeting room, and how many people it seats."""

    id: int
    name: str
    places: int
    is_active: bool = True


@dataclass(frozen=True)
class Availability:
    """What one department answered for one half-day, and who said so when."""

    department: str
    on: date
    half: Half
    answer: Answer
    _: KW_ONLY
    note: str = ""
    said_by: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True)
class SittingItem:
    """One step of one project on a sitting's list."""

    project_id: int
    code: str
    minutes: int
    position: int = 0


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One half-day on which a review group comes together, as it was announced."""

    id: int
    review_group: str
    on: date
    half: Half
    begins_at: time
    state: SittingState
    room_id: int | None = None
    room: str = ""
    items: tuple[SittingItem, ...] = ()
    withdrawn_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether departments still count on it."""
        return self.state is SittingState.ANNOUNCED


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Whether one department takes part in one sitting: its answer, and what stands against it.

    Shape: ``answer`` is None while it has not answered; ``is_busy`` says that it sits elsewhere then,
    ``is_away`` that its bench is empty that day.
    """

    department: str
    is_lead: bool
    answer: Answer | None
    is_busy: bool = False
    is_away: bool = False
    is_on_the_spot: bool = False

    @property
    def may_take_part(self) -> bool:
        """Whether nothing known stands against it; one that has not answered may."""
        if self.is_busy or self.answer is Answer.CANNOT:
            return False
        if self.answer is Answer.ONLINE:
            return not self.is_on_the_spot
        return self.answer is Answer.CAN or not self.is_away

    @property
    def is_confirmed(self) -> bool:
        """Whether the department itself said that it takes part."""
        return self.answer is not None and self.may_take_part


@dataclass(frozen=True)
class PossibleSitting:
    """One half-day on which a group could sit, with every department's attendance, the lead's first.

    Shape: ``has_notice`` says that enough working days remain to tell the members.
    """

    on: date
    half: Half
    attendance: tuple[Attendance, ...]
    has_notice: bool

    @property
    def coming(self) -> tuple[str, ...]:
        """Who comes to the table."""
        return tuple(a.department for a in self.attendance if a.is_confirmed and a.answer is Answer.CAN)

    @property
    def online(self) -> tuple[str, ...]:
        """Who takes part from elsewhere."""
        return tuple(a.department for a in self.attendance if a.is_confirmed and a.answer is Answer.ONLINE)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Who may take part but has not said so."""
        return tuple(a.department for a in self.attendance if a.may_take_part and not a.is_confirmed)

    @property
    def missing(self) -> tuple[str, ...]:
        """Who cannot take part."""
        return tuple(a.department for a in self.attendance if not a.may_take_part)

    @property
    def in_writing(self) -> tuple[str, ...]:
        """The members who cannot take part and send a written opinion instead; the lead cannot.

        Source: JR-3.
        """
        return tuple(a.department for a in self.attendance if not a.may_take_part and not a.is_lead)

    @property
    def has_lead(self) -> bool:
        """Whether the lead can take part: without it nobody holds the review. Source: PR-3."""
        return all(a.may_take_part for a in self.attendance if a.is_lead)

    @property
    def can_sit(self) -> bool:
        """Whether the sitting may be announced as far as people and notice go."""
        return self.has_lead and self.has_notice

    @property
    def is_full(self) -> bool:
        """Whether every department can take part, answered or not."""
        return not self.missing

    @property
    def is_confirmed(self) -> bool:
        """Whether every department said that it takes part."""
        return all(a.is_confirmed for a in self.attendance)


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What is known about the days to come: answers, benches, and who sits elsewhere.

    Shape: ``busy`` are the departments that sit in another review on a half-day.
    """

    answers: Collection[Availability] = ()
    benches: Mapping[str, Bench] | None = None
    changes: Collection[BenchChange] = ()
    busy: Mapping[tuple[date, Half], Collection[str]] | None = None


def departments_of(group: ReviewGroup) -> tuple[str, ...]:
    """Everybody at the table of a group, the lead first and once."""
    return tuple(dict.fromkeys((group.lead, *group.members)))


def earliest_notice(today: date, group: ReviewGroup, calendar: WorkCalendar) -> date:
    """The first day a sitting announced today may be held, so that the members are told in time.

    Units: working days; the day of the announcement is day 0.
    Source: PR-4, members are told of the content beforehand; WD-2 for day 0.
    """
    return calendar.add_workdays(today, group.notice_workdays)


def possible_sittings(  # noqa: PLR0913  (a group's rhythm, its circumstances, and from when to when)
    rule: SittingRule,
    group: ReviewGroup,
    known: Circumstances,
    calendar: WorkCalendar,
    *,
    today: date,
    first: date,
    last: date,
) -> tuple[PossibleSitting, ...]:
    """The half-days of a group's rhythm between two days, both included, with who can come to each.

    Every half-day of the rhythm is there, also those nobody can come to: people want to see why not.

    Source: PR-4, PR-5; JR-1, JR-2, JR-3.
    """
    said = {(a.department, a.on, a.half): a.answer for a in known.answers}
    from_ = earliest_notice(today, group, calendar)
    return tuple(
        PossibleSitting(on, half, _attendance(group, known, said, on, half), on >= from_)
        for on, half in rhythm(rule, calendar, first, last)
    )


def rhythm(rule: SittingRule, calendar: WorkCalendar, first: date, last: date) -> Iterator[tuple[date, Half]]:
    """The half-days on which a group usually sits between two days, both included: working days only."""
    if not rule.is_active:
        return
    halves = sorted(rule.halves, key=lambda half: half.number)
    day = first
    while day <= last:
        if day.isoweekday() in rule.weekdays and calendar.is_workday(day):
            for half in halves:
                yield day, half
        day += _ONE_DAY


def attendance(group: ReviewGroup, known: Circumstances, on: date, half: Half) -> tuple[Attendance, ...]:
    """Who of a group takes part on one half-day, the lead first."""
    said = {(a.department, a.on, a.half): a.answer for a in known.answers}
    return _attendance(group, known, said, on, half)


def _attendance(
    group: ReviewGroup,
    known: Circumstances,
    said: Mapping[tuple[str, date, Half], Answer],
    on: date,
    half: Half,
) -> tuple[Attendance, ...]:
    busy = (known.busy or {}).get((on, half), ())
    return tuple(
        Attendance(
            department=department,
            is_lead=department == group.lead,
            answer=said.get((department, on, half)),
            is_busy=department in busy,
            is_away=is_empty_on(known.benches or {}, known.changes, department, on),
            is_on_the_spot=group.mode in ON_THE_SPOT,
        )
        for department in departments_of(group)
    )


def busy_departments(
    sittings: Iterable[Sitting], groups: Mapping[str, ReviewGroup], *, but: str = ""
) -> dict[tuple[date, Half], frozenset[str]]:
    """Who sits where already: the departments of every sitting that stands, but those of one group.

    Shape: by half-day.
    """
    found: dict[tuple[date, Half], frozenset[str]] = {}
    for sitting in sittings:
        group = groups.get(sitting.review_group)
        if sitting.stands and group is not None and group.code != but:
            key = (sitting.on, sitting.half)
            found[key] = found.get(key, frozenset()) | frozenset(departments_of(group))
    return found
