"""Record one move of a step: preparation began, it was accepted, it has its result, or that was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from approvals.events import StepMoved
from approvals.models.step import Step
from approvals.rules.progress import Move, Standing, moved
from approvals.services.add_steps import state_of
from concierge.kernel import clock
from concierge.kernel.work import Work


def move_step(  # noqa: PLR0913  (a move, and how people call what it is about)
    w: Work,
    step: Step,
    move: Move,
    on: date,
    *,
    name: str,
    waiting: Sequence[str] = (),
    result_number: str | None = None,
    today: date | None = None,
) -> None:
    """Apply one move to a locked step.

    Shape: ``name`` and ``waiting`` are as people read them, for the sentence of a refusal.
    Raises: NoSuchMove, StepNotReady, NotYet, OutOfOrder.
    """
    before = Standing(
        name=name,
        preparing_since=step.preparing_since,
        accepted_on=step.accepted_on,
        finished_on=step.finished_on,
    )
    after = moved(before, move, on, today=today or clock.today(), waiting=waiting)
    step.preparing_since, step.accepted_on, step.finished_on = (
        after.preparing_since,
        after.accepted_on,
        after.finished_on,
    )
    step.state = state_of(step)
    if move is Move.PASS:
        step.result_number = result_number
    w.record(StepMoved(step_id=step.id, project_id=step.project_id, code=step.code, move=move.value, on=on))
