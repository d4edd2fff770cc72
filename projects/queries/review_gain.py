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
    """The ways to the permit of several projects, added up.

    Units: working days. ``serial`` with one step after another, ``parallel`` as planned, ``least`` the
    longest chains alone: no plan is shorter.
    """

    serial_workdays: int
    parallel_workdays: int
    least_workdays: int

    @property
    def saved_workdays(self) -> int:
        """What the plans save."""
        return self.serial_workdays - self.parallel_workdays

    @property
    def most_workdays(self) -> int:
        """What no plan can save more than."""
        return self.serial_workdays - self.least_workdays


def gain(session: Session, actor: Actor) -> Gain:
    """What the plans that stand gain the projects a person may see.

    Shape: three queries. What departments' limits cost a project, by the plan of all that stands, is between
        its plan and its longest chain; before one is adopted, plans know no limits.
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
    lines = portfolio_plan.summary(session, adopted.number).lines if adopted else ()
    cost = {line.project_id: line.limit_workdays for line in lines}
    serial = sum(row.serial_workdays for row in rows)
    parallel = sum(row.workdays_to_permit for row in rows)
    return Gain(serial, parallel, parallel - sum(cost.get(row.id, 0) for row in rows))
