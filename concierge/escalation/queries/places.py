"""What is known of the place a report is about: its project, step, department and whom to answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from projects.models.project import Enterprise, Project, ProjectStatus

MOST_PROJECTS = 500


@dataclass(frozen=True, kw_only=True)
class PlaceKnown:
    """A project and step a form begins from."""

    project: Project | None = None
    step: Step | None = None
    enterprise: Enterprise | None = None

    def typed(self) -> dict[str, str]:
        """The fields of a form that follow from it."""
        found: dict[str, str] = {}
        if self.project is not None:
            found["project_id"] = str(self.project.id)
        if self.step is not None:
            found.update(step_id=str(self.step.id), department=self.step.department)
        if self.enterprise is not None:
            found.update(reporter=self.enterprise.contact or "", phone=self.enterprise.phone or "")
        return found


def place_known(
    session: Session, actor: Actor, *, project_id: int | None = None, step_id: int | None = None
) -> PlaceKnown:
    """The place of a step or project in sight.

    Raises: Missing, when it is out of sight.
    """
    step = session.get(Step, step_id) if step_id else None
    if step_id and step is None:
        raise Missing
    wanted = step.project_id if step else project_id
    if wanted is None:
        return PlaceKnown()
    row = session.execute(
        select(Project, Enterprise)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(Project.id == wanted, within(actor, Project.id))
    ).first()
    if row is None:
        raise Missing
    return PlaceKnown(project=row[0], step=step, enterprise=row[1])


def projects_to_choose(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """The projects under way in sight, by name."""
    asked = (
        select(Project.id, Project.name)
        .where(within(actor, Project.id), Project.status == ProjectStatus.ACTIVE)
        .order_by(Project.name)
        .limit(MOST_PROJECTS)
    )
    return [(number, name) for number, name in session.execute(asked)]
