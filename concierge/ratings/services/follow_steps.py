"""Let every decision on a step be rated, as long as it stands.

Looked up every few minutes and not told by event: a step moves ten times and more before it is decided, and
each move would be a job of its own only to find that there is nothing to rate yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.ratings.models.rating import OccasionRow
from concierge.ratings.queries.answering import answering
from concierge.ratings.rules.rating import LINK_DAYS, Rated
from concierge.ratings.services.open_occasion import Finished, open_occasion
from concierge.supervision.rules.thresholds import OWNERS

DECIDED = (StepState.PASSED, StepState.PASSED_DEFERRED, StepState.REFUSED)
"""A department has decided, whichever way: the service can be rated."""

MOST_AT_ONCE = 500


def follow_steps(w: Work, project_id: int | None = None) -> int:
    """Open an occasion for each decision that has none, take back those whose decision is gone.

    Answers how many were opened. What was decided longer ago than a link lasts is left alone.

    Source: RT-1, one online case one rating; the enterprise's own steps are nobody's service.
    """
    _withdraw(w)
    steps = _decided(w, project_id)
    for step in steps:
        closed_on = step.finished_on or step.ended_on
        if closed_on is None:
            continue
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
    return len(steps)


def _decided(w: Work, project_id: int | None) -> Sequence[Step]:
    closed_on = func.coalesce(Step.finished_on, Step.ended_on)
    known = and_(
        OccasionRow.kind == Rated.STEP,
        OccasionRow.source_id == Step.id,
        OccasionRow.attempt == Step.attempt,
    )
    asked = (
        select(Step)
        .outerjoin(OccasionRow, known)
        .where(
            or_(OccasionRow.id.is_(None), OccasionRow.withdrawn_at.is_not(None)),
            Step.state.in_(DECIDED),
            Step.department.not_in(OWNERS),
            closed_on >= clock.today() - timedelta(days=LINK_DAYS),
        )
        .order_by(closed_on, Step.id)
        .limit(MOST_AT_ONCE)
    )
    if project_id is not None:
        asked = asked.where(Step.project_id == project_id)
    return w.session.scalars(asked).all()


def _withdraw(w: Work) -> None:
    """Take back the occasions whose step is open again; what was said of them stays."""
    gone = w.session.scalars(
        select(OccasionRow)
        .join(Step, Step.id == OccasionRow.source_id)
        .where(
            OccasionRow.kind == Rated.STEP,
            OccasionRow.withdrawn_at.is_(None),
            or_(Step.state.not_in(DECIDED), Step.attempt != OccasionRow.attempt),
            OccasionRow.closed_on >= clock.today() - timedelta(days=LINK_DAYS),
        )
    ).all()
    for row in gone:
        row.withdrawn_at = clock.now()
