"""What a new look at the records makes of an entry: nothing, a new word, a new day, an end.

Source: FE-4, FE-7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from concierge.feeds.rules.entry import MOVES_IT, SAYS_IT, EntryState, Matter

SHOWN_BACK = timedelta(days=30)
SHOWN_AHEAD = timedelta(days=180)
CANCELLED_SHOWN = timedelta(days=30)
SECOND = timedelta(seconds=1)
OVER = (EntryState.DONE, EntryState.CANCELLED)


def has_moved(before: Matter, after: Matter) -> bool:
    """Whether day, time, place or state are others: clients then take it for a new arrangement."""
    return any(getattr(before, name) != getattr(after, name) for name in MOVES_IT)


def is_said_anew(before: Matter, after: Matter) -> bool:
    """Whether it only reads otherwise: another name, another link."""
    return any(getattr(before, name) != getattr(after, name) for name in SAYS_IT)


def is_worth_beginning(matter: Matter, today: date) -> bool:
    """Whether something no calendar has yet belongs in one: not what is over and long past."""
    if matter.state is EntryState.CANCELLED:
        return False
    return matter.state is not EntryState.DONE or matter.on >= today - SHOWN_BACK


def outlives_its_record(matter: Matter) -> bool:
    """Whether an entry whose record is gone stays as it is: what was done, was done."""
    return matter.state in OVER


@dataclass(frozen=True)
class Standing:
    """One entry on one calendar. Units: ``left_at`` when it went elsewhere, None while it is there."""

    post: str
    left_at: datetime | None = None


@dataclass(frozen=True)
class Regrouped:
    """Whose calendars change: ``here`` with the post, come anew or back; ``left`` no more."""

    here: Mapping[str, str]
    left: frozenset[str]

    @property
    def has_new_holder(self) -> bool:
        """Whether it went from one person to another, or back."""
        return any(one.startswith("person:") for one in (*self.here, *self.left))


def regrouped(before: Mapping[str, Standing], after: Mapping[str, str]) -> Regrouped:
    """What changes between the calendars an entry was on and those it is to be on. Shape: subject → post."""
    here = {
        subject: post
        for subject, post in after.items()
        if subject not in before or before[subject] != Standing(post)
    }
    left = {subject for subject, one in before.items() if subject not in after and one.left_at is None}
    return Regrouped(here, frozenset(left))


def next_mark(before: datetime | None, now: datetime) -> datetime:
    """The high-water mark after a change: now, and in any case a second after the last.

    Units: whole seconds, as HTTP tells them; two changes in one second get two.
    Source: FE-6.
    """
    whole = now.replace(microsecond=0)
    return whole if before is None else max(whole, before + SECOND)


def is_shown(matter: Matter, gone_at: datetime | None, today: date, now: datetime) -> bool:
    """Whether an entry is on the calendar of a day: within the window; called off, for another 30 days.

    Shape: ``gone_at`` is when it was called off or went to somebody else; ``now`` is the midnight that began
        the day, so that nothing moves between two midnights.
    Source: FE-5, FE-7.
    """
    if gone_at is not None and now - gone_at >= CANCELLED_SHOWN:
        return False
    return today - SHOWN_BACK <= matter.on <= today + SHOWN_AHEAD
