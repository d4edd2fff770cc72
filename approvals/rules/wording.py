"""Structured reasons, and how the edge turns them into a sentence in the reader's language.

A rule never builds prose: it gives a code, an English template and facts. The edge translates the template
and fills in the facts as that language writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from approvals.rules.facts import Label

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Reason:
    """One link of a chain of reasons: what it is, the sentence it makes, and the facts in it.

    Shape: ``message`` is an English template; ``facts`` may hold words, numbers, dates, labels in both
    languages, and further reasons or lists of these.
    """

    code: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


def fill(message: str, facts: Mapping[str, object], translate: Translate, lang: str) -> str:
    """The sentence a reader of ``lang`` sees."""
    said = {name: spoken(fact, translate, lang) for name, fact in facts.items()}
    return translate(message) % said if said else translate(message)


def say(reason: Reason, translate: Translate, lang: str) -> str:
    """One reason as a sentence or clause."""
    return fill(reason.message, reason.facts, translate, lang)


def spoken(fact: object, translate: Translate, lang: str) -> object:
    """A fact as that language writes it: days as 6月3日 or 3 June, names translated, lists joined."""
    if isinstance(fact, Reason):
        return say(fact, translate, lang)
    if isinstance(fact, Label):
        return fact.spoken(lang)
    if isinstance(fact, date):
        return spoken_day(fact, lang)
    if isinstance(fact, Sequence) and not isinstance(fact, str):
        joint = "、" if lang.startswith("zh") else ", "
        return joint.join(str(spoken(member, translate, lang)) for member in fact)
    return fact


def spoken_day(day: date, lang: str, *, with_year: bool = False) -> str:
    """A civil day as people say it: 6月3日, or 3 June."""
    if lang.startswith("zh"):
        return (f"{day.year}年" if with_year else "") + f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
