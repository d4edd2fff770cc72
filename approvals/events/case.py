"""What happens to a step, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StepMoved:
    """Something was recorded about a step on a day, or such a record was taken back.

    Shape: ``state`` is where the step stands after it; ``undone`` is the move taken back, if any.
    """

    step_id: int
    project_id: int
    code: str
    move: str
    on: date
    state: str = ""
    attempt: int = 1
    undone: str = ""


@dataclass(frozen=True)
class MoveRefused:
    """A try to move the end of a case was against the rules. Shape: ``refusal`` names what was said."""

    step_id: int
    project_id: int
    code: str
    move: str
    on: date
    refusal: str


@dataclass(frozen=True)
class EndsRecounted:
    """The ends of a running case were counted again, because the calendar changed under it."""

    step_id: int
    project_id: int
    code: str
    promised_before_on: date | None
    promised_on: date | None
    statutory_before_on: date | None
    statutory_on: date | None


@dataclass(frozen=True)
class StepNoted:
    """Somebody wrote down what was said or agreed about a step; it moves nothing."""

    step_id: int
    project_id: int
    code: str
    text: str
