"""What a booked day waits for, as reasons: a full department, a sitting, an officer who cannot come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from approvals.rules.catalogue import Catalogue
from approvals.rules.facts import Label
from approvals.rules.wording import Reason, spoken_day
from concierge.kernel.errors import N_
from projects.rules.bookings import Booking, HeldBy
from projects.rules.owner import owner_label

WORKDAY_WAITED = N_("a wait of 1 working day")
WORKDAYS_WAITED = N_("a wait of %(n)s working days")
BENCH_FULL = N_("capacity: %(department)s is full %(when)s")
BENCH_HELD = N_("capacity: %(department)s has no reviewer free for %(days)s")
WAITED_IN_ALL = N_("%(days)s of waiting in all")
ONE_WORKDAY = N_("1 working day")
WORKDAYS = N_("%(n)s working days")
SITS_IN_THE_MORNING = N_("sitting: %(group)s on the morning of %(on)s")
SITS_IN_THE_AFTERNOON = N_("sitting: %(group)s on the afternoon of %(on)s")
OFFICER_COMES = N_("concierge officer: %(officer)s can hand it in on %(on)s")
OFFICERS_COME = N_("concierge officer: nobody can hand it in before %(on)s")
DAY_AGREED = N_("agreed: the department expects it on %(on)s")
DECIDED_AFTER_SITTING = N_("its opinion is there on %(on)s")


def queue_reasons(booking: Booking, catalogue: Catalogue, *, year: int) -> Iterator[Reason]:
    """What the acceptance waits for, and for how long; nothing where it is accepted once prepared.

    Shape: days are said with their year where that is not ``year``.
    """
    if booking.waited_workdays and _is_partly_full(booking):
        yield _held(booking, catalogue)
        if booking.sitting_on is not None:
            yield _sitting(booking, catalogue, year)
        yield Reason("waited", WAITED_IN_ALL, {"days": _workdays(booking.waited_workdays)})
    elif booking.waited_workdays:
        yield _cause(booking, catalogue, year)
        yield _waited(booking.waited_workdays)
    elif booking.sitting_on is not None:
        yield _sitting(booking, catalogue, year)


def opinion_reasons(booking: Booking, *, year: int) -> Iterator[Reason]:
    """The day of the opinion, for a decision that waits for its sitting."""
    if booking.decided_from is not None:
        yield Reason("opinion_after", DECIDED_AFTER_SITTING, {"on": _day(booking.decided_from, year)})


def _is_partly_full(booking: Booking) -> bool:
    """Whether the department was full on some of the days only; the others wait for something else."""
    return booking.held_by is HeldBy.BENCH and 0 < booking.held_workdays < booking.waited_workdays


def _held(booking: Booking, catalogue: Catalogue) -> Reason:
    department = owner_label(catalogue.department_of.get(booking.department), booking.department)
    facts = {"department": department, "days": _workdays(booking.held_workdays)}
    return Reason("bench_held", BENCH_HELD, facts)


def _workdays(count: int) -> Reason:
    return Reason("days", ONE_WORKDAY) if count == 1 else Reason("days", WORKDAYS, {"n": count})


def _cause(booking: Booking, catalogue: Catalogue, year: int) -> Reason:
    on = _day(booking.accept_on, year)
    if booking.held_by is HeldBy.BENCH:
        department = owner_label(catalogue.department_of.get(booking.department), booking.department)
        return Reason("bench_full", BENCH_FULL, {"department": department, "when": _when(booking, year)})
    if booking.held_by is HeldBy.SITTING and booking.sitting_on is not None:
        return _sitting(booking, catalogue, year)
    if booking.held_by is HeldBy.OFFICER:
        if booking.officer:
            return Reason("officer_comes", OFFICER_COMES, {"officer": booking.officer, "on": on})
        return Reason("officers_come", OFFICERS_COME, {"on": on})
    return Reason("day_agreed", DAY_AGREED, {"on": on})


def _sitting(booking: Booking, catalogue: Catalogue, year: int) -> Reason:
    group = catalogue.review_group_of.get(booking.review_group)
    label = group.label if group is not None else Label(booking.review_group, booking.review_group)
    on = booking.sitting_on or booking.accept_on
    message = SITS_IN_THE_AFTERNOON if booking.sitting_half else SITS_IN_THE_MORNING
    return Reason("sits", message, {"group": label, "on": _day(on, year)})


def _waited(workdays: int) -> Reason:
    if workdays == 1:
        return Reason("waited", WORKDAY_WAITED)
    return Reason("waited", WORKDAYS_WAITED, {"n": workdays})


def _when(booking: Booking, year: int) -> Label:
    """From one day to another, said as people say it: 4月20日至24日, from 20 to 24 April."""
    first, last = booking.waits_from or booking.accept_on, booking.waits_until or booking.accept_on
    if first == last:
        day = _day(first, year)
        return Label(day.zh, f"on {day.en}")
    begin, end = _day(first, year), _day(last, year)
    if (first.year, first.month) == (last.year, last.month):
        return Label(f"{begin.zh}至{last.day}日", f"from {first.day} to {end.en}")
    return Label(f"{begin.zh}至{end.zh}", f"from {begin.en} to {end.en}")


def _day(day: date, year: int) -> Label:
    with_year = day.year != year
    return Label(spoken_day(day, "zh", with_year=with_year), spoken_day(day, "en", with_year=with_year))
