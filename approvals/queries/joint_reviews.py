"""Questions asked of joint reviews: where they stand, who owes an opinion, what is to be done after them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session, selectinload

from approvals.models.joint_review import JointReviewRow, ReviewMemberRow
from approvals.models.minutes import MinutesRow, ReviewTaskRow
from approvals.models.opinion import ContradictionRow, OpinionRow
from approvals.models.step import Step
from approvals.queries import reviews
from approvals.rules.catalogue import Catalogue
from approvals.rules.contradictions import Condition, Contradiction
from approvals.rules.joint_reviews import AnswerKind, JointReview, Member, ReviewState
from approvals.rules.lifecycle import StepState
from approvals.rules.minutes import Minutes, Task
from approvals.rules.review_members import OpenStep
from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing

OPEN = (ReviewState.GATHERING, ReviewState.GATHERED)


@dataclass(frozen=True)
class Asked:
    """One open joint review as one department sees it: the submission, and what it was asked."""

    review: JointReview
    member: Member


@dataclass(frozen=True)
class Stand:
    """Where one joint review stands, without what was said in it."""

    id: int
    review_group: str
    state: ReviewState
    round: int
    due_on: date
    answer: AnswerKind | None


def review(session: Session, review_id: int) -> JointReview:
    """One joint review with everybody asked and everything said.

    Raises: Missing.
    """
    found = _read(session, _whole().where(JointReviewRow.id == review_id))
    if not found:
        raise Missing
    return found[0]


def reviews_of(session: Session, project_id: int) -> tuple[JointReview, ...]:
    """Every joint review of one project, the oldest first."""
    return _read(session, _whole().where(JointReviewRow.project_id == project_id))


def reviews_in(
    session: Session, by: Actor, states: Collection[ReviewState] = OPEN, *, most: int | None = None
) -> tuple[JointReview, ...]:
    """The joint reviews in these states that a person may see, those due first in front."""
    asked = _whole().where(JointReviewRow.state.in_(states), scope.within(by, JointReviewRow.project_id))
    ordered = asked.order_by(None).order_by(JointReviewRow.opinions_due_on, JointReviewRow.id)
    return _read(session, ordered.limit(most))


def stands_of(session: Session, project_id: int, step: str) -> tuple[Stand, ...]:
    """Where the joint reviews of one step stand, the latest first."""
    listed = literal(", ") + JointReviewRow.steps + ","
    rows = session.scalars(
        select(JointReviewRow)
        .where(JointReviewRow.project_id == project_id, listed.contains(f", {step},"))
        .order_by(JointReviewRow.id.desc())
    )
    return tuple(
        Stand(row.id, row.review_group, row.state, row.round, row.opinions_due_on, row.answer) for row in rows
    )


def of_sitting(session: Session, sitting_id: int) -> dict[int, int]:
    """Which joint reviews go before one sitting. Shape: project → number of the review."""
    rows = session.execute(
        select(JointReviewRow.project_id, JointReviewRow.id).where(
            JointReviewRow.sitting_id == sitting_id, JointReviewRow.state != ReviewState.CANCELLED
        )
    )
    return dict(rows.tuples().all())


def count_in(session: Session, by: Actor) -> int:
    """How many joint reviews wait for opinions or for their answer, as far as a person may see them."""
    asked = select(func.count(JointReviewRow.id)).where(
        JointReviewRow.state.in_(OPEN), scope.within(by, JointReviewRow.project_id)
    )
    return session.scalar(asked) or 0


def open_for(session: Session, department: str) -> tuple[Asked, ...]:
    """The open joint reviews one department was asked in and has not answered yet, those due first in front.

    Shape: a department that stayed silent where silence is no consent still owes its answer.
    """
    asked = select(ReviewMemberRow.review_id).where(ReviewMemberRow.department == department)
    found = _read(
        session,
        _whole()
        .where(JointReviewRow.state.in_(OPEN), JointReviewRow.id.in_(asked))
        .order_by(None)
        .order_by(JointReviewRow.opinions_due_on, JointReviewRow.id),
    )
    return tuple(
        Asked(one, member) for one in found for member in one.outstanding if member.department == department
    )


def open_steps(session: Session, project_id: int, published: Catalogue, lang: str) -> dict[str, OpenStep]:
    """The steps of a project as convening needs them, in the order of their numbers. Shape: by code."""
    groups: dict[str, set[str]] = {}
    for rule in reviews.sitting_rules(session).values():
        for matter in rule.matters if rule.is_active else ():
            groups.setdefault(matter, set()).add(rule.review_group)
    found: dict[str, OpenStep] = {}
    for step in session.scalars(select(Step).where(Step.project_id == project_id).order_by(Step.number)):
        known = published.matter_of.get(step.code)
        own = {known.review_group} if known and known.review_group else set()
        found[step.code] = OpenStep(
            code=step.code,
            name=known.spoken(lang) if known else step.code,
            department=step.department,
            groups=tuple(sorted(own | groups.get(step.code, set()))),
            is_needed=step.state is not StepState.NOT_REQUIRED,
            is_over=step.finished_on is not None,
        )
    return found


def over_since(session: Session, today: date) -> tuple[int, ...]:
    """The joint reviews whose departments still have to be heard, though their day has passed; numbers."""
    late = select(ReviewMemberRow.review_id).where(
        ReviewMemberRow.due_on < today,
        ~select(OpinionRow.id).where(OpinionRow.member_id == ReviewMemberRow.id).exists(),
    )
    asked = select(JointReviewRow.id).where(JointReviewRow.state.in_(OPEN), JointReviewRow.id.in_(late))
    return tuple(session.scalars(asked.order_by(JointReviewRow.id)))


def recorded(session: Session, of: JointReview) -> tuple[Contradiction, ...]:
    """The contradictions of a review that people marked or settled, while both conditions stand."""
    conditions = {c.id: c for m in of.standing if m.given for c in m.given.conditions}
    rows = session.scalars(
        select(ContradictionRow).where(ContradictionRow.review_id == of.id).order_by(ContradictionRow.id)
    )
    return tuple(
        _contradiction(row, conditions)
        for row in rows
        if row.first_line_id in conditions and row.second_line_id in conditions
    )


def minutes_of(session: Session, review_id: int) -> tuple[Minutes, ...]:
    """The minutes of a review, the latest first: it counts, the others stay."""
    asked = (
        select(MinutesRow)
        .options(selectinload(MinutesRow.attendance))
        .where(MinutesRow.review_id == review_id)
        .order_by(MinutesRow.id.desc())
    )
    return tuple(row.facts() for row in session.scalars(asked))


def tasks_of(session: Session, review_id: int) -> tuple[Task, ...]:
    """The tasks of a review, those due first in front."""
    asked = select(ReviewTaskRow).where(ReviewTaskRow.review_id == review_id)
    rows = session.scalars(asked.order_by(ReviewTaskRow.due_on, ReviewTaskRow.id))
    return tuple(row.facts() for row in rows)


def open_tasks(session: Session, by: Actor, *, until: date | None = None) -> tuple[Task, ...]:
    """The tasks that are not done, of every project a person may see; those due first in front."""
    asked = select(ReviewTaskRow).where(
        ReviewTaskRow.done_on.is_(None), scope.within(by, ReviewTaskRow.project_id)
    )
    if until is not None:
        asked = asked.where(ReviewTaskRow.due_on <= until)
    rows = session.scalars(asked.order_by(ReviewTaskRow.due_on, ReviewTaskRow.id))
    return tuple(row.facts() for row in rows)


def open_tasks_for(session: Session, department: str) -> tuple[Task, ...]:
    """The tasks one department has still to do, those due first in front."""
    asked = select(ReviewTaskRow).where(
        ReviewTaskRow.done_on.is_(None), ReviewTaskRow.department == department
    )
    rows = session.scalars(asked.order_by(ReviewTaskRow.due_on, ReviewTaskRow.id))
    return tuple(row.facts() for row in rows)


def _contradiction(row: ContradictionRow, conditions: dict[int, Condition]) -> Contradiction:
    return Contradiction(
        conditions[row.first_line_id],
        conditions[row.second_line_id],
        is_marked=row.is_marked,
        note=row.note,
        marked_by=row.marked_by,
        resolution=row.resolution,
        resolved_by=row.resolved_by,
    )


def _whole() -> Select[tuple[JointReviewRow]]:
    members = selectinload(JointReviewRow.members)
    return (
        select(JointReviewRow)
        .options(
            members.selectinload(ReviewMemberRow.opinions).selectinload(OpinionRow.lines),
            selectinload(JointReviewRow.answers),
        )
        .order_by(JointReviewRow.sent_at, JointReviewRow.id)
    )


def _read(session: Session, asked: Select[tuple[JointReviewRow]]) -> tuple[JointReview, ...]:
    rows: Sequence[JointReviewRow] = session.scalars(asked.execution_options(populate_existing=True)).all()
    return tuple(row.facts() for row in rows)
