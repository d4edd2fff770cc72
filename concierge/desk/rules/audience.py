"""Who is told when something happens to a project, and who of them is to act.

Departments are no part of it: they have no account. What concerns them stands on the page of their link, and
their representative is told of a package by ``services/tell_package.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from concierge.staff.rules.absence import Away, Duty, acting


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Who looks after a project: its two officers, and its liaison if it has one.

    Shape: ``acting_id`` is who acts this minute, where that is known to the minute: A, B, or C while both are
        away; None to have it read off the day.
    """

    duty: Duty | None
    liaison_id: int | None = None
    acting_id: int | None = None


@dataclass(frozen=True)
class Told:
    """One person to be told. Shape: ``is_acting`` marks the one who is to act."""

    person_id: int
    is_acting: bool = False


def audience(
    charge: Charge, on: date, absences: Collection[Away], *, but: int | None = None, with_liaison: bool = True
) -> tuple[Told, ...]:
    """Everybody to be told, the one who acts first: A, B while A is away, or C; the two of the pair as well.

    Shape: each person once; ``but`` is who did it and knows.
    Source: AB-1, AB-2, AB-3, AB-7.
    """
    found: dict[int, Told] = {}
    if charge.duty is not None:
        acts = charge.acting_id or acting(charge.duty, on, absences)
        pair = dict.fromkeys((charge.duty.a_id, charge.duty.b_id, *((acts,) if acts else ())))
        people = sorted(pair, key=lambda person: person != acts)
        found.update({person: Told(person, person == acts) for person in people})
    if with_liaison and charge.liaison_id is not None:
        found.setdefault(charge.liaison_id, Told(charge.liaison_id))
    return tuple(told for person, told in found.items() if person != but)
