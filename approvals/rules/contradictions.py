"""Conditions that cannot both hold: found by rule where they name a subject and a figure.

A line like “退界 ≥ 10 m”, “道路宽度不小于 7 米” or “出入口 = 东” is read; any other line stands as people
wrote it, and a person may mark two of them.

Source: PR-3, one consolidated answer.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations


class Relation(enum.Enum):
    """How a condition ties a subject to a value."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    EQUAL = "equal"
    NOT_EQUAL = "not_equal"

    @property
    def sign(self) -> str:
        """The sign people read."""
        return _SIGNS[self]


_SIGNS = {
    Relation.AT_LEAST: "≥",
    Relation.AT_MOST: "≤",
    Relation.ABOVE: ">",
    Relation.BELOW: "<",
    Relation.EQUAL: "=",
    Relation.NOT_EQUAL: "≠",
}

# How offices write a relation, after full-width signs have become plain ones.
_WRITTEN = {
    Relation.AT_LEAST: ">=|≥|不[得应宜能可]?(?:小于|少于|低于)|至少|at least|no less than|not less than",
    Relation.AT_MOST: "<=|≤|不[得应宜能可]?(?:大于|多于|高于|超过)|至多|at most|no more than|not more than",
    Relation.NOT_EQUAL: "!=|≠",
    Relation.ABOVE: ">|大于|高于|more than",
    Relation.BELOW: "<|小于|低于|less than",
    Relation.EQUAL: "=",
}
_RELATION = "|".join(f"(?P<{relation.value}>{words})" for relation, words in _WRITTEN.items())
_LINE = re.compile(
    rf"(?P<subject>[^。；;=<>≥≤≠]{{1,60}}?)\s*(?:{_RELATION})\s*(?P<value>(?:\d{{1,3}}(?:,\d{{3}})+)?[^。；;，,()=<>≥≤≠]{{0,40}}?)"
    r"\s*(?:\([^()]*\))?[。；;，,.]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<number>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>(?:[^\s\d~-][^\s~-]{0,11})?)")
_DENIED = re.compile(r"(不.{0,2}|未|勿|\b(?:not|no|never)\b.{0,8})$")
_MODAL = re.compile(
    r"(应当|应该|必须|应|须|需|宜|shall be|must be|should be|shall|must|should)$", re.IGNORECASE
)

_UNITS: dict[str, tuple[str, Fraction]] = {
    name: (dimension, Fraction(factor))
    for dimension, units in {
        "length": {"mm": "1/1000", "毫米": "1/1000", "cm": "1/100", "厘米": "1/100", "m": "1", "米": "1",
                   "km": "1000", "公里": "1000", "千米": "1000"},
        "area": {"m2": "1", "平方米": "1", "平米": "1", "亩": "2000/3", "ha": "10000", "hm2": "10000",
                 "公顷": "10000", "km2": "1000000", "平方公里": "1000000"},
        "volume": {"m3": "1", "立方米": "1", "l": "1/1000", "升": "1/1000"},
        "mass": {"g": "1/1000", "克": "1/1000", "kg": "1", "千克": "1", "公斤": "1", "t": "1000",
                 "吨": "1000"},
        "power": {"kw": "1", "千瓦": "1", "mw": "1000", "兆瓦": "1000"},
        "share": {"%": "1", "‰": "1/10"},
        "sound": {"db": "1", "db(a)": "1", "分贝": "1"},
    }.items()
    for name, factor in units.items()
}  # fmt: skip
"""Units people write, each with what it measures and how many of the plain unit it holds."""


@dataclass(frozen=True)
class Figure:
    """What one condition says in figures. Shape: ``value`` is a number as written, or a word.

    Units: ``unit`` as written; empty where none was.
    """

    subject: str
    relation: Relation
    value: str
    unit: str = ""

    @property
    def number(self) -> Fraction | None:
        """The value as a number; None where it is a word."""
        return Fraction(self.value) if _NUMBER.fullmatch(self.value) else None

    @property
    def about(self) -> str:
        """The subject without spaces, case or a closing “应”: what makes two subjects the same."""
        return _MODAL.sub("", _plain(self.subject)).replace(" ", "")


@dataclass(frozen=True)
class Condition:
    """One condition of one department. Shape: ``figure`` is None where it is words alone."""

    id: int
    department: str
    text: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Contradiction:
    """Two conditions that cannot both hold. Shape: ``resolution`` is empty until the lead has settled it."""

    first: Condition
    second: Condition
    is_marked: bool = False
    note: str = ""
    marked_by: str = ""
    resolution: str = ""
    resolved_by: str = ""

    @property
    def key(self) -> tuple[int, int]:
        """The numbers of the two conditions, the smaller first."""
        low, high = sorted((self.first.id, self.second.id))
        return low, high

    @property
    def is_settled(self) -> bool:
        """Whether the lead has said what holds."""
        return bool(self.resolution)


