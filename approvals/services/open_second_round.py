"""Open a second round of a joint review: those affected are asked again, and nobody else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time

from approvals.events.reviews import SecondRoundOpened
from approvals.queries import catalogue, joint_reviews, reviews
from approvals.rules.consolidation import asked_again, check_second_round, consolidated
from approvals.rules.joint_reviews import ReviewState
from approvals.services.convene_review import ask_members
from approvals.services.hold_review import department_names, held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work


def open_second_round(
    review_id: int,
    *,
    changed: Collection[str] = (),
    closing: time | None = None,
    version: int | None = None,
    lang: str = "zh",
    by: Actor,
) -> tuple[str, ...]:
    """Ask those affected again, all the same minute; answers who that is.

    Shape: ``changed`` are subjects of conditions, or departments whose whole matter has changed.
    Raises: Missing, Stale; NoSecondRound, RoundNotOver, NobodyAffected.
    Effects: tells ``SecondRoundOpened``.
    Source: PR-3.
    """
    with work(by) as w:
        return open_round(w, review_id, changed=changed, closing=closing, version=version, lang=lang)


def open_round(
    w: Work,
    review_id: int,
    *,
    changed: Collection[str] = (),
    closing: time | None = None,
    version: int | None = None,
    lang: str = "zh",
) -> tuple[str, ...]:
    """The same in the caller's work."""
    row, review = held(w, review_id, version=version)
    draft = consolidated(review, joint_reviews.recorded(w.session, review))
    again = asked_again(review, draft.contradictions, changed)
    check_second_round(review, again, department_names(w, lang))
    group = reviews.review_groups(w.session).get(row.review_group)
    if group is None:
        raise Missing
    calendar = catalogue.work_calendar(w.session)
    sent_on = calendar.received_on(clock.local(clock.now()).replace(tzinfo=None), closing or time.max)
    row.round += 1
    row.opinions_due_on = calendar.add_workdays(sent_on, group.opinion_workdays)
    row.state, row.answer, row.answered_on = ReviewState.GATHERING, None, None
    reasons = {department: ",".join(reason.value for reason in why) for department, why in again.items()}
    for department, why in reasons.items():
        ask_members(w, row, (department,), due_on=row.opinions_due_on, asked_for=why)
    w.record(
        SecondRoundOpened(
            review_id=row.id,
            project_id=row.project_id,
            round=row.round,
            asked=reasons,
            due_on=row.opinions_due_on,
        )
    )
    return tuple(again)
