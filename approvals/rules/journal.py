"""The journal of a case: its moves line by line, and which of them still count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move


@dataclass(frozen=True, kw_only=True)
class Line:
    """One move of one step.

    Units: ``on`` is a civil day, ``at`` the moment of recording (aware UTC).
    Shape: ``number`` is its place in the step's journal, from 1; ``undoes`` is the place of the line it takes
        back; the two ends are as they stand after it.
    """

    number: int
    move: Move
    before: StepState
    state: StepState
    on: date
    attempt: int = 1
    undoes: int | None = None
    step_id: int | None = None
    at: datetime | None = None
    actor_id: int | None = None
    actor: str = ""
    basis: str = ""
    reason: str = ""
    paper: str = ""
    decided_by: str = ""
    promised_end_on: date | None = None
    statutory_end_on: date | None = None
    id: int | None = None


def standing_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The moves that still count: those that were not taken back, in order."""
    gone = {line.undoes for line in lines if line.undoes is not None}
    return tuple(line for line in lines if line.move is not Move.UNDO and line.number not in gone)
