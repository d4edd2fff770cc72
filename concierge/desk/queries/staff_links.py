"""Links as staff lists them: for whom, for what, opened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.desk.models.links import LinkOpeningRow, LinkRow
from concierge.desk.queries import links
from concierge.kernel.actor import Actor
from projects.models.project import Project


@dataclass(frozen=True, kw_only=True)
class ListedLink:
    """One link with what it opens and who opened it. Shape: ``openings`` the latest first."""

    row: LinkRow
    catalogue: Catalogue | None
    openings: Sequence[LinkOpeningRow]
    project_name: str = ""
    step_code: str = ""
    step_number: str = ""

    def matter(self, lang: str) -> str:
        """The matter of its step; empty for a link across projects."""
        if self.catalogue is None or not self.step_code:
            return ""
        return self.catalogue.matter(self.step_code).spoken(lang)

    def department(self, lang: str) -> str:
        """Its department; the code where no catalogue knows it."""
        known = self.catalogue.department_of.get(self.row.department) if self.catalogue else None
        return known.spoken(lang) if known else self.row.department


def listed(session: Session, actor: Actor, *, project_id: int | None = None) -> list[ListedLink]:
    """The links in a person's charge with their places and openings.

    Shape: four queries besides the catalogue, whatever their number.
    """
    return _with_places(session, links.links_in_charge(session, actor, project_id=project_id))


def listed_one(session: Session, actor: Actor, link_id: int) -> ListedLink:
    """One link in a person's charge.

    Raises: Missing.
    """
    return _with_places(session, [links.link_in_charge(session, actor, link_id)])[0]


def listed_of_step(session: Session, step_id: int) -> list[ListedLink]:
    """The links of one step that were not taken back; whoever asks may see the step."""
    return _with_places(session, links.links_of_step(session, step_id))


def listed_of_review(session: Session, review_id: int) -> list[ListedLink]:
    """The links of one joint review that were not taken back; whoever asks may see the review."""
    return _with_places(session, links.links_of_review(session, review_id))


def _with_places(session: Session, rows: Sequence[LinkRow]) -> list[ListedLink]:
    catalogue = catalogue_queries.latest_catalogue(session)
    opened = links.openings(session, [row.id for row in rows])
    project_ids = {row.project_id for row in rows if row.project_id}
    names = {
        row.id: row.name
        for row in session.execute(select(Project.id, Project.name).where(Project.id.in_(project_ids)))
    }
    step_ids = {row.step_id for row in rows if row.step_id}
    steps = {
        row.id: row
        for row in session.execute(select(Step.id, Step.code, Step.number).where(Step.id.in_(step_ids)))
    }
    return [
        ListedLink(
            row=row,
            catalogue=catalogue,
            openings=opened[row.id],
            project_name=names.get(row.project_id or 0, ""),
            step_code=steps[row.step_id].code if row.step_id in steps else "",
            step_number=steps[row.step_id].number if row.step_id in steps else "",
        )
        for row in rows
    ]
