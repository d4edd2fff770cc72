"""What happens on the page of the day, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LineTicked:
    """Somebody ticked a line of the day; ``is_for_good`` that it never comes back."""

    tick_id: int
    person_id: int | None
    project_id: int | None
    key: str
    is_for_good: bool
    on: date


@dataclass(frozen=True)
class TickUndone:
    """A tick was taken back; the line stands again."""

    tick_id: int
    person_id: int | None
    project_id: int | None
    key: str


@dataclass(frozen=True)
class LinePutOff:
    """Somebody does not want to see a line before a day."""

    put_off_id: int
    person_id: int | None
    project_id: int | None
    key: str
    until_on: date


@dataclass(frozen=True)
class NoteWritten:
    """A note to come back to was written, or written anew."""

    note_id: int
    person_id: int | None
    project_id: int | None
    due_on: date
    is_promise: bool


@dataclass(frozen=True)
class PlaceKept:
    """The window of a department was written down."""

    department: str
    place: str
