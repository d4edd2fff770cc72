"""What happens to the catalogue and to steps, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StepMoved:
    """A step was prepared, accepted or passed on a day, or such a record was taken back."""

    step_id: int
    project_id: int
    code: str
    move: str
    on: date


@dataclass(frozen=True)
class EditionPublished:
    """The draft became an edition; projects opened from now on start with it."""

    edition_id: int
    number: int
    digest: str
    note: str


@dataclass(frozen=True)
class CatalogueImported:
    """Files were taken over into the draft. Shape: ``changes`` names what moved, as far as it is few."""

    files: tuple[str, ...]
    added: int
    changed: int
    removed: int
    changes: tuple[str, ...]


@dataclass(frozen=True)
class ShippedFilesDeclined:
    """The office looked at the files of a new release and kept its own catalogue."""

    digest: str


@dataclass(frozen=True)
class CalendarChanged:
    """The table of a year was loaded or replaced; every plan that touches the year is to be made again."""

    year: int
