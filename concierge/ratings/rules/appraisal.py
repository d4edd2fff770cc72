"""人机考核: scores of officers, counted by machine from the records, each sum open to be done by hand."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from concierge.kernel.errors import N_, Misconfigured
from concierge.supervision.rules.league import LEAST_SCORE, Grade

LEAST_CASES = 5
"""Below this many decided steps an officer is shown, but not ranked: a default, as for departments."""

CASES_PAR = 12
"""So many decided steps in a quarter are a full share of work: a default of this office."""

USUAL_WEIGHTS = "on_time 25, satisfied 25, chased 20, first_time 10, handed_over 10, cases 10"


class Measure(enum.Enum):
    """What an officer is measured by; each is a count of good ones among all.

    Source: SV-6, SV-7; AB-4 for handovers a day ahead.
    """

    ON_TIME = "on_time"
    SATISFIED = "satisfied"
    CHASED = "chased"
    FIRST_TIME = "first_time"
    HANDED_OVER = "handed_over"
    CASES = "cases"


class WeightsUnreadable(Misconfigured):
    """The weights are not names of measures with numbers."""

    message = N_(
        "CONCIERGE_APPRAISAL_WEIGHTS is a list such as “%(usual)s”; %(wrong)r in it cannot be read. Correct "
        "it and start again."
    )


@dataclass(frozen=True)
class Count:
    """So many good ones among all of a kind."""

    good: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.total:
            raise ValueError(f"{self.good} of {self.total}")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line of a sum: ``points`` is weight × good ÷ total, None where there was nothing to count.

    Units: points.
    """

    measure: Measure
    count: Count
    weight: Decimal
    points: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """One officer in one period.

    Units: points; ``reached`` of ``possible``, and ``score`` the same out of a hundred.
    Shape: ``score`` and ``rank`` are None for one who is not ranked.
    """

    person_id: int
    parts: tuple[Part, ...]
    reached: Decimal
    possible: Decimal
    score: Decimal | None = None
    rank: int | None = None


def weights_of(text: str) -> dict[Measure, Decimal]:
    """The weight of each measure; one that is not named weighs nothing.

    Raises: WeightsUnreadable.
    """
    found: dict[Measure, Decimal] = {}
    known = {one.value: one for one in Measure}
    for line in text.split(","):
        name, _, number = line.strip().partition(" ")
        if name not in known or not number.strip().isdecimal() or known[name] in found:
            raise WeightsUnreadable(usual=USUAL_WEIGHTS, wrong=line.strip())
        found[known[name]] = Decimal(number.strip())
    if not sum(found.values()):
        raise WeightsUnreadable(usual=USUAL_WEIGHTS, wrong=text)
    return {one: found.get(one, Decimal()) for one in Measure}


def share_of_work(cases: int) -> Count:
    """How much of a full share of work somebody did; more than full is full."""
    return Count(min(cases, CASES_PAR), CASES_PAR)


def appraised(
    person_id: int, counts: Mapping[Measure, Count], weights: Mapping[Measure, Decimal], *, cases: int
) -> Appraisal:
    """One officer's sum: what could not be measured is left out on both sides.

    Each part is rounded to a hundredth, half up, before it is added, so that the printed numbers add up.

    Units: ``cases`` are the steps decided while the officer held them.
    Source: SV-6; the parts are defaults of this office.
    """
    parts = tuple(_part(one, counts.get(one, Count(0, 0)), weights[one]) for one in Measure if weights[one])
    told = [part for part in parts if part.points is not None]
    reached = sum((part.points or Decimal() for part in told), Decimal())
    possible = sum((part.weight for part in told), Decimal())
    is_ranked = cases >= LEAST_CASES and possible > 0
    score = rounded(100 * reached / possible, "0.1") if is_ranked else None
    return Appraisal(person_id=person_id, parts=parts, reached=reached, possible=possible, score=score)


def _part(measure: Measure, count: Count, weight: Decimal) -> Part:
    points = rounded(weight * count.good / count.total, "0.01") if count.total else None
    return Part(measure=measure, count=count, weight=weight, points=points)


def ranked(found: Sequence[Appraisal]) -> tuple[Appraisal, ...]:
    """The ranked by score, then the others by number; the same score is the same rank."""
    scores = sorted((one.score for one in found if one.score is not None), reverse=True)
    placed = [one if one.score is None else replace(one, rank=scores.index(one.score) + 1) for one in found]
    return tuple(sorted(placed, key=lambda one: (one.rank is None, one.rank or 0, one.person_id)))


def grade_of(score: Decimal | None) -> Grade | None:
    """The grade of a quarter; none for somebody who is not ranked. Source: SV-6."""
    if score is None:
        return None
    return next(one for one, least in LEAST_SCORE if score >= Decimal(str(least)))


def rounded(number: Decimal, to: str) -> Decimal:
    """A number as people round it: half up."""
    return number.quantize(Decimal(to), rounding=ROUND_HALF_UP)
