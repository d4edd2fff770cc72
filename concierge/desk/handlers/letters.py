"""What others left to be carried to somebody outside. Every handler may be run twice."""

from __future__ import annotations

from concierge.desk.services.carry_letter import carry_letter
from concierge.kernel.events import LetterLeft
from concierge.kernel.work import Work


def carry(w: Work, event: LetterLeft) -> None:
    """Put a letter among the messages that go out."""
    carry_letter(w, event.letter_id)
