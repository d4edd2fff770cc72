"""What happens when work goes from one person to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HandoverDue:
    """A handover is to be given by a day: one person hands projects to another."""

    handover_id: int
    kind: str
    from_id: int
    to_id: int
    first_on: date
    last_on: date | None
    due_on: date
    projects: int


@dataclass(frozen=True)
class HandoverGiven:
    """A handover was given and waits to be accepted. ``is_late`` says it came after its day."""

    handover_id: int
    from_id: int
    to_id: int
    is_late: bool


@dataclass(frozen=True)
class HandoverAccepted:
    """A handover was accepted: from now on the other answers."""

    handover_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class HandoverLate:
    """The day of a handover went by and it was not given."""

    handover_id: int
    from_id: int
    to_id: int
    due_on: date


@dataclass(frozen=True)
class WorkReturned:
    """The one who covered reported and gave the papers back."""

    handover_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class ReturnAccepted:
    """The one who was away has taken the work back."""

    handover_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class HandoverDropped:
    """A handover is no longer needed: the absence was withdrawn before it began."""

    handover_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class SubstitutionToTell:
    """An enterprise is to be told the same day who looks after its project.

    Shape: ``person_id`` acts from ``first_on``; ``last_on`` None for good; ``name`` and ``phone`` are the
        officer's and the office's, all an enterprise needs.
    Source: AB-8.
    """

    project_id: int
    handover_id: int
    person_id: int
    first_on: date
    last_on: date | None
    name: str
    phone: str


@dataclass(frozen=True)
class SubstitutionTold:
    """An enterprise was told who looks after its project."""

    project_id: int
    handover_id: int
    way: str
