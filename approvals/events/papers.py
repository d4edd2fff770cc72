"""What happens to papers and the one-time notice, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PaperTakenIn:
    """A paper of a project came, with files or without.

    Shape: ``material`` is its code; ``number`` counts its versions; ``way`` is the way it came.
    """

    version_id: int
    project_id: int
    step_id: int | None
    material: str
    number: int
    way: str
    on: date
    files: int


@dataclass(frozen=True)
class PaperFoundFit:
    """Somebody compared a paper with what is asked, and it is right."""

    version_id: int
    project_id: int
    material: str
    number: int


@dataclass(frozen=True)
class PaperFoundUnfit:
    """Somebody compared a paper with what is asked, and it is wrong."""

    version_id: int
    project_id: int
    material: str
    number: int
    reason: str


@dataclass(frozen=True)
class PaperWithdrawn:
    """A handing-in was wrong and counts no more; it stays on record."""

    version_id: int
    project_id: int
    material: str
    number: int
    reason: str


@dataclass(frozen=True)
class PaperOpened:
    """Somebody read a file of a paper."""

    file_id: int
    project_id: int
    material: str


@dataclass(frozen=True)
class ToldOnce:
    """Everything that is missing or wrong at a step was told, with a date and a number.

    Shape: ``materials`` are their codes; ``tell_by`` is the last day on which it was in time, if it is known.
    """

    notice_id: int
    project_id: int
    step_id: int
    code: str
    number: str
    on: date
    tell_by: date | None
    materials: tuple[str, ...]


@dataclass(frozen=True)
class NoticeAnswered:
    """Everything a one-time notice named is here."""

    notice_id: int
    project_id: int
    step_id: int
    code: str
    number: str
    on: date


@dataclass(frozen=True)
class SecondListTried:
    """Somebody tried to give a second list of new items; it was refused, and this is the record of it."""

    second_list_id: int
    project_id: int
    step_id: int
    code: str
    on: date
    materials: tuple[str, ...]
