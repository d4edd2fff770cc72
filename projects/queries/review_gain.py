"""What working side by side gains the projects under way, and the bound that says how good that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from projects.models.project import Plan, Project, ProjectStatus
from projects.queries import portfolio_plan


@dataclass(frozen=True)
class Gain:
    """What the projects a person may see save against one step after another, added up.

    Units: working days. ``most`` is what no plan can save more than, the longest chains alone; None until a
    plan of all projects stands, which knows what departments' limits cost each project.
    Shape: ``most_by_project`` is the same bound for each project of that plan.
    """

    saved_workdays: int
    most_workdays: int | None = None
    most_by_project: Mapping[int, int] = field(default_factory=dict)


def gain(session: Session, actor: Actor) -> Gain:
    """What working side by side gains: by the plan of all that stands, else by each project's own plan.

    Shape: three queries.
    """
    rows = session.execute(
        select(Project.id, Plan.serial_workdays, Plan.workdays_to_permit)
        .join(Plan, Plan.id == Project.plan_id)
        .where(
            Project.status == ProjectStatus.ACTIVE,
            within(actor, Project.id),
            Plan.serial_workdays.is_not(None),
            Plan.workdays_to_permit.is_not(None),
        )
    ).all()
    adopted = portfolio_plan.adopted(session)
    if adopted is None:
        return Gain(sum(row.serial_workdays - row.workdays_to_permit for row in rows))
    seen = {row.id for row in rows}
    lines = {
        line.project_id: line
        for line in portfolio_plan.summary(session, adopted.number).lines
        if line.project_id in seen and line.gain_workdays is not None
    }
    most = {number: (line.gain_workdays or 0) + line.limit_workdays for number, line in lines.items()}
    return Gain(sum(line.gain_workdays or 0 for line in lines.values()), sum(most.values()), most)
