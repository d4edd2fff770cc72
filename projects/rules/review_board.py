"""The review board: the best half-day for a joint review, what each would bring, and who may share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from approvals.rules.sittings import PossibleSitting
from scheduler import WorkCalendar

MOST_PROPOSED = 3


class SlotVerdict(StrEnum):
    """What holding a review on one half-day does to the headline day, in one word."""

    EARLIER = "earlier"
    SAME = "same"
    LATER = "later"
    ON_TARGET = "on_target"
    PAST_TARGET = "past_target"


@dataclass(frozen=True)
class Judged:
    """A forecast beside the one that stands and the target. Units: ``workdays`` between the two, >= 0."""

    verdict: SlotVerdict
    workdays: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One half-day on which a review could sit: who comes, whether there is room, what would follow.

    Shape: ``has_room`` also where none is needed; ``has_seats`` unless the group sits then already and its
    list is full. ``permit_on`` and ``start_on`` are the headline days that follow.
    """

    sitting: PossibleSitting
    has_room: bool = True
    has_seats: bool = True
    permit_on: date | None = None
    start_on: date | None = None

    @property
    def may_be_chosen(self) -> bool:
        """Whether the review may be announced for this half-day."""
        return self.sitting.can_sit and self.has_room and self.has_seats

    @property
    def has_everybody(self) -> bool:
        """Whether every department said that it takes part, at the table or on the line."""
        return self.sitting.is_confirmed

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


class Harmed(StrEnum):
    """What a review must not be later than."""

    TARGET = "target"
    """The target agreed for the permit."""
    FORECAST = "forecast"
    """The headline days of the plan that stands, where no target stands behind the review."""


@dataclass(frozen=True)
class Harmless:
    """The last day a review may sit without harm, and what would be harmed after it."""

    on: date
    harmed: Harmed


def ranked(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The half-days, the best first: fewest missing, earliest headline, a room; then at the table, and soon.

    Source: PR-4, for a session every member attends.
    """
    return tuple(sorted(slots, key=_rank))


def _rank(slot: Slot) -> tuple[int, date, bool, int, date, int]:
    sitting = slot.sitting
    missing = len(sitting.missing) + len(sitting.unanswered)
    headline_on = slot.headline_on or date.max
    return missing, headline_on, not slot.has_room, len(sitting.online), sitting.on, sitting.half.number


def best(slots: Iterable[Slot]) -> Slot | None:
    """The half-day to propose: of those that may be chosen the first; none where nothing may."""
    return next((slot for slot in ranked(slots) if slot.may_be_chosen), None)


def proposed(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Where no half-day brings everybody together: the three best. None where one does, or nobody said yes.

    Source: JR-3, for those who then send their opinion in writing.
    """
    usable = [slot for slot in slots if slot.may_be_chosen]
    if any(slot.has_everybody for slot in usable):
        return ()
    return ranked(slot for slot in usable if slot.sitting.coming or slot.sitting.online)[:MOST_PROPOSED]


def judged(
    forecast_on: date | None, standing_on: date | None, target_on: date | None, calendar: WorkCalendar
) -> Judged | None:
    """A forecast in a word: past or on the target first, else against the forecast that stands.

    Units: working days. None where there is no forecast.
    """
    if forecast_on is None:
        return None
    if target_on is not None and forecast_on > target_on:
        return Judged(SlotVerdict.PAST_TARGET, calendar.workdays_between(target_on, forecast_on))
    if target_on is not None and forecast_on == target_on:
        return Judged(SlotVerdict.ON_TARGET, 0)
    if standing_on is None or forecast_on == standing_on:
        return Judged(SlotVerdict.SAME, 0)
    if forecast_on < standing_on:
        return Judged(SlotVerdict.EARLIER, calendar.workdays_between(forecast_on, standing_on))
    return Judged(SlotVerdict.LATER, calendar.workdays_between(standing_on, forecast_on))


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
    harmed = Harmed.FORECAST if margin_workdays is None else Harmed.TARGET
    return Harmless(calendar.add_workdays(calendar.on_or_after(finish_on), room), harmed)


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
