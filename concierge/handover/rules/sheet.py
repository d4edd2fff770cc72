"""The handover sheet of one project: what is open, what falls due, whom to call, where the papers are."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

PLANNED_AHEAD = timedelta(days=28)


class LineKind(enum.Enum):
    """What a line of the sheet is about. Source: AB-4."""

    STEP = "step"  # with a department, its answer due
    START = "start"  # to be filed, by plan
    CORRECTION = "correction"  # waits for the owner to correct
    DEFERRAL = "deferral"  # a paper promised for later
    SITTING = "sitting"  # a meeting announced
    REVIEW = "review"  # opinions of a joint review due


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One thing to look after. Shape: a name in both languages; ``due_on`` None for whenever."""

    kind: LineKind
    number: str = ""
    name_zh: str
    name_en: str
    department_zh: str = ""
    department_en: str = ""
    due_on: date | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody wrote beside a step: often a promise. Shape: ``on`` is the day it was written."""

    on: date
    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ProjectSheet:
    """Everything one person must know to go on with a project, as of the day the sheet was made.

    Source: AB-4; S27 for contacts and obligations.
    """

    project_id: int
    code: str
    name: str
    enterprise: str
    contact: str = ""
    phone: str = ""
    lines: tuple[SheetLine, ...] = ()
    notes: tuple[Note, ...] = ()
    papers_held: int = 0

    def due(self, first_on: date, last_on: date | None) -> tuple[SheetLine, ...]:
        """What falls due by the last day of the window, the earliest first; what is overdue comes with it.

        Shape: without a last day everything open, and of what is only planned the next four weeks.
        """
        soon = last_on or first_on + PLANNED_AHEAD
        found = (
            line
            for line in self.lines
            if line.due_on is not None
            and ((last_on is None and line.kind is not LineKind.START) or line.due_on <= soon)
        )
        return tuple(sorted(found, key=lambda line: (line.due_on or first_on, line.number, line.name_zh)))

    def later(self, last_on: date | None) -> tuple[SheetLine, ...]:
        """What is open and falls due after the window, or has no day; what is only planned is left out."""
        return tuple(
            line
            for line in self.lines
            if line.kind is not LineKind.START
            and (line.due_on is None or (last_on is not None and line.due_on > last_on))
        )


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing recorded while somebody covered. Shape: ``act`` is the state the step came to."""

    at: str
    by: str
    act: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """The sheets of one handover. Shape: one for each project, by project."""

    projects: tuple[ProjectSheet, ...] = field(default_factory=tuple)

    def of(self, project_id: int) -> ProjectSheet | None:
        """The sheet of one project."""
        return next((one for one in self.projects if one.project_id == project_id), None)


def counted(sheets: Iterable[ProjectSheet], first_on: date, last_on: date | None) -> int:
    """How many things fall due within the window."""
    return sum(len(sheet.due(first_on, last_on)) for sheet in sheets)
