"""What ratings do when something happens elsewhere. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.case import StepMoved
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from concierge.kernel.work import Work
from concierge.ratings.queries.answering import answering
from concierge.ratings.rules.rating import Rated
from concierge.ratings.services.open_occasion import Finished, open_occasion, withdraw_occasion
from concierge.supervision.rules.thresholds import OWNERS

DECIDED = frozenset({StepState.PASSED, StepState.PASSED_DEFERRED, StepState.REFUSED})
"""A department has decided, whichever way: the service can be rated."""


def rate_after_move(w: Work, event: StepMoved) -> None:
    """A step moved: where a department has decided, its service may be rated; where not, no more.

    Source: RT-1, one online case one rating.
    """
    step = w.get(Step, event.step_id)
    closed_on = step.finished_on or step.ended_on
    if step.department in OWNERS or step.attempt != event.attempt:
        return
    if step.state not in DECIDED or closed_on is None:
        withdraw_occasion(w, Rated.STEP, step.id, step.attempt)
        return
    open_occasion(
        w,
        Finished(
            kind=Rated.STEP,
            source_id=step.id,
            attempt=step.attempt,
            project_id=step.project_id,
            code=step.code,
            department=step.department,
            begun_on=step.accepted_on,
            promised_end_on=step.promised_end_on,
            closed_on=closed_on,
            people=answering(w.session, step.project_id, closed_on),
        ),
    )
