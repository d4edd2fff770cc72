"""What is recorded about a step: the moves there are, and one act of somebody on a day."""

from __future__ import annotations

import enum
from collections.abc import Sequence
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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a step stands: the days of what has happened to it, None for what has not."""

    name: str
    preparing_since: date | None = None
    accepted_on: date | None = None
    finished_on: date | None = None


def moved(standing: Standing, move: Move, on: date, *, today: date, waiting: Sequence[str] = ()) -> Standing:
    """The step after one move.

    Shape: ``waiting`` names the results this move needs and has not got.
    Raises: NoSuchMove, StepNotReady, NotYet, OutOfOrder.
    Source: WD-2 for day 0, S12 states 3 and 11; PR-6 for the two gates.
    """
    if move is Move.UNDO:
        return _undone(standing)
    if on > today:
        raise NotYet(day=on.isoformat(), field="on")
    if waiting:
        raise StepNotReady(step=standing.name, waiting="、".join(waiting))
    done = {
        Move.PREPARE: standing.preparing_since,
        Move.ACCEPT: standing.accepted_on,
        Move.PASS: standing.finished_on,
    }
    later = {
        Move.PREPARE: standing.accepted_on or standing.finished_on,
        Move.ACCEPT: standing.finished_on,
        Move.PASS: None,
    }
    if (
        done[move] is not None
        or later[move] is not None
        or (move is Move.PASS and standing.accepted_on is None)
    ):
        raise NoSuchMove(step=standing.name)
    earlier = standing.accepted_on or standing.preparing_since
    if earlier and on < earlier:
        raise OutOfOrder(day=on.isoformat(), earlier=earlier.isoformat(), field="on")
    return Standing(
        name=standing.name,
        preparing_since=on if move is Move.PREPARE else standing.preparing_since,
        accepted_on=on if move is Move.ACCEPT else standing.accepted_on,
        finished_on=on if move is Move.PASS else standing.finished_on,
    )


def _undone(standing: Standing) -> Standing:
    if standing.finished_on:
        return Standing(
            name=standing.name, preparing_since=standing.preparing_since, accepted_on=standing.accepted_on
        )
    if standing.accepted_on:
        return Standing(name=standing.name, preparing_since=standing.preparing_since)
    if standing.preparing_since:
        return Standing(name=standing.name)
    raise NoSuchMove(step=standing.name)
