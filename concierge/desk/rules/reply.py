"""What a department may answer about its case, and what that is in the record of the case."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Act, Move
from approvals.rules.ways import open_moves
from concierge.kernel.errors import N_, Invalid

MOST_FAULTS = 40


class Outcome(enum.Enum):
    """What a department says about its case."""

    RECEIPT = "receipt"
    ACCEPT = "accept"
    DONE = "done"
    FAULTS = "faults"
    CORRECTED = "corrected"
    STOP = "stop"
    RESUME = "resume"
    REFUSE = "refuse"
    NOT_ACCEPT = "not_accept"


MOVES: Mapping[Outcome, Move] = {
    Outcome.RECEIPT: Move.RECEIVE,
    Outcome.ACCEPT: Move.ACCEPT,
    Outcome.DONE: Move.PASS,
    Outcome.FAULTS: Move.CORRECT,
    Outcome.CORRECTED: Move.CORRECTED,
    Outcome.STOP: Move.STOP,
    Outcome.RESUME: Move.RESUME,
    Outcome.REFUSE: Move.REFUSE,
    Outcome.NOT_ACCEPT: Move.NOT_ACCEPT,
}
WITH_A_LENGTH = frozenset({Outcome.STOP, Outcome.FAULTS})


class OutcomeMissing(Invalid):
    """Nothing was chosen, or something this page does not offer."""

    message = N_("Choose one of the outcomes offered.")


class NumberMissing(Invalid):
    """A result without its number cannot be found again."""

    message = N_("Give the number of the result, as it stands on the document.")


class FaultsMissing(Invalid):
    """A correction that names nothing asks for nothing."""

    message = N_("List what is missing or wrong, one thing a line: everything at once, for it is told once.")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer of a department as it was typed.

    Units: ``on`` is a civil day, ``workdays`` working days.
    Shape: ``faults`` is the whole list, told once.
    """

    outcome: Outcome
    on: date
    number: str = ""
    faults: tuple[str, ...] = ()
    basis: str = ""
    reason: str = ""
    decided_by: str = ""
    stop: StopKind | None = None
    workdays: int = 0


def offered(state: StepState, *, is_accepted: bool, is_told: bool) -> tuple[Outcome, ...]:
    """What a department may say about a case that stands there; nothing once it is decided.

    Shape: ``is_told`` says that its faults were told already: they are told once.
    Source: S12, the lawful moves; AC-4.
    """
    lawful = open_moves(state, is_accepted=is_accepted)
    said = (outcome for outcome, move in MOVES.items() if move in lawful)
    return tuple(outcome for outcome in said if not (is_told and outcome is Outcome.FAULTS))


def faults_of(typed: str) -> tuple[str, ...]:
    """The faults of a list typed one a line; empty lines and numbers in front are left out."""
    lines = (line.strip().lstrip("0123456789").lstrip(".、．)） ").strip() for line in typed.splitlines())
    return tuple(line for line in lines if line)[:MOST_FAULTS]


def act_of(reply: Reply, *, said_by: str) -> Act:
    """The answer as an act in the record of the case, which has the last word on what it must say.

    Raises: NumberMissing, FaultsMissing.
    Source: AC-1 and AC-4 for faults told once.
    """
    if reply.outcome is Outcome.DONE and not reply.number.strip():
        raise NumberMissing(field="number")
    reason = reply.reason
    if reply.outcome is Outcome.FAULTS:
        if not reply.faults:
            raise FaultsMissing(field="faults")
        reason = "\n".join(f"{n}. {fault}" for n, fault in enumerate(reply.faults, 1))
    return Act(
        MOVES[reply.outcome],
        reply.on,
        basis=reply.basis.strip(),
        reason=reason.strip(),
        number=reply.number.strip(),
        decided_by=reply.decided_by.strip() or said_by,
        stop=reply.stop,
        workdays=reply.workdays if reply.outcome in WITH_A_LENGTH else 0,
    )
