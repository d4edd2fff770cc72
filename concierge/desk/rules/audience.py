"""Who is told when something happens to a project, and who of them is to act.

Departments are no part of it: they have no account, and nothing goes out to them by itself. What concerns
them stands on the page of their link.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from concierge.staff.rules.absence import Away, Duty, acting


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Who looks after a project: its two officers, and its liaison if it has one."""

    duty: Duty | None
    liaison_id: int | None = None


@dataclass(frozen=True)
class Told:
    """One person to be told. Shape: ``is_acting`` marks the one who is to act."""

    person_id: int
    is_acting: bool = False


def audience(
    charge: Charge, on: date, absences: Collection[Away], *, but: int | None = None, with_liaison: bool = True
) -> tuple[Told, ...]:
    """Everybody to be told, the one who acts first: A, or B while A is away; the other of the two as well.

    Shape: each person once; ``but`` is who did it and knows.
    Source: AB-1, AB-2, AB-3.
    """
    found: dict[int, Told] = {}
    if charge.duty is not None:
        acts = acting(charge.duty, on, absences)
        pair = sorted((charge.duty.a_id, charge.duty.b_id), key=lambda person: person != acts)
        found.update({person: Told(person, person == acts) for person in pair})
    if with_liaison and charge.liaison_id is not None:
        found.setdefault(charge.liaison_id, Told(charge.liaison_id))
    return tuple(told for person, told in found.items() if person != but)
