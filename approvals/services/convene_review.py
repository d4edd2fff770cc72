"""Convene a joint review: one submission to all members of a group, the same minute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from approvals.events.reviews import ReviewConvened
from approvals.models.draft_text import as_codes
from approvals.models.joint_review import JointReviewRow, ReviewMemberRow
from approvals.models.step import Step
from approvals.queries import catalogue, joint_reviews, reviews
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import ReviewGroup
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.review_members import (
    Convening,
    OpenStep,
    check_convening,
    opinions_due,
    proposed_members,
)
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work


@dataclass(frozen=True, kw_only=True)
class NewReview:
    """A joint review to convene.

    Shape: ``members`` None asks those who have something to decide; ``sitting_id`` is the announced sitting
        it goes before; ``closing`` is when the office closes, after which day 0 is the next working day.
    """

    project_id: int
    review_group: str
    steps: tuple[str, ...]
    members: tuple[str, ...] | None = None
    sitting_id: int | None = None
    subject: str = ""
    why_again: str = ""
    is_before_land: bool = False
    closing: time | None = None


def convene_review(new: NewReview, *, lang: str = "zh", by: Actor) -> int:
    """Send one submission to all members; answers the number of the review.

    Raises: everything ``check_convening`` refuses; Missing, for a group, project or sitting that is not
        there or out of scope.
    Effects: tells ``ReviewConvened``.
    Source: PR-3, PR-4, PR-5.
    """
    with work(by) as w:
        return convene(w, new, lang=lang)


def convene(w: Work, new: NewReview, *, lang: str = "zh") -> int:
    """The same in the caller's work."""
    scope.require(w.session, w.by, new.project_id)
    published = catalogue_queries.latest_catalogue(w.session)
    group = published.review_group_of.get(new.review_group) if published else None
    if published is None or group is None:
        raise Missing
    _hold_steps(w, new.project_id)
    steps = joint_reviews.open_steps(w.session, new.project_id, published, lang)
    if not steps:
        raise Missing
    wanted = _wanted(w, new, group, steps.values())
    names = {department.code: department.spoken(lang) for department in published.departments}
    kind = check_convening(wanted, group, steps, joint_reviews.reviews_of(w.session, new.project_id), names)
    session_on = wanted.sitting.on if wanted.sitting else None
    row = w.add(
        JointReviewRow(
            project_id=new.project_id,
            review_group=group.code,
            lead=group.lead,
            kind=kind,
            steps=as_codes(wanted.steps),
            subject="\n".join(part for part in (new.subject.strip(), new.why_again.strip()) if part),
            silence=group.silence,
            sitting_id=new.sitting_id,
            session_on=session_on,
            round=1,
            sent_on=wanted.sent_on,
            sent_at=clock.now(),
            opinions_due_on=opinions_due(
                group, wanted.sent_on, session_on, catalogue.work_calendar(w.session)
            ),
            state=ReviewState.GATHERING,
        )
    )
    ask_members(w, row, wanted.members, due_on=row.opinions_due_on)
    w.record(
        ReviewConvened(
            review_id=row.id,
            project_id=row.project_id,
            review_group=row.review_group,
            kind=row.kind.value,
            steps=wanted.steps,
            members=wanted.members,
            sent_on=row.sent_on,
            due_on=row.opinions_due_on,
        )
    )
    return row.id


def ask_members(
    w: Work, row: JointReviewRow, departments: Iterable[str], *, due_on: date, asked_for: str = ""
) -> None:
    """Send the submission to these departments in the round that runs, all the same minute.

    Source: PR-3.
    """
    at = clock.now()
    for department in departments:
        w.add(
            ReviewMemberRow(
                project_id=row.project_id,
                review_id=row.id,
                round=row.round,
                department=department,
                is_lead=department == row.lead,
                asked_for=asked_for,
                sent_at=at,
                due_on=due_on,
            )
        )


def _wanted(w: Work, new: NewReview, group: ReviewGroup, steps: Iterable[OpenStep]) -> Convening:
    calendar, local = catalogue.work_calendar(w.session), clock.local(clock.now())
    closing = new.closing or time.max
    asked = (
        (one.department for one in proposed_members(group, steps) if one.takes_part)
        if new.members is None
        else new.members
    )
    return Convening(
        steps=tuple(dict.fromkeys(new.steps)),
        members=tuple(sorted(dict.fromkeys(asked), key=lambda code: code != group.lead)),
        sent_on=calendar.received_on(local.replace(tzinfo=None), closing),
        sitting=reviews.sitting(w.session, new.sitting_id) if new.sitting_id else None,
        is_before_land=new.is_before_land,
        why_again=new.why_again,
    )


def _hold_steps(w: Work, project_id: int) -> None:
    """Lock a project's steps, so that two people never convene the same one at the same time."""
    w.session.scalars(select(Step.id).where(Step.project_id == project_id).with_for_update()).all()
