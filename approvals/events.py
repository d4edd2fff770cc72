"""What happens to matters and steps, told to whoever listens."""

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
