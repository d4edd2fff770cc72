"""What happens to the people of a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PairAssigned:
    """A project has its A and B from today on."""

    project_id: int
    a_id: int
    b_id: int


@dataclass(frozen=True)
class AbsenceRecorded:
    """An officer is away from one day to another, both included."""

    absence_id: int
    person_id: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class AbsenceWithdrawn:
    """An absence was taken back before it was over."""

    absence_id: int
    person_id: int
    first_on: date
    last_on: date
