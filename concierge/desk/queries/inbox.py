"""The packages that went out, as the office and a department see them: not confirmed, with it, answered."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.joint_review import JointReviewRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.joint_reviews import OPEN
from approvals.rules.lifecycle import StepState
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from concierge.supervision.queries.card_file import live_of_steps
from documents.models.package import PackageItemRow, PackageRow
from documents.rules.packages import ItemStatus, PackageState
from projects.models.project import Enterprise, Project

PER_PAGE = 50


class Place(enum.Enum):
    """Where a package stands: not confirmed yet, with the department, or answered."""

    WAITING = "waiting"
    RUNNING = "running"
    ANSWERED = "answered"


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    """One package that stands, as the list shows it.

    Units: ``due_on`` is the civil day its case, or its review, is due.
    Shape: ``colours`` are those of the live cards of its step; ``step_state`` is None for a review.
    """

    id: int
    number: str
    revision: int
    state: PackageState
    place: Place
    department: str
    project_code: str
    project_name: str
    enterprise: str
    subject_zh: str
    subject_en: str
    papers: int
    promised: int
    made_at: datetime
    due_on: date | None
    step_state: StepState | None
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class InboxPage:
    """One page of the list. Shape: ``departments`` are the codes of all that have packages in sight."""

    lines: tuple[InboxLine, ...]
    open: int
    answered: int
    pages: int
    departments: tuple[str, ...]


def _is_answered() -> ColumnElement[bool]:
    """Whether the step has ended, or was begun anew, or the review has its answer."""
    step_over = or_(
        Step.finished_on.is_not(None), Step.ended_on.is_not(None), Step.attempt > PackageRow.attempt
    )
    return or_(
        and_(PackageRow.step_id.is_not(None), step_over),
        and_(PackageRow.review_id.is_not(None), JointReviewRow.state.not_in(OPEN)),
    )


def inbox(
    session: Session, actor: Actor, *, department: str = "", is_answered: bool = False, page: int = 1
) -> InboxPage:
    """The packages that stand, those due first in front.

    Shape: five queries besides the catalogues, whatever their number.
    """
    counted = _counted(session, actor, department)
    due_on = func.coalesce(Step.promised_end_on, JointReviewRow.opinions_due_on)
    asked = (
        _standing(select(PackageRow, Step, JointReviewRow, Project, Enterprise.name), actor, department)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(_is_answered() if is_answered else ~_is_answered())
        .order_by(due_on.is_(None), due_on, PackageRow.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    rows = session.execute(asked).all()
    return InboxPage(
        lines=_lines(session, rows, is_answered=is_answered),
        open=counted.get(False, 0),
        answered=counted.get(True, 0),
        pages=max(1, -(-counted.get(is_answered, 0) // PER_PAGE)),
        departments=_departments(session, actor),
    )


def open_count(session: Session, actor: Actor) -> int:
    """How many packages in a person's charge wait for their receipt, for the menu."""
    found = session.scalar(
        _standing(select(func.count()), actor, "").where(~_is_answered(), PackageRow.received_on.is_(None))
    )
    return found or 0


def _standing(asked: Select[Any], actor: Actor, department: str) -> Select[Any]:
    joined = (
        asked.select_from(PackageRow)
        .join(Project, Project.id == PackageRow.project_id)
        .outerjoin(Step, Step.id == PackageRow.step_id)
        .outerjoin(JointReviewRow, JointReviewRow.id == PackageRow.review_id)
        .where(PackageRow.replaced_at.is_(None), within(actor, PackageRow.project_id))
    )
    return joined.where(PackageRow.department == department) if department else joined


def _counted(session: Session, actor: Actor, department: str) -> dict[bool, int]:
    answered = case((_is_answered(), 1), else_=0).label("answered")
    rows = session.execute(_standing(select(answered, func.count()), actor, department).group_by("answered"))
    return {bool(is_answered): count for is_answered, count in rows}


def _departments(session: Session, actor: Actor) -> tuple[str, ...]:
    asked = select(PackageRow.department).where(
        PackageRow.replaced_at.is_(None), within(actor, PackageRow.project_id)
    )
    return tuple(sorted(session.scalars(asked.distinct())))


def _lines(session: Session, rows: Sequence[Row[Any]], *, is_answered: bool) -> tuple[InboxLine, ...]:
    counted = _papers(session, [row.PackageRow.id for row in rows])
    colours: dict[int, tuple[str, ...]] = {}
    for card in live_of_steps(session, [row.Step.id for row in rows if row.Step is not None]):
        colours[card.step_id] = (*colours.get(card.step_id, ()), card.colour.value)
    return tuple(_line(session, row, counted, colours, is_answered=is_answered) for row in rows)


def _papers(session: Session, package_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many papers each package has, and how many of them come later."""
    promised = func.count(case((PackageItemRow.status == ItemStatus.PROMISED, 1)))
    rows = session.execute(
        select(PackageItemRow.package_id, func.count(PackageItemRow.place.distinct()), promised)
        .where(PackageItemRow.package_id.in_(package_ids))
        .group_by(PackageItemRow.package_id)
    )
    return {package_id: (papers, late) for package_id, papers, late in rows}


def _line(
    session: Session,
    row: Row[Any],
    counted: Mapping[int, tuple[int, int]],
    colours: Mapping[int, tuple[str, ...]],
    *,
    is_answered: bool,
) -> InboxLine:
    package, step, review, project, enterprise = row
    papers, promised = counted.get(package.id, (0, 0))
    subject_zh, subject_en = _subject(session, project.edition_id, step, review)
    open_place = Place.RUNNING if package.received_on is not None else Place.WAITING
    return InboxLine(
        id=package.id,
        number=package.number,
        revision=package.revision,
        state=package.state,
        place=Place.ANSWERED if is_answered else open_place,
        department=package.department,
        project_code=project.code,
        project_name=project.name,
        enterprise=enterprise,
        subject_zh=subject_zh,
        subject_en=subject_en,
        papers=papers,
        promised=promised,
        made_at=package.made_at,
        due_on=step.promised_end_on if step is not None else review.opinions_due_on,
        step_state=step.state if step is not None else None,
        colours=colours.get(step.id, ()) if step is not None else (),
    )


def _subject(
    session: Session, edition_id: int, step: Step | None, review: JointReviewRow | None
) -> tuple[str, str]:
    """The matter of a step, or the group of a review, in both languages."""
    catalogue = catalogue_queries.catalogue(edition_id, session)
    known: Any
    if step is not None:
        known, code = catalogue.matter_of.get(step.code), step.code
    else:
        code = review.review_group if review is not None else ""
        known = catalogue.review_group_of.get(code)
    return (known.name_zh, known.name_en or known.name_zh) if known is not None else (code, code)
