"""Who is due for what, from a ledger: each condition is a stretch of days, a rule is where they all overlap.

A condition does not only say yes or no today: it says from which day on and until which day it holds. So one
look at a person tells who is due, who has just become due and who will be due soon, and the same stretches
explain it in words. Days are counted as ordinals inside, for speed: a county has hundreds of thousands.
"""

from __future__ import annotations

import enum
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from concierge.kernel.errors import N_, Invalid
from concierge.outreach.rules.standing import Support

EVER = date.max.toordinal()
NEVER = (1, 0)
ALWAYS = (1, EVER)
Stretch = tuple[int, int]
"""First and last day as ordinals; empty when the last lies before the first."""

LONGEST_LIFE_YEARS = 130
LONGEST_DAYS = 3660


class PersonFact(enum.Enum):
    """What a condition may look at: nothing else is kept in the open.

    Source: SF-10.
    """

    AGE = "age"
    REGISTERED = "registered"
    DISABILITY = "disability"
    SUPPORT = "support"
    ID_CARD_END = "id_card_end"


class Operator(enum.Enum):
    """How a fact is compared."""

    AT_LEAST = "at_least"
    BELOW = "below"
    IS = "is"
    WITHIN_DAYS = "within_days"


TAKEN = {
    PersonFact.AGE: (Operator.AT_LEAST, Operator.BELOW),
    PersonFact.REGISTERED: (Operator.IS,),
    PersonFact.DISABILITY: (Operator.AT_LEAST, Operator.BELOW),
    PersonFact.SUPPORT: (Operator.IS,),
    PersonFact.ID_CARD_END: (Operator.WITHIN_DAYS,),
}


class RuleConditionUnreadable(Invalid):
    """A condition compares a fact with something it cannot be compared with."""

    message = N_(
        "“%(value)s” cannot be compared here. Give a whole number of years, days or a grade from 1 to 4,"
        " yes or no, or a kind of support."
    )


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule.

    Raises: RuleConditionUnreadable, when fact, operator and value do not go together.
    """

    fact: PersonFact
    operator: Operator
    value: str
    number: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        if self.operator not in TAKEN[self.fact] or not _is_readable(self.fact, self.value):
            raise RuleConditionUnreadable(field=f"value-{self.fact.value}", value=self.value)
        if self.value.isdigit():
            object.__setattr__(self, "number", int(self.value))  # read once, compared for a whole county


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One service and who is due for it.

    Units: ``ahead_days`` and ``renew_days`` in civil days.
    Shape: ``holds`` is the service whose holding settles it; one that ends within ``renew_days`` does not.
    Source: SF-8, SF-9.
    """

    code: str
    conditions: tuple[Condition, ...]
    holds: str
    ahead_days: int = 0
    renew_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the rules may know of somebody.

    Shape: ``holdings`` are services held already, each with the ordinal of its last day.
    """

    person_id: int
    born_on: date
    died_on: date | None = None
    is_registered: bool = True
    disability_grade: int | None = None
    support: Support = Support.NONE
    id_card_ends_on: date | None = None
    holdings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One person is due for a service from one day to another, both included; without an end, until told."""

    person_id: int
    code: str
    since_on: date
    until_on: date | None


def stretch(condition: Condition, person: Person) -> Stretch:
    """The days on which a condition holds for a person, as far as is known today."""
    if condition.fact is PersonFact.AGE:
        turns = birthday(person.born_on, condition.number)
        return (turns, EVER) if condition.operator is Operator.AT_LEAST else (1, turns - 1)
    if condition.fact is PersonFact.ID_CARD_END:
        ends_on = person.id_card_ends_on
        return (ends_on.toordinal() - condition.number, EVER) if ends_on else NEVER
    return ALWAYS if _holds(condition, person) else NEVER


def due(rule: Rule, person: Person, today: date) -> Due | None:
    """Whether a person is due for a service today, or will be within the days the rule watches ahead.

    Source: SF-9; what is held already and does not end soon settles it.
    """
    first, last = window(rule, person)
    now = today.toordinal()
    if first > last or last < now or first > now + rule.ahead_days:
        return None
    return Due(
        person.person_id,
        rule.code,
        date.fromordinal(first),
        None if last >= EVER else date.fromordinal(last),
    )


def window(rule: Rule, person: Person) -> Stretch:
    """Where all conditions of a rule overlap in a person's life, after what is held already."""
    first, last = 1, EVER if person.died_on is None else person.died_on.toordinal() - 1
    for condition in rule.conditions:
        since, until = stretch(condition, person)
        if since > first:
            first = since
        if until < last:
            last = until
        if first > last:
            return NEVER
    for service, ends in person.holdings:
        if service == rule.holds:
            first = max(first, min(ends - rule.renew_days, EVER))
            if ends >= EVER:
                return NEVER
    return (first, last) if first <= last else NEVER


def matched(rules: Sequence[Rule], people: Iterable[Person], today: date) -> list[Due]:
    """Everybody who is due for anything, in the order of the people and of the rules."""
    found = (due(rule, person, today) for person in people for rule in rules)
    return [one for one in found if one is not None]


def told_apart(
    rule: Rule, person: Person, today: date
) -> tuple[tuple[Condition, date | None, date | None, bool], ...]:
    """Each condition with the days it holds and whether it holds today: why somebody is due, or is not."""
    now = today.toordinal()
    lines = []
    for condition in rule.conditions:
        since, until = stretch(condition, person)
        lines.append((condition, _day(since, until), _day(until, until), since <= now <= until))
    return tuple(lines)


@lru_cache(maxsize=200_000)
def birthday(born_on: date, years: int) -> int:
    """The ordinal of the day a person turns so many years; without that day, the last of the month.

    Source: S01 (民法典) art. 202.
    """
    year = born_on.year + years
    if year > date.max.year:
        return EVER
    day = min(born_on.day, monthrange(year, born_on.month)[1])
    return date(year, born_on.month, day).toordinal()


def _holds(condition: Condition, person: Person) -> bool:
    if condition.fact is PersonFact.REGISTERED:
        return person.is_registered == (condition.value == "yes")
    if condition.fact is PersonFact.SUPPORT:
        return person.support.value == condition.value
    grade = person.disability_grade
    if grade is None:
        return False
    return (
        grade >= condition.number if condition.operator is Operator.AT_LEAST else grade < int(condition.value)
    )


def _is_readable(fact: PersonFact, value: str) -> bool:
    if fact is PersonFact.REGISTERED:
        return value in ("yes", "no")
    if fact is PersonFact.SUPPORT:
        return value in {one.value for one in Support}
    most: Mapping[PersonFact, int] = {
        PersonFact.AGE: LONGEST_LIFE_YEARS,
        PersonFact.DISABILITY: 5,
        PersonFact.ID_CARD_END: LONGEST_DAYS,
    }
    return value.isascii() and value.isdigit() and len(value) < 6 and int(value) <= most[fact]


def _day(ordinal: int, last: int) -> date | None:
    return None if last < 1 or ordinal in (1, EVER) else date.fromordinal(ordinal)
