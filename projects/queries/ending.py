"""What is still open in a project that somebody wants to close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.catalogue import PERMIT, START, Catalogue
from approvals.rules.deferral_course import OPEN
from approvals.rules.sittings import SittingState
from approvals.rules.ways import RUNNING, UNANSWERED
from projects.models.project import Project, ProjectStatus
from projects.queries.standing import steps_of
from projects.rules.ending import LeftOpen, ProjectClosed
from projects.rules.progress import OWNERS


def check_live(project: Project) -> None:
    """Whether a project still runs. Raises: ProjectClosed."""
    if project.status is not ProjectStatus.ACTIVE:
        raise ProjectClosed


def left_open(session: Session, project: Project, *, today: date, lang: str) -> LeftOpen:
    """What stands open; four queries."""
    catalogue = catalogue_queries.catalogue(project.edition_id, session)
    steps = steps_of(session, project.id)
    owed = select(func.count()).where(DeferralRow.project_id == project.id, DeferralRow.state.in_(OPEN))
    ahead = [
        sitting.on
        for sitting in reviews.sittings_of(session, project.id)
        if sitting.state is SittingState.ANNOUNCED and sitting.on >= today
    ]
    return LeftOpen(
        running=tuple(_name(step, catalogue, lang) for step in steps if _is_running(step)),
        owed=session.scalar(owed) or 0,
        sitting_day=min(ahead).isoformat() if ahead else "",
        goal=_goal(steps, catalogue, lang),
    )


def _is_running(step: Step) -> bool:
    return step.department not in OWNERS and step.state in RUNNING | UNANSWERED and step.finished_on is None


def _goal(steps: Sequence[Step], catalogue: Catalogue, lang: str) -> str:
    """The step a project is opened for, as long as it has no result."""
    by_code = {step.code: step for step in steps}
    goal = by_code.get(PERMIT) or by_code.get(START)
    return _name(goal, catalogue, lang) if goal is not None and goal.finished_on is None else ""


def _name(step: Step, catalogue: Catalogue, lang: str) -> str:
    return f"{step.number} {catalogue.matter(step.code).spoken(lang)}"
