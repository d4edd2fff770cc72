"""What happens to the catalogue and its calendar, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True)
class PeriodCorrected:
    """A length in the draft of the catalogue was made what practice shows; editions keep theirs.

    Shape: ``template`` is empty where it is the matter's own; ``evidence`` says on how many cases it rests.
    """

    matter: str
    template: str
    field: str
    old: int
    new: int
    evidence: str
