"""One joint review as the office sees it now: everybody asked, everything said, what is to be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews, reviews
from approvals.rules.catalogue import Catalogue, ReviewGroup
from approvals.rules.consolidation import Consolidated, consolidated
from approvals.rules.contradictions import Contradiction
from approvals.rules.joint_reviews import JointReview, ReviewState
from approvals.rules.minutes import Minutes, Task
from approvals.rules.sittings import Sitting
from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from projects.models.project import Project
from scheduler import WorkCalendar

MOST_LISTED = 200
OVER = (ReviewState.ANSWERED, ReviewState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class JointReviewFile:
    """One joint review, its project, and what the catalogue says of both."""

    review: JointReview
    recorded: tuple[Contradiction, ...]
    project: Project
    steps: Mapping[str, Step]
    catalogue: Catalogue
    calendar: WorkCalendar
    minutes: tuple[Minutes, ...]
    tasks: tuple[Task, ...]
    sitting: Sitting | None

    @cached_property
    def draft(self) -> Consolidated:
        """What the opinions come to so far."""
        return consolidated(self.review, self.recorded)

    @cached_property
    def group(self) -> ReviewGroup:
        """The review group, as the catalogue has it now; by its code alone when it is gone."""
        code = self.review.review_group
        return self.catalogue.review_group_of.get(code) or ReviewGroup(code=code, name_zh=code, name_en=code)


def joint_review_file(session: Session, review_id: int, actor: Actor) -> JointReviewFile:
    """One joint review.

    Raises: Missing, also when its project is out of scope.
    """
    review = joint_reviews.review(session, review_id)
    catalogue = catalogue_queries.latest_catalogue(session)
    project = session.scalars(
        select(Project)
        .options(joinedload(Project.enterprise))
        .where(Project.id == review.project_id, scope.within(actor, Project.id))
    ).one_or_none()
    if project is None or catalogue is None:
        raise Missing
    steps = session.scalars(
        select(Step)
        .where(Step.project_id == review.project_id, Step.code.in_(review.steps))
        .order_by(Step.number)
    )
    return JointReviewFile(
        review=review,
        recorded=joint_reviews.recorded(session, review),
        project=project,
        steps={step.code: step for step in steps},
        catalogue=catalogue,
        calendar=catalogue_queries.work_calendar(session),
        minutes=joint_reviews.minutes_of(session, review_id),
        tasks=joint_reviews.tasks_of(session, review_id),
        sitting=reviews.sitting(session, review.sitting_id) if review.sitting_id else None,
    )


@dataclass(frozen=True, kw_only=True)
class JointReviewList:
    """The joint reviews a person may see, and what is still to be done after them."""

    reviews: tuple[JointReview, ...]
    tasks: tuple[Task, ...]
    names: Mapping[int, str]
    catalogue: Catalogue | None
    calendar: WorkCalendar


def joint_review_list(session: Session, actor: Actor, *, is_over: bool) -> JointReviewList:
    """The open joint reviews, or those that are over; the latest 200."""
    found = joint_reviews.reviews_in(
        session, actor, OVER if is_over else joint_reviews.OPEN, most=MOST_LISTED
    )
    tasks = joint_reviews.open_tasks(session, actor)
    return JointReviewList(
        reviews=found,
        tasks=tasks,
        names=_names(session, {one.project_id for one in found} | {one.project_id for one in tasks}),
        catalogue=catalogue_queries.latest_catalogue(session),
        calendar=catalogue_queries.work_calendar(session),
    )


def _names(session: Session, project_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(select(Project.id, Project.name).where(Project.id.in_(project_ids)))
    return dict(rows.tuples().all())
