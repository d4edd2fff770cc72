"""What is recorded about a step: the moves there are, and one act of somebody on a day."""

from __future__ import annotations

import enum
from dataclasses import KW_ONLY, dataclass
from datetime import date

from approvals.rules.lifecycle import StopKind
from concierge.kernel.errors import N_, Invalid, Refusal


class Move(enum.Enum):
    """What is recorded about a step.

    Source: S12, the states these lead to.
    """

    PREPARE = "prepare"
    RECEIVE = "receive"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    NOT_ACCEPT = "not_accept"
    DECLINE = "decline"
    CORRECT = "correct"
    CORRECTED = "corrected"
    WORK = "work"
    STOP = "stop"
    RESUME = "resume"
    EXTEND = "extend"
    PASS = "pass"  # noqa: S105  (a result, not a word to log in with)
    REFUSE = "refuse"
    RECALL = "recall"
    REVOKE = "revoke"
    START_OVER = "start_over"
    UNDO = "undo"


class StepNotReady(Refusal):
    """What the step waits for is not there yet."""

    message = N_("“%(step)s” still waits for %(waiting)s. Record that result first.")


class NotYet(Invalid):
    """A date that has not come."""

    message = N_("%(day)s has not come yet; record it on the day it happens.")


class TooLongAgo(Invalid):
    """A date before every year table of the office."""

    message = N_("%(day)s lies before %(first)s, where the calendar of this office begins. Check the year.")


class OutOfOrder(Invalid):
    """A date before the one it must follow."""

    message = N_("%(day)s is before %(earlier)s, when the step reached the stage before.")


class NoSuchMove(Refusal):
    """The step stands where this move is not possible."""

    message = N_("“%(step)s” cannot make this move from where it stands. Reload the page to see its state.")


@dataclass(frozen=True)
class Act:
    """One move as somebody records it: the day, the law it rests on, why, and by whose decision.

    Units: ``on`` and ``planned_last_on`` are civil days; ``workdays`` are working days.
    Shape: ``number`` is that of the paper that goes with it: the result, the slip, the written notice.
        ``decided_by`` names who decided a stop, approved an extension, or went to the site (two names at
        least). ``stop`` is the kind of a stop begun, or of the one that ends when several run; a stop is
        planned to end on ``planned_last_on``, or after so many ``workdays``; an extension has ``workdays``.
        A stop begins on ``on``; one that ends has ``on`` as its last day, which does not count either.
    """

    move: Move
    on: date
    _: KW_ONLY
    basis: str = ""
    reason: str = ""
    number: str = ""
    decided_by: str = ""
    stop: StopKind | None = None
    planned_last_on: date | None = None
    workdays: int = 0
