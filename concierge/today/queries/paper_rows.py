"""What else a person's projects ask for: papers owed, sittings, joint reviews, tasks, supervision orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.joint_review import JointReviewRow
from approvals.models.minutes import ReviewTaskRow
from approvals.models.review import RoomRow, SittingItemRow, SittingRow
from approvals.models.step import Step
from approvals.rules.deferral_course import OPEN, PENDING
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.sittings import SittingState
from concierge.kernel.actor import Actor
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import OrderRow
from concierge.today.models import NoteRow, PlaceRow
from concierge.today.queries.posts import in_my_hands
from projects.models.project import Enterprise, Project

SEEN_AHEAD = timedelta(days=14)
"""How far ahead an appointment stands on the list."""


def deferral_rows(session: Session, reader: Actor, on: date) -> Sequence[Row[Any]]:
    """The papers that come later, open or asked for; one query."""
    asked = (
        select(
            DeferralRow,
            Step.code,
            Step.department,
            Project.name,
            Project.edition_id,
            Enterprise.name.label("enterprise"),
            Enterprise.contact,
            Enterprise.phone,
            Enterprise.address,
            PlaceRow.place,
            PlaceRow.phone.label("window_phone"),
        )
        .select_from(DeferralRow)
        .join(Project, Project.id == DeferralRow.project_id)
        .join(Step, Step.id == DeferralRow.step_id)
        .outerjoin(PlaceRow, PlaceRow.department == Step.department)
        .where(DeferralRow.state.in_(OPEN | PENDING))
        .order_by(DeferralRow.id)
    )
    return session.execute(in_my_hands(asked, reader, on)).all()


def sitting_rows(session: Session, reader: Actor, on: date) -> Sequence[Row[Any]]:
    """The sittings to attend from a day on; one query."""
    asked = (
        select(SittingItemRow, SittingRow, RoomRow.name.label("room"), Project.name, Project.edition_id)
        .select_from(SittingItemRow)
        .join(SittingRow, SittingRow.id == SittingItemRow.sitting_id)
        .outerjoin(RoomRow, RoomRow.id == SittingRow.room_id)
        .join(Project, Project.id == SittingItemRow.project_id)
        .where(
            SittingRow.state == SittingState.ANNOUNCED, SittingRow.on >= on, SittingRow.on <= on + SEEN_AHEAD
        )
        .order_by(SittingRow.on, SittingRow.id, SittingItemRow.position)
    )
    return session.execute(in_my_hands(asked, reader, on)).all()


def review_rows(session: Session, reader: Actor, on: date) -> Sequence[Row[Any]]:
    """The joint reviews that gather opinions, or wait for their one answer; one query."""
    asked = (
        select(JointReviewRow, Project.name, Project.edition_id)
        .select_from(JointReviewRow)
        .join(Project, Project.id == JointReviewRow.project_id)
        .where(JointReviewRow.state.in_((ReviewState.GATHERING, ReviewState.GATHERED)))
        .order_by(JointReviewRow.id)
    )
    return session.execute(in_my_hands(asked, reader, on)).all()


def task_rows(session: Session, reader: Actor, on: date) -> Sequence[Row[Any]]:
    """The tasks that came out of joint reviews and are not done; one query."""
    asked = (
        select(ReviewTaskRow, Project.name, Project.edition_id)
        .select_from(ReviewTaskRow)
        .join(Project, Project.id == ReviewTaskRow.project_id)
        .where(ReviewTaskRow.done_on.is_(None))
        .order_by(ReviewTaskRow.id)
    )
    return session.execute(in_my_hands(asked, reader, on)).all()


def order_rows(session: Session, reader: Actor, on: date) -> Sequence[Row[Any]]:
    """The supervision orders no department has answered yet, with the colour of their card; one query."""
    asked = (
        select(OrderRow, CardRow.colour, CardRow.code, Project.name, Project.edition_id)
        .select_from(OrderRow)
        .join(CardRow, CardRow.id == OrderRow.card_id)
        .join(Project, Project.id == OrderRow.project_id)
        .where(OrderRow.answered_on.is_(None))
        .order_by(OrderRow.id)
    )
    return session.execute(in_my_hands(asked, reader, on)).all()


def note_rows(session: Session, reader: Actor, on: date) -> tuple[Sequence[NoteRow], Sequence[Row[Any]]]:
    """A person's own notes, and those about the person's projects, that are not done; two queries."""
    own = select(NoteRow).where(
        NoteRow.person_id == reader.id, NoteRow.project_id.is_(None), NoteRow.done_at.is_(None)
    )
    shared = (
        select(NoteRow, Project.name)
        .select_from(NoteRow)
        .join(Project, Project.id == NoteRow.project_id)
        .where(NoteRow.done_at.is_(None), or_(NoteRow.is_promise, NoteRow.due_on <= on + SEEN_AHEAD))
        .order_by(NoteRow.id)
    )
    return (
        session.scalars(own.order_by(NoteRow.id)).all(),
        session.execute(in_my_hands(shared, reader, on)).all(),
    )
