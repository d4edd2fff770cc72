"""Leave a line in the trace when somebody tried to move the end of a case and the rules said no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from approvals.events.case import MoveRefused
from approvals.models.step import Step
from approvals.queries.papers import notice_of
from approvals.rules.case import ToldAlready
from approvals.rules.progress import Move
from approvals.services.tell_once import record_second_list
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Invalid, Refusal
from concierge.kernel.work import AlreadyThere, work

MOVES_AN_END = frozenset({Move.STOP, Move.RESUME, Move.EXTEND, Move.CORRECT, Move.CORRECTED})
"""The moves that shift the ends of a case besides its start."""


@contextmanager
def refusals_logged(step_id: int, move: Move, on: date, *, by: Actor) -> Iterator[None]:
    """Log what the rules refuse in this block, if the move would have shifted an end; the refusal goes on.

    Shape: stands around the work the move is tried in, which is gone by then; the line is a work of its own.
    Effects: tells ``MoveRefused``.
    """
    try:
        yield
    except AlreadyThere:  # the same form twice at once: the other one was lawful
        raise
    except (Refusal, Invalid) as refusal:
        if move in MOVES_AN_END:
            log_refused_move(step_id, move, on, refusal, by=by)
        raise


def log_refused_move(step_id: int, move: Move, on: date, refusal: Refusal | Invalid, *, by: Actor) -> None:
    """Record that a move was refused; a second telling of faults is a second list besides.

    Raises: Missing, for a step that is not in the actor's charge.
    Source: AC-4.
    """
    with work(by) as w:
        step = w.get(Step, step_id)
        w.record(
            MoveRefused(
                step_id=step.id,
                project_id=step.project_id,
                code=step.code,
                move=move.value,
                on=on,
                refusal=type(refusal).__name__,
            )
        )
        notice = notice_of(w.session, step) if isinstance(refusal, ToldAlready) else None
        if notice is not None:
            record_second_list(w, step, notice, ())
