"""What working side by side gains the projects under way, and the bound that says how good that is."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    saved_workdays: int
    most_workdays: int | None = None


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
    lines = [
        (line.gain_workdays, line.limit_workdays)
        for line in portfolio_plan.summary(session, adopted.number).lines
        if line.project_id in seen and line.gain_workdays is not None
    ]
    saved = sum(gained for gained, _ in lines)
    return Gain(saved, saved + sum(cost for _, cost in lines))
