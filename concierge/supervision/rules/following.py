"""From the cards that are due to those that are live: what is shown, what ends, whom a red card reaches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from concierge.supervision.rules.card import Cause, Colour, Ending, Level
from concierge.supervision.rules.thresholds import Due
from scheduler import WorkCalendar

LADDER = ((Level.HANDLER, 0), (Level.DEPARTMENT_HEAD, 1), (Level.SUPERVISION_OFFICE, 3))
"""After how many working days a red card reaches whom.

Source: SV-4.
"""

CLOCK = (Cause.PROMISED_NEAR, Cause.PROMISED_PAST, Cause.STATUTORY_PAST)
"""The cards of one running clock, the softest first: the next takes the place of the one before."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A card that was shown for a step before.

    Shape: ``ended`` is None while it is live.
    """

    id: int
    cause: Cause
    limit_on: date
    occasion: int = 1
    ended: Ending | None = None


@dataclass(frozen=True, kw_only=True)
class Following:
    """What changes today for one step.

    Shape: ``show`` holds each new card with its occasion, ``end`` each card that ends with how.
    """

    show: tuple[tuple[Due, int], ...] = ()
    end: tuple[tuple[int, Ending], ...] = ()


def following(due: Sequence[Due], shown: Sequence[Shown], *, is_over: bool) -> Following:
    """What to show and what to end, so that a second look on the same day changes nothing.

    A card that an appeal took down is not shown again for the same limit. A card that a moved clock ended is,
    if the clock moves back: as the next occasion. A violation somebody recorded ends by hand only.

    Shape: ``shown`` are all cards of the step's present attempt; ``is_over`` says that the case has ended.
    Source: SV-5, a card is a fact.
    """
    live = [card for card in shown if card.ended is None and card.cause.is_limit]
    wanted = [] if is_over else list(due)
    end = tuple(
        (card.id, _ending(card, wanted, is_over=is_over))
        for card in live
        if not any(_is_same(card, one) for one in wanted)
    )
    new = []
    for one in wanted:
        before = [card for card in shown if card.cause is one.cause and card.limit_on == one.limit_on]
        if any(_is_same(card, one) for card in live):
            continue
        if any(card.ended is Ending.APPEAL_UPHELD for card in before):
            continue
        new.append((one, max((card.occasion for card in before), default=0) + 1))
    return Following(show=tuple(new), end=end)


def levels_reached(
    cause: Cause,
    shown_on: date,
    known: Collection[Level],
    calendar: WorkCalendar,
    *,
    today: date,
) -> tuple[tuple[Level, date], ...]:
    """The levels a live card has reached by today that are not on record yet, each with its day.

    A yellow card reaches nobody beyond its handler. One past the limit of the law reaches every level on its
    first day: the harder alarm.

    Source: SV-4 for 0, 1 and 3 working days; WD-5 for the harder alarm; its ladder is a default.
    """
    if cause.colour is Colour.YELLOW:
        return ()
    found = []
    for level, workdays in LADDER:
        is_at_once = cause is Cause.STATUTORY_PAST or not workdays
        reached_on = shown_on if is_at_once else calendar.add_workdays(shown_on, workdays)
        if reached_on <= today and level not in known:
            found.append((level, reached_on))
    return tuple(found)


def _is_same(card: Shown, due: Due) -> bool:
    """Whether a live card is the one that is due; the last harmless day moves, its card does not."""
    return card.cause is due.cause and (card.limit_on == due.limit_on or due.cause is Cause.FLOAT)


def _ending(card: Shown, wanted: Sequence[Due], *, is_over: bool) -> Ending:
    if is_over:
        return Ending.CASE_ENDED
    if card.cause in CLOCK:
        harder = CLOCK[CLOCK.index(card.cause) + 1 :]
        if any(one.cause in harder for one in wanted):
            return Ending.HARDER_CARD
    return Ending.CLOCK_MOVED