def read_figure(text: str) -> Figure | None:
    """What a line says in figures; None where it names no subject, relation and value.

    A relation with a word for its value is read only as “=” or “≠”: “entrance = east”. A denial the reader
    does not know is left as words: better no figure than the opposite one.
    """
    found = _LINE.fullmatch(_plain(text))
    if found is None:
        return None
    relation = next(r for r in Relation if found[r.value] is not None)
    subject, value = found["subject"].strip(" ,，:："), found["value"].strip().replace(",", "")
    if not subject or not value or _DENIED.search(subject):
        return None
    number = _NUMBER.fullmatch(value)
    if number:
        return Figure(subject, relation, number["number"], number["unit"])
    if relation in (Relation.EQUAL, Relation.NOT_EQUAL):
        return Figure(subject, relation, value)
    return None


def found_in(conditions: Sequence[Condition]) -> tuple[Contradiction, ...]:
    """Every two conditions that cannot both hold, in the order they were written.

    Ranges on a line have a common point as soon as every two of them have one, so looking at pairs is enough.
    """
    return tuple(
        Contradiction(first, second)
        for first, second in combinations(conditions, 2)
        if first.figure and second.figure and contradict(first.figure, second.figure)
    )


def contradict(one: Figure, other: Figure) -> bool:
    """Whether nothing can meet both figures; of different subjects or kinds of unit, never."""
    if one.about != other.about:
        return False
    if one.number is None and other.number is None:
        return _words_contradict(one, other)
    left, right = _measured(one, other.unit), _measured(other, one.unit)
    if left is None or right is None or left[0] != right[0]:
        return False
    return _ranges_contradict((one.relation, left[1]), (other.relation, right[1]))


def all_of(conditions: Sequence[Condition], recorded: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """What the rule finds and what people marked, each once, with what the lead settled.

    Shape: a recorded one counts while both its conditions stand.
    """
    standing = {condition.id for condition in conditions}
    known = {found.key: found for found in recorded if set(found.key) <= standing}
    found = {one.key: one for one in found_in(conditions)}
    return tuple(known.get(key, found.get(key)) for key in sorted({*known, *found}))  # type: ignore[misc]  # in one of both


def _plain(text: str) -> str:
    """Full-width signs and digits as plain ones, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _measured(figure: Figure, other_unit: str) -> tuple[str, Fraction] | None:
    """What the figure measures and its value in the plain unit; a missing unit is the other's.

    Shape: None where the value is a word; a unit nobody listed measures itself.
    """
    number = figure.number
    if number is None:
        return None
    unit = _plain(figure.unit or other_unit)
    dimension, factor = _UNITS.get(unit, (unit, Fraction(1)))
    return dimension, number * factor


def _words_contradict(one: Figure, other: Figure) -> bool:
    is_same = _plain(one.value) == _plain(other.value)
    relations = {one.relation, other.relation}
    if relations == {Relation.EQUAL}:
        return not is_same
    return is_same and relations == {Relation.EQUAL, Relation.NOT_EQUAL}


def _ranges_contradict(one: tuple[Relation, Fraction], other: tuple[Relation, Fraction]) -> bool:
    if Relation.NOT_EQUAL in (one[0], other[0]):
        return {one[0], other[0]} == {Relation.EQUAL, Relation.NOT_EQUAL} and one[1] == other[1]
    low = max((bound for relation, value in (one, other) if (bound := _low(relation, value))), default=None)
    high = min((bound for relation, value in (one, other) if (bound := _high(relation, value))), default=None)
    if low is None or high is None:
        return False
    return low[0] > high[0] or (low[0] == high[0] and (low[1] == 1 or high[1] == -1))


def _low(relation: Relation, value: Fraction) -> tuple[Fraction, int] | None:
    """The lower end, and 1 where the end itself does not count."""
    if relation in (Relation.AT_LEAST, Relation.EQUAL):
        return value, 0
    return (value, 1) if relation is Relation.ABOVE else None


def _high(relation: Relation, value: Fraction) -> tuple[Fraction, int] | None:
    """The upper end, and -1 where the end itself does not count."""
    if relation in (Relation.AT_MOST, Relation.EQUAL):
        return value, 0
    return (value, -1) if relation is Relation.BELOW else None
