"""Which projects a calendar is about, and what it is named after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from approvals.models.catalogue import DepartmentRow
from approvals.models.joint_review import ReviewMemberRow
from approvals.models.review import SittingItemRow
from approvals.rules.facts import Label
from concierge.feeds.rules.feed import PERSONAL, Purpose
from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.staff.queries import pair_lines
from projects.models.project import Enterprise, Project, ProjectStatus

AROUND = timedelta(days=200)
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Subject:
    """What a calendar is named after. Shape: ``project_id`` only for a project's own."""

    name: Label
    project_id: int | None = None


def subject_of(session: Session, purpose: Purpose, target: str, by: Actor) -> Subject:
    """What a calendar is about, if the person may have it.

    Raises: Missing, for what does not exist or is out of their charge.
    """
    if purpose in PERSONAL:
        return Subject(Label(by.label, by.label))
    if purpose is Purpose.DEPARTMENT:
        return _department(session, target)
    number = int(target) if target.isascii() and target.isdigit() and len(target) < 10 else 0
    if purpose is Purpose.PROJECT:
        project = session.get(Project, number)
        if project is None:
            raise Missing
        scope.require(session, by, project.id)
        return Subject(_short(project.name), project.id)
    enterprise = session.scalar(
        select(Enterprise)
        .join(Project, Project.enterprise_id == Enterprise.id)
        .where(Enterprise.id == number, scope.within(by, Project.id))
        .limit(1)
    )
    if enterprise is None:
        raise Missing
    return Subject(_short(enterprise.name))


def projects_of(
    session: Session, purpose: Purpose, target: str, owner_id: int | None, today: date
) -> list[int]:
    """The projects whose entries may be on a calendar, by number."""
    if purpose in PERSONAL:
        lines = pair_lines(session, today - AROUND, today + AROUND, person_id=owner_id)
        return sorted({line.duty.project_id for line in lines})
    if purpose is Purpose.PROJECT:
        return [int(target)]
    if purpose is Purpose.ENTERPRISE:
        asked = select(Project.id).where(Project.enterprise_id == int(target)).order_by(Project.id)
        return list(session.scalars(asked))
    reviewed = union(
        select(ReviewMemberRow.project_id).where(ReviewMemberRow.department == target),
        select(SittingItemRow.project_id),
    )
    return sorted(session.scalars(reviewed))


def active_projects(session: Session) -> list[int]:
    """The projects under way, by number."""
    asked = select(Project.id).where(Project.status == ProjectStatus.ACTIVE).order_by(Project.id)
    return list(session.scalars(asked))


def _department(session: Session, code: str) -> Subject:
    row = session.scalar(select(DepartmentRow).where(DepartmentRow.code == code))
    if row is None:
        raise Missing
    return Subject(Label(row.name_zh[:LONGEST_TITLE], row.name_en[:LONGEST_TITLE]))


def _short(name: str) -> Label:
    return Label(name[:LONGEST_TITLE], name[:LONGEST_TITLE])
