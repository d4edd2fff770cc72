"""Yellow and red cards: what they are shown for, who hears of them, and how they end."""

from __future__ import annotations

import enum


class Colour(enum.Enum):
    """The two cards.

    Source: SV-1.
    """

    YELLOW = "yellow"
    RED = "red"


class Cause(enum.Enum):
    """What a card is shown for: a limit of a department, or a violation somebody saw.

    Source: SV-2 for the limits, CL-6 for the stop, SV-3 for the violations.
    """

    PROMISED_NEAR = "promised_near"
    PROMISED_PAST = "promised_past"
    STATUTORY_PAST = "statutory_past"
    STOP_OVERRUN = "stop_overrun"
    FLOAT = "float"
    STAGE_OVERDUE = "stage_overdue"
    SECOND_LIST = "second_list"
    REFUSED_WITHOUT_REASONS = "refused_without_reasons"
    ACCEPTED_OUTSIDE = "accepted_outside"
    CHARGED = "charged"
    UNLISTED_ITEMS = "unlisted_items"

    @property
    def colour(self) -> Colour:
        """The colour of its card."""
        return Colour.YELLOW if self in WARNINGS else Colour.RED

    @property
    def is_limit(self) -> bool:
        """Whether the record shows it by itself, and so ends it by itself when the clock moves."""
        return self not in VIOLATIONS


WARNINGS = frozenset({Cause.PROMISED_NEAR, Cause.STOP_OVERRUN, Cause.FLOAT})
VIOLATIONS = frozenset(
    {
        Cause.SECOND_LIST,
        Cause.REFUSED_WITHOUT_REASONS,
        Cause.ACCEPTED_OUTSIDE,
        Cause.CHARGED,
        Cause.UNLISTED_ITEMS,
    }
)


class Ending(enum.Enum):
    """How a card stops being live; the card itself stays on record."""

    CASE_ENDED = "case_ended"
    CLOCK_MOVED = "clock_moved"
    HARDER_CARD = "harder_card"
    APPEAL_UPHELD = "appeal_upheld"
    MADE_GOOD = "made_good"


class Level(enum.Enum):
    """Whom a red card has reached.

    Source: SV-4.
    """

    HANDLER = "handler"
    DEPARTMENT_HEAD = "department_head"
    SUPERVISION_OFFICE = "supervision_office"


class Ruling(enum.Enum):
    """What became of an appeal.

    Source: SV-5.
    """

    UPHELD = "upheld"
    REJECTED = "rejected"


class ChaseWay(enum.Enum):
    """How a department was urged."""

    PHONE = "phone"
    SMS = "sms"
    VISIT = "visit"
    LETTER = "letter"
    MEETING = "meeting"
