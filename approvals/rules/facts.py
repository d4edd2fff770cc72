"""The simple facts a project records, and what counts as a value of each.

Conditions test nothing else. A fact has one of four kinds: one of a list of values (enum), yes or no (bool),
a number, or some of a list of values (list).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

from concierge.kernel.errors import N_, Invalid

FactValue: TypeAlias = str | bool | int | float | tuple[str, ...]
Facts: TypeAlias = Mapping[str, FactValue]

KINDS = ("enum", "bool", "number", "list")
_YES = frozenset({"true", "yes", "1", "是"})
_NO = frozenset({"false", "no", "0", "否"})
_LARGEST_NUMBER = 10**12


class UnknownFact(Invalid):
    """A name that is not among the catalogue's attributes."""

    message = N_("There is no project fact named “%(fact)s”. Perhaps one of these is meant: %(known)s.")


class FactOfWrongType(Invalid):
    """A value that its attribute does not allow; the sentence says what it allows."""

    message = N_("“%(value)s” does not fit the project fact “%(fact)s”, which takes %(allowed)s.")


@dataclass(frozen=True)
class Label:
    """One thing's name in both languages."""

    zh: str
    en: str

    def spoken(self, lang: str) -> str:
        """The name in ``lang``; the other language where one is missing."""
        return (self.zh or self.en) if lang.startswith("zh") else (self.en or self.zh)

    def __str__(self) -> str:
        """The English name, as logs and tests show it."""
        return self.spoken("en")


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One fact a project must record: its kind, the values it may take, and the value assumed until told.

    Shape: ``values`` is filled for an enum, and for a list whose members are known; ``value_labels`` names
    each.
    """

    name: str
    kind: str
    default: FactValue
    values: tuple[str, ...] = ()
    unit: str = ""
    note: str = ""
    derived_by: str = ""
    label: Label = field(default_factory=lambda: Label("", ""))
    unit_label: Label = field(default_factory=lambda: Label("", ""))
    value_labels: tuple[tuple[str, Label], ...] = ()

    def spoken(self, lang: str) -> str:
        """The fact's name for a reader of ``lang``; its code when nobody has named it."""
        return self.label.spoken(lang) or self.name

    def spoken_value(self, value: FactValue, lang: str) -> str:
        """A value as a person of ``lang`` reads it, with its unit."""
        labels = dict(self.value_labels)
        if isinstance(value, bool):
            return ("是" if value else "否") if lang.startswith("zh") else ("yes" if value else "no")
        if isinstance(value, tuple):
            joint = "、" if lang.startswith("zh") else ", "
            return joint.join(labels[v].spoken(lang) if v in labels else v for v in value) or "-"
        if isinstance(value, str):
            return labels[value].spoken(lang) if value in labels else value
        unit = self.unit_label.spoken(lang) or self.unit
        return f"{value:,}{'' if lang.startswith('zh') else ' '}{unit}".strip()

    def checked(self, value: object) -> FactValue:
        """The value as this attribute stores it.

        Raises: FactOfWrongType, saying what the attribute allows.
        """
        found = _CHECKS[self.kind](self, value)
        if found is None:
            raise FactOfWrongType(
                fact=self.name, value=_as_text(value), allowed=self.allowed(), field=self.name
            )
        return found

    def read(self, text: str) -> FactValue:
        """The value a person typed: ``true``, ``3.5``, ``report`` or ``flood,seismic``.

        Raises: FactOfWrongType, saying what the attribute allows.
        """
        typed = text.strip()
        if self.kind == "bool" and typed.lower() in _YES | _NO:
            return typed.lower() in _YES
        if self.kind == "number":
            return self.checked(_number_from(typed) if _number_from(typed) is not None else typed)
        if self.kind == "list":
            return self.checked([part.strip() for part in typed.split(",") if part.strip()])
        return self.checked(typed)

    def allowed(self) -> str:
        """What may stand here, as short as a person can use it."""
        if self.kind == "bool":
            return "true, false"
        if self.kind == "number":
            return "0 ≤ n" + (f" ({self.unit})" if self.unit else "")
        if self.kind == "list":
            return f"[{', '.join(self.values)}]" if self.values else "[a, b, …]"
        return ", ".join(self.values)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


def _number_from(text: str) -> int | float | None:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None


def _enum(attribute: Attribute, value: object) -> FactValue | None:
    return value if isinstance(value, str) and value in attribute.values else None


def _bool(_attribute: Attribute, value: object) -> FactValue | None:
    return value if isinstance(value, bool) else None


def _number(_attribute: Attribute, value: object) -> FactValue | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or not 0 <= value <= _LARGEST_NUMBER:
        return None
    return int(value) if float(value).is_integer() else float(value)


def _list(attribute: Attribute, value: object) -> FactValue | None:
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
        return None
    if attribute.values and not set(value) <= set(attribute.values):
        return None
    order = {known: position for position, known in enumerate(attribute.values)}
    return tuple(sorted(dict.fromkeys(value), key=lambda v: (order.get(v, len(order)), v)))


_CHECKS = {"enum": _enum, "bool": _bool, "number": _number, "list": _list}


def checked_facts(given: Mapping[str, object], attributes: Mapping[str, Attribute]) -> dict[str, FactValue]:
    """Every given value, checked against its attribute.

    Raises: UnknownFact, FactOfWrongType.
    """
    known(given, attributes)
    return {name: attributes[name].checked(value) for name, value in given.items()}


def read_facts(typed: Mapping[str, str], attributes: Mapping[str, Attribute]) -> dict[str, FactValue]:
    """Every fact a person typed as text, checked against its attribute.

    Raises: UnknownFact, FactOfWrongType.
    """
    known(typed, attributes)
    return {name: attributes[name].read(text) for name, text in typed.items()}


def known(names: Iterable[str], attributes: Mapping[str, Attribute]) -> None:
    """Nothing, when every name is an attribute of the catalogue.

    Raises: UnknownFact, listing the nearest attributes, or all of them when none is near.
    """
    for name in names:
        if name not in attributes:
            nearest = get_close_matches(name, attributes, n=5, cutoff=0.5)
            raise UnknownFact(fact=name, known=", ".join(nearest or attributes), field=name)
