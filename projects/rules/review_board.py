"""The review board: the best half-day for a joint review, what each would bring, and who may share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scheduler import WorkCalendar

MOST_PROPOSED = 3


class Verdict(StrEnum):
    """What holding a review on one half-day does to the headline day, in one word."""

    EARLIER = "earlier"
    SAME = "same"
    LATER = "later"
    ON_TARGET = "on_target"
    PAST_TARGET = "past_target"


@dataclass(frozen=True)
class Judged:
    """A forecast beside the one that stands and the target. Units: ``workdays`` between the two, >= 0."""

    verdict: Verdict
    workdays: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One half-day on which a review could sit: who comes, whether there is a room, what would follow.

    Shape: the four groups of members share nobody; ``half`` is 0 in the morning, 1 in the afternoon.
    ``has_room`` also where none is needed. ``permit_on`` and ``start_on`` are the headline days that follow.
    """

    on: date
    half: int
    there: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    has_room: bool = True
    permit_on: date | None = None
    start_on: date | None = None

    @property
    def is_full(self) -> bool:
        """Whether everybody comes, at the table or on the line."""
        return not self.absent and not self.silent

    @property
    def headline_on(self) -> date | None:
        """The day everyone watches: the permit, or the lawful start where there is no permit."""
        return self.permit_on or self.start_on


@dataclass(frozen=True)
class Sharing:
    """What one sitting for several projects spares.

    Units: ``trips`` counts journeys: a department that sits for n of the projects makes one, not n.
    """

    sittings: int
    departments: int
    trips: int


@dataclass(frozen=True)
class AgendaItem:
    """One project's part of a sitting. Units: local wall-clock times; ``minutes`` long."""

    key: str
    begins_at: time
    minutes: int


@dataclass(frozen=True)
class Agenda:
    """How a half-day is divided. Units: ``free_minutes`` are left over; below zero it does not fit."""

    items: tuple[AgendaItem, ...]
    ends_at: time
    free_minutes: int


class Bound(StrEnum):
    """What a review must not be later than."""

    TARGET = "target"
    """The target agreed for the permit."""
    FORECAST = "forecast"
    """The headline days of the plan that stands, where no target stands behind the review."""


@dataclass(frozen=True)
class Harmless:
    """The last day a review may sit without harm, and what would be harmed after it."""

    on: date
    bound: Bound


def ranked(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The half-days, the best first: fewest missing, earliest headline, a room; then at the table, and soon.

    Source: PR-4, for a session every member attends.
    """
    return tuple(sorted(slots, key=_rank))


def _rank(slot: Slot) -> tuple[int, date, bool, int, date, int]:
    missing = len(slot.absent) + len(slot.silent)
    return missing, slot.headline_on or date.max, not slot.has_room, len(slot.online), slot.on, slot.half


def best(slots: Iterable[Slot]) -> Slot | None:
    """The half-day to propose; one that has a room is never passed over for one that has none."""
    order = ranked(slots)
    return next((slot for slot in order if slot.has_room), order[0] if order else None)


def proposed(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Where nobody can bring everybody together: the three best half-days. None where one is full."""
    usable = [slot for slot in slots if slot.has_room]
    if any(slot.is_full for slot in usable):
        return ()
    return ranked(slot for slot in usable if slot.there or slot.online)[:MOST_PROPOSED]


def judged(
    forecast_on: date | None, standing_on: date | None, target_on: date | None, calendar: WorkCalendar
) -> Judged | None:
    """A forecast in a word: past or on the target first, else against the forecast that stands.

    Units: working days. None where there is no forecast.
    """
    if forecast_on is None:
        return None
    if target_on is not None and forecast_on > target_on:
        return Judged(Verdict.PAST_TARGET, calendar.workdays_between(target_on, forecast_on))
    if target_on is not None and forecast_on == target_on:
        return Judged(Verdict.ON_TARGET, 0)
    if standing_on is None or forecast_on == standing_on:
        return Judged(Verdict.SAME, 0)
    if forecast_on < standing_on:
        return Judged(Verdict.EARLIER, calendar.workdays_between(forecast_on, standing_on))
    return Judged(Verdict.LATER, calendar.workdays_between(standing_on, forecast_on))


def harmless(
    finish_on: date,
    total_float: int,
    opinion_workdays: int,
    *,
    margin_workdays: int | None,
    calendar: WorkCalendar,
) -> Harmless:
    """The last day on which a review may sit: its opinions are in by the latest finish of its step.

    Units: ``total_float`` and ``margin_workdays`` (from the forecast to the target, below zero when late) in
    working days; no margin where no target stands behind the step.
    Source: PR-4.
    """
    room = total_float + (margin_workdays or 0) - opinion_workdays
    bound = Bound.FORECAST if margin_workdays is None else Bound.TARGET
    return Harmless(calendar.add_workdays(calendar.on_or_after(finish_on), room), bound)


def sharing(tables: Sequence[AbstractSet[str]]) -> Sharing:
    """What it spares to hold these reviews, each with its members, in one sitting.

    Source: PR-5, for going once.
    """
    sat = Counter(member for table in tables for member in table)
    spared = [times - 1 for times in sat.values() if times > 1]
    return Sharing(max(0, len(tables) - 1), len(spared), sum(spared))


def agenda(opens_at: time, closes_at: time, parts: Sequence[tuple[str, int]]) -> Agenda:
    """One project after another from the opening of the half-day on.

    Units: ``parts`` are keys with minutes.
    """
    now = datetime.combine(date.min, opens_at)
    items = []
    for key, minutes in parts:
        items.append(AgendaItem(key, now.time(), minutes))
        now += timedelta(minutes=minutes)
    left = datetime.combine(date.min, closes_at) - now
    return Agenda(tuple(items), now.time(), int(left.total_seconds() // 60))
