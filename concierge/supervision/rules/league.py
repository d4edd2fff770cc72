"""How departments keep their promises: from closed cases and cards to a score, a rank and a grade.

Days on which the clock stood are taken out of every figure and shown apart, so that nobody gains by
stopping a clock nor loses by a lawful stop. A card that an appeal took down counts for nothing.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from concierge.supervision.rules.card import Colour

LEAST_CLOSED = 5
"""Below this many closed cases a department is shown, but not ranked."""

ON_TIME_POINTS, SPEED_POINTS, CARD_POINTS = 60.0, 20.0, 20.0
FULL_SPEED_SHARE = 0.5
CARD_WEIGHT: Mapping[Colour, int] = {Colour.YELLOW: 1, Colour.RED: 3}
"""The parts of a score and what they are taken off for: defaults of this office, shown on their own page."""


class Grade(enum.Enum):
    """The four grades of the quarterly appraisal.

    Source: SV-6.
    """

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105  (a grade, not a word to log in with)
    FAIL = "fail"


LEAST_SCORE = ((Grade.EXCELLENT, 90.0), (Grade.GOOD, 80.0), (Grade.PASS, 60.0), (Grade.FAIL, 0.0))


@dataclass(frozen=True, kw_only=True)
class ClosedCase:
    """One case a department decided.

    Units: working days, paused ones left out; ``late`` is what is over the promise.
    """

    department: str
    ended_on: date
    promised: int
    used: int
    paused: int
    late: int


@dataclass(frozen=True, kw_only=True)
class CaseCard:
    """The hardest card one case was shown in a period."""

    department: str
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class DepartmentRecord:
    """One department in one period.

    Units: ``used_share`` is the used part of all promised days; ``early_workdays`` the mean days a case was
        ended before its promise; ``paused_workdays`` all days on which its clocks stood.
    Shape: ``score`` and ``rank`` are None for one that is not ranked, the shares where no case was closed.
    """

    department: str
    closed: int
    running: int
    on_time: int
    used_share: float | None
    early_workdays: float | None
    paused_workdays: int
    cards: Mapping[Colour, int]
    score: float | None = None
    rank: int | None = None

    @property
    def on_time_share(self) -> float | None:
        """The part of its closed cases that kept the promise."""
        return self.on_time / self.closed if self.closed else None

    @property
    def is_ranked(self) -> bool:
        """Whether it has enough closed cases to be compared."""
        return self.closed >= LEAST_CLOSED


def record_of(
    department: str, closed: Sequence[ClosedCase], running: int, cards: Mapping[Colour, int]
) -> DepartmentRecord:
    """One department's record, with its score where it is ranked."""
    promised = sum(case.promised for case in closed)
    early = [case.promised - case.used for case in closed if not case.late]
    found = DepartmentRecord(
        department=department,
        closed=len(closed),
        running=running,
        on_time=sum(not case.late for case in closed),
        used_share=sum(case.used for case in closed) / promised if promised else None,
        early_workdays=sum(early) / len(early) if early else None,
        paused_workdays=sum(case.paused for case in closed),
        cards=cards,
    )
    return with_score(found)


def with_score(record: DepartmentRecord) -> DepartmentRecord:
    """The record with its score: 60 points for promises kept, 20 for speed, 20 less the cards per case.

    Full marks for speed go to whoever needs half of the promised days or less, none to whoever needs all. A
    yellow card weighs 1, a red one 3; when the cards weigh as much as there are cases, nothing is left.
    """
    if not record.is_ranked:
        return record
    share = record.used_share if record.used_share is not None else FULL_SPEED_SHARE
    speed = min(1.0, max(0.0, (1 - share) / (1 - FULL_SPEED_SHARE)))
    weight = sum(CARD_WEIGHT[colour] * count for colour, count in record.cards.items())
    handled = record.closed + record.running
    score = (
        ON_TIME_POINTS * (record.on_time_share or 0.0)
        + SPEED_POINTS * speed
        + CARD_POINTS * max(0.0, 1 - weight / handled)
    )
    return replace(record, score=round(score, 1))


def league(
    closed: Iterable[ClosedCase], running: Mapping[str, int], cards: Iterable[CaseCard]
) -> tuple[DepartmentRecord, ...]:
    """Every department with a case in the period: the ranked by score, then the others by closed cases.

    Shape: the same score is the same rank, and the rank after it is left out.
    Source: SV-6, by machine from the records; SV-7 for what is counted.
    """
    of_department: dict[str, list[ClosedCase]] = {}
    for case in closed:
        of_department.setdefault(case.department, []).append(case)
    shown: dict[str, Counter[Colour]] = {}
    for card in cards:
        shown.setdefault(card.department, Counter())[card.colour] += 1
    records = [
        record_of(
            code,
            of_department.get(code, ()),
            running.get(code, 0),
            shown.get(code, Counter()),
        )
        for code in {*of_department, *running, *shown}
    ]
    ranked = sorted(
        (one for one in records if one.score is not None),
        key=lambda one: (-(one.score or 0.0), -one.closed, one.department),
    )
    others = sorted(
        (one for one in records if one.score is None), key=lambda one: (-one.closed, one.department)
    )
    scores = [one.score for one in ranked]
    return (*(replace(one, rank=scores.index(one.score) + 1) for one in ranked), *others)


def grade(record: DepartmentRecord) -> Grade | None:
    """The grade of a quarter; none for a department that is not ranked.

    Source: SV-6 for the four grades; their scores 90, 80, 60 are a default of this office.
    """
    if record.score is None:
        return None
    return next(one for one, least in LEAST_SCORE if record.score >= least)


def rank_moves(now: Sequence[DepartmentRecord], before: Sequence[DepartmentRecord]) -> dict[str, int]:
    """By how many places each department ranked in both periods rose (above 0) or fell since the first."""
    was = {one.department: one.rank for one in before if one.rank is not None}
    return {
        one.department: was[one.department] - one.rank
        for one in now
        if one.rank is not None and one.department in was
    }
