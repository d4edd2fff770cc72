"""Service outside office hours: which hours a time lies in, when what is handed in counts, who is on duty.

A booking is a convenience of the office: it moves no statutory clock. What is handed in on a rest day or
after closing counts on the next working day, exactly as if it had come then.

Source: SF-13, WD-3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.outreach.rules.standing import Hours
from scheduler import WorkCalendar

MOST_ON_DUTY = 2
"""So many agents of one place take turns on one day. Source: SF-13."""
SHORTEST_MINUTES, LONGEST_MINUTES = 10, 240
LONGEST_AHEAD_DAYS = 90
FIRST_WEEKEND_DAY = 5


class TimeNotBookable(Invalid):
    """A booking in the past, too far ahead, too short or too long."""

    message = N_(
        "Book a time from now on, within %(days)s days, of %(least)s to %(most)s minutes that end on the same"
        " day."
    )


class NobodyOnDuty(Refusal):
    """A time outside office hours when nobody is there."""

    message = N_("Nobody is on duty then. Free times of duty: %(free)s. Or plan a duty first.")


class TimeTaken(Refusal):
    """As many bookings as officers on duty."""

    message = N_("Everybody on duty is booked then. Free times of duty: %(free)s.")


class DutyFull(Refusal):
    """More agents than take turns."""

    message = N_("%(names)s have the duty there on that day already; at most %(most)s take turns.")


class DutyOutOfOrder(Invalid):
    """A duty in the past, or one that ends before it begins."""

    message = N_("Plan a duty from today on whose end lies after its beginning.")


class DutyWhileAway(Refusal):
    """A duty on a day of leave."""

    message = N_("%(who)s is away on %(day)s. These could take the duty: %(cover)s.")


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the hall is open on a working day."""

    opens: time = time(9)
    pauses: time = time(12)
    goes_on: time = time(14, 30)
    closes: time = time(17, 30)


@dataclass(frozen=True, slots=True)
class Turn:
    """One officer's hours of duty at one place on one day."""

    on: date
    begins: time
    ends: time
    place: int
    person_id: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One time that is booked already."""

    begins: time
    minutes: int
    officer_id: int | None


def hours_of(on: date, begins: time, calendar: WorkCalendar, opening: OpeningHours) -> Hours:
    """Which hours a time lies in."""
    if not calendar.is_workday(on):
        return Hours.WEEKEND if on.weekday() >= FIRST_WEEKEND_DAY else Hours.HOLIDAY
    if begins < opening.opens:
        return Hours.EARLY
    if begins >= opening.closes:
        return Hours.LATE
    return Hours.NOON if opening.pauses <= begins < opening.goes_on else Hours.OPEN


def counts_on(on: date, begins: time, calendar: WorkCalendar, opening: OpeningHours) -> date:
    """The working day on which what is handed in at a time counts as received.

    Source: WD-3; SF-13, a booking moves no statutory clock.
    """
    return calendar.received_on(datetime.combine(on, begins), opening.closes)


def check_time(begins_at: datetime, minutes: int, *, now: datetime) -> None:
    """Whether a time can be booked at all.

    Units: both moments on a clock in Asia/Shanghai.
    Raises: TimeNotBookable.
    """
    ends_at = begins_at + timedelta(minutes=minutes)
    is_long_enough = SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES
    is_soon_enough = now <= begins_at <= now + timedelta(days=LONGEST_AHEAD_DAYS)
    if not (is_long_enough and is_soon_enough and ends_at.date() == begins_at.date()):
        raise TimeNotBookable(
            days=LONGEST_AHEAD_DAYS, least=SHORTEST_MINUTES, most=LONGEST_MINUTES, field="on"
        )


def free_officer(
    begins: time, minutes: int, turns: Sequence[Turn], taken: Sequence[Taken], *, free: str
) -> int:
    """Who serves a booking outside office hours: whoever is on duty and free, with the fewest bookings.

    Shape: ``turns`` and ``taken`` of one day and place; ``free`` names times for the refusal.
    Raises: NobodyOnDuty, TimeTaken.
    """
    first, last = _minute(begins), _minute(begins) + minutes
    there = [turn for turn in turns if _minute(turn.begins) <= first and last <= _minute(turn.ends)]
    if not there:
        raise NobodyOnDuty(free=free, field="begins")
    busy = {
        one.officer_id
        for one in taken
        if _minute(one.begins) < last and first < _minute(one.begins) + one.minutes
    }
    load = Counter(one.officer_id for one in taken)
    ready = [turn.person_id for turn in there if turn.person_id not in busy]
    if not ready:
        raise TimeTaken(free=free, field="begins")
    return min(ready, key=lambda person_id: (load[person_id], person_id))


def check_duty(turn: Turn, others: Sequence[Turn], names: Mapping[int, str], *, today: date) -> None:
    """Whether somebody may have this duty beside the others of the place and day.

    Raises: DutyOutOfOrder, DutyFull.
    """
    if turn.on < today or turn.begins >= turn.ends:
        raise DutyOutOfOrder(field="on" if turn.on < today else "ends")
    there = [one.person_id for one in others if one.place == turn.place and one.on == turn.on]
    if len(there) >= MOST_ON_DUTY:
        raise DutyFull(names="、".join(names.get(one, "—") for one in there), most=MOST_ON_DUTY)


def in_turn(
    days: Iterable[date],
    people: Sequence[int],
    before: Iterable[Turn],
    away: Mapping[int, Sequence[tuple[date, date]]],
    each: int = 1,
) -> list[tuple[date, int]]:
    """Who has the duty on each of these days, turn about: whoever had it least, then longest ago.

    Shape: ``away`` are first and last days; a day nobody is there for stays empty.
    Source: SF-13, agents take turns.
    """
    had, last = Counter[int](), dict.fromkeys(people, date.min)
    for turn in before:
        had[turn.person_id] += 1
        last[turn.person_id] = max(last.get(turn.person_id, date.min), turn.on)
    plan = []
    for day in sorted(days):
        there = [one for one in people if not any(a <= day <= z for a, z in away.get(one, ()))]
        for person_id in sorted(there, key=lambda one: (had[one], last[one], one))[:each]:
            plan.append((day, person_id))
            had[person_id] += 1
            last[person_id] = day
    return plan


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
