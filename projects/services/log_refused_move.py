"""Leave a line in the trace when somebody tried to move the end of a case and the rules said no."""

from __future__ import annotations

from approvals.events import MoveRefused
from approvals.models.step import Step
from approvals.rules.progress import Act
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Invalid, Refusal
from concierge.kernel.work import work


def log_refused_move(step_id: int, act: Act, refusal: Refusal | Invalid, *, by: Actor) -> None:
    """Record that an act was refused; the work it was tried in is gone, so this is one of its own.

    Raises: Missing, for a step that is not in the actor's charge.
    """
    with work(by) as w:
        step = w.get(Step, step_id)
        w.record(
            MoveRefused(
                step_id=step.id,
                project_id=step.project_id,
                code=step.code,
                move=act.move.value,
                on=act.on,
                refusal=type(refusal).__name__,
            )
        )
