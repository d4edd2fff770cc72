"""What a department may answer about its case, and what that is in the record of the case."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Act, Move
from concierge.kernel.errors import N_, Invalid

MOST_FAULTS = 40


class Outcome(enum.Enum):
    """What a department says about its case."""

    RECEIPT = "receipt"
    ACCEPT = "accept"
    DONE = "done"
    FAULTS = "faults"
    STOP = "stop"
    RESUME = "resume"
    REFUSE = "refuse"


MOVES: Mapping[Outcome, Move] = {
    Outcome.RECEIPT: Move.RECEIVE,
    Outcome.ACCEPT: Move.ACCEPT,
    Outcome.DONE: Move.PASS,
    Outcome.FAULTS: Move.CORRECT,
    Outcome.STOP: Move.STOP,
    Outcome.RESUME: Move.RESUME,
    Outcome.REFUSE: Move.REFUSE,
}
_UNDER_WAY = (Outcome.DONE, Outcome.FAULTS, Outcome.STOP, Outcome.REFUSE)
_OFFERED: Mapping[StepState, tuple[Outcome, ...]] = {
    StepState.NOT_STARTED: (Outcome.RECEIPT, Outcome.ACCEPT),
    StepState.PREPARING: (Outcome.RECEIPT, Outcome.ACCEPT),
    StepState.RECEIVED: (Outcome.ACCEPT, Outcome.FAULTS),
    StepState.CORRECTED: (Outcome.ACCEPT,),
    StepState.ACCEPTED: _UNDER_WAY,
    StepState.WORKING: _UNDER_WAY,
    StepState.PROCEDURE_OVER: _UNDER_WAY,
    StepState.IN_PROCEDURE: (Outcome.RESUME, Outcome.STOP),
}


class OutcomeMissing(Invalid):
    """Nothing was chosen, or something this page does not offer."""

    message = N_("Choose one of the outcomes offered.")


class NumberMissing(Invalid):
    """A result without its number cannot be found again."""

    message = N_("Give the number of the result, as it stands on the document.")


class FaultsMissing(Invalid):
    """A correction that names nothing asks for nothing."""

    message = N_("List what is missing or wrong, one thing a line: everything at once, for it is told once.")


class StopIncomplete(Invalid):
    """A pause nobody could check."""

    message = N_("Give the kind of the pause, the law it rests on, and its working days.")


class GroundsMissing(Invalid):
    """A refusal without grounds is no decision."""

    message = N_("Give the law the refusal rests on, and the reasons.")


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
    stop: StopKind | None = None
    workdays: int = 0


def offered(state: StepState) -> tuple[Outcome, ...]:
    """What a department may say about a case that stands there; nothing once it is decided."""
    return _OFFERED.get(state, ())


def faults_of(typed: str) -> tuple[str, ...]:
    """The faults of a list typed one a line; empty lines and numbers in front are left out."""
    lines = (line.strip().lstrip("0123456789").lstrip(".、．)） ").strip() for line in typed.splitlines())
    return tuple(line for line in lines if line)[:MOST_FAULTS]


def act_of(reply: Reply, *, said_by: str) -> Act:
    """The answer as an act in the record of the case.

    Raises: NumberMissing, FaultsMissing, StopIncomplete, GroundsMissing.
    Source: AC-1 and AC-4 for faults told once, CL-6 for what a pause must say.
    """
    checks = {
        Outcome.DONE: _checked_result,
        Outcome.FAULTS: _checked_faults,
        Outcome.STOP: _checked_stop,
        Outcome.REFUSE: _checked_refusal,
    }
    if reply.outcome in checks:
        checks[reply.outcome](reply)
    reason = reply.reason
    if reply.outcome is Outcome.FAULTS:
        reason = "\n".join(f"{n}. {fault}" for n, fault in enumerate(reply.faults, 1))
    return Act(
        MOVES[reply.outcome],
        reply.on,
        basis=reply.basis.strip(),
        reason=reason.strip(),
        number=reply.number.strip(),
        decided_by=said_by,
        stop=reply.stop,
        workdays=reply.workdays if reply.outcome is Outcome.STOP else 0,
    )


def _checked_result(reply: Reply) -> None:
    if not reply.number.strip():
        raise NumberMissing(field="number")


def _checked_faults(reply: Reply) -> None:
    if not reply.faults:
        raise FaultsMissing(field="faults")


def _checked_stop(reply: Reply) -> None:
    if reply.stop is None:
        raise StopIncomplete(field="stop")
    if not reply.basis.strip():
        raise StopIncomplete(field="basis")
    if reply.workdays < 1:
        raise StopIncomplete(field="workdays")


def _checked_refusal(reply: Reply) -> None:
    if not (reply.basis.strip() and reply.reason.strip()):
        raise GroundsMissing(field="basis" if not reply.basis.strip() else "reason")
