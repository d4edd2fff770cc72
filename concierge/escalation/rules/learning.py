"""What is learned: causes that come back, every no looked at twice, the week of what people say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from concierge.escalation.rules.figures import Figures
from concierge.kernel.errors import N_, Invalid, Refusal

MONTHS_A_QUARTER = 3
LEAST_WORDS = 5


class OwnNegative(Refusal):
    """Who said no does not look at it again alone."""

    message = N_("You wrote this no yourself, so somebody else looks at it. Ask the chief representative.")


class RuledAlready(Refusal):
    """A no was looked at before."""

    message = N_(
        "This no was looked at on %(day)s by %(person)s. A ruling is not changed; write a new report."
    )


class FixAnswered(Refusal):
    """The answer to a process fix is on record."""

    message = N_("This was answered on %(day)s. What changes afterwards is written as a new bottleneck.")


class UnclearWords(Invalid):
    """Words nobody could understand later."""

    message = N_("Write a sentence another person understands: at least %(least)s characters.")


class InForceTooEarly(Invalid):
    """A change cannot hold before it was asked for."""

    message = N_("The change holds from %(first)s on at the earliest, the day it was asked for.")


def written(text: str, field: str, *, least: int = LEAST_WORDS) -> str:
    """What somebody wrote, if another person can understand it later. Raises: UnclearWords."""
    words = text.strip()
    if len(words) < least:
        raise UnclearWords(least=least, field=field)
    return words


@dataclass(frozen=True)
class Quarter:
    """One quarter of a year. Shape: written 2026Q2."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS_A_QUARTER * (self.number - 1) + 1, 1)

    @property
    def last_on(self) -> date:
        """Its last day."""
        following = Quarter(self.year + self.number // 4, self.number % 4 + 1)
        return following.first_on - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)


def wants_fix(times: int, figures: Figures) -> bool:
    """Whether a cause came back so often in a quarter that its process is to be mended.

    Source: ES-7, 3 times.
    """
    return times >= figures.fix_times


def check_ruling(
    said_by_id: int | None, said_by: str, ruled_on: date | None, ruled_by: str, *, by: int | None, name: str
) -> None:
    """Whether somebody may look at a no.

    Raises: RuledAlready, OwnNegative.
    Source: ES-8.
    """
    if ruled_on is not None:
        raise RuledAlready(day=ruled_on.isoformat(), person=ruled_by)
    if (by is not None and by == said_by_id) or name.strip() == said_by.strip():
        raise OwnNegative


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week a day lies in. Source: SF-18, a weekly digest."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
