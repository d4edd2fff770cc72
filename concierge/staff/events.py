"""What happens to the people of a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PairAssigned:
    """A project has its A and B from now on. Shape: the two before them, None where there were none."""

    project_id: int
    a_id: int
    b_id: int
    before_a_id: int | None = None
    before_b_id: int | None = None


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


@dataclass(frozen=True)
class CoverNamed:
    """Somebody covers a project on days on which both of its people are away."""

    project_id: int
    cover_id: int
    person_id: int
    first_on: date
    last_on: date
    is_head: bool


@dataclass(frozen=True)
class CoverWithdrawn:
    """Somebody does not cover a project after all."""

    project_id: int
    cover_id: int
    person_id: int


@dataclass(frozen=True)
class StageEntered:
    """A project has come to its next stage, and somebody answers for it there; nobody in construction."""

    project_id: int
    stage: str
    person_id: int | None


@dataclass(frozen=True)
class ProfileKept:
    """What is known of an officer was changed."""

    person_id: int


@dataclass(frozen=True)
class HandInsLimited:
    """It was said how many steps an officer can hand in on one day; None for any number."""

    person_id: int
    a_day: int | None


@dataclass(frozen=True)
class TeamKept:
    """A team was made or changed."""

    team_id: int
    name: str


@dataclass(frozen=True)
class ContactChanged:
    """Somebody answers for a department from this day on, or no more after it."""

    contact_id: int
    post: str
    department: str
    on: date
