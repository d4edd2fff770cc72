"""Consolidate a joint review: one answer from all opinions."""

from __future__ import annotations

from collections.abc import Iterable

from approvals.events.reviews import ReviewAnswered
from approvals.models.joint_review import ReviewAnswerRow
from approvals.queries import joint_reviews
from approvals.rules.consolidation import Consolidated, check_answer, consolidated
from approvals.rules.giving_opinions import ReviewOver
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.minutes import NewTask
from approvals.services.give_tasks import give_tasks
from approvals.services.hold_review import department_names, held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def consolidate_review(
    review_id: int,
    text: str,
    *,
    tasks: Iterable[NewTask] = (),
    version: int | None = None,
    lang: str = "zh",
    by: Actor,
) -> Consolidated:
    """Give the one answer of a round; answers what it comes to.

    Raises: Missing, Stale; ReviewOver; everything ``check_answer`` and ``check_tasks`` refuse.
    Effects: tells ``ReviewAnswered`` and one ``ReviewTaskGiven`` for each task.
    Source: PR-3.
    """
    with work(by) as w:
        return consolidate(w, review_id, text, tasks=tasks, version=version, lang=lang)


def consolidate(
    w: Work,
    review_id: int,
    text: str,
    *,
    tasks: Iterable[NewTask] = (),
    version: int | None = None,
    lang: str = "zh",
) -> Consolidated:
    """The same in the caller's work."""
    row, review = held(w, review_id, version=version)
    if not review.is_open:
        raise ReviewOver
    draft = consolidated(review, joint_reviews.recorded(w.session, review))
    check_answer(draft, text, department_names(w, lang))
    row.state, row.answer, row.answered_on = ReviewState.ANSWERED, draft.kind, clock.today()
    w.add(
        ReviewAnswerRow(
            project_id=row.project_id,
            review_id=row.id,
            round=row.round,
            kind=draft.kind,
            text=text.strip(),
            on=clock.today(),
            at=clock.now(),
            given_by=w.by.label,
        )
    )
    w.record(
        ReviewAnswered(
            review_id=row.id,
            project_id=row.project_id,
            review_group=row.review_group,
            round=row.round,
            answer=draft.kind.value,
            steps=review.steps,
            on=clock.today(),
        )
    )
    give_tasks(w, review, tasks)
    return draft
