"""What an enterprise can choose from when it says what a thing is about: its own steps and who holds them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from projects.models.project import Project
from projects.rules.owner import owner_name


@dataclass(frozen=True, kw_only=True)
class StepChoice:
    """One step of the project that is not done, by its number on the list."""

    number: str
    step: str
    department: str

    def spoken(self) -> str:
        """The step as a list shows it."""
        return f"{self.number} {self.step}（{self.department}）"


def open_steps(session: Session, project_id: int, lang: str) -> list[StepChoice]:
    """The steps of a project without a result, in the order of the list; two queries."""
    edition_id = session.scalar(select(Project.edition_id).where(Project.id == project_id))
    if edition_id is None:
        return []
    catalogue = catalogue_queries.catalogue(edition_id, session)
    rows = session.scalars(
        select(Step).where(Step.project_id == project_id, Step.finished_on.is_(None)).order_by(Step.id)
    )
    found = []
    for row in rows:
        matter = catalogue.matter_of.get(row.code)
        department = catalogue.department_of.get(row.department)
        if matter is None or department is None:
            continue
        found.append(
            StepChoice(
                number=row.number,
                step=matter.spoken(lang),
                department=owner_name(department, row.department, lang),
            )
        )
    return found
