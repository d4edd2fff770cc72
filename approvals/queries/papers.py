"""Questions asked of the papers that were handed in, and of the one-time notices."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from approvals.models.paper import PaperVersionRow
from approvals.rules.papers import PaperHere, by_material


def papers_here(session: Session, project_id: int) -> Mapping[str, PaperHere]:
    """What people handed in for a project, by material code.

    Shape: two queries. Papers that the project's own steps make are not among them: those follow from the
        steps' results, and ``projects.queries.papers`` puts both together.
    """
    rows = session.scalars(
        select(PaperVersionRow)
        .where(PaperVersionRow.project_id == project_id)
        .options(selectinload(PaperVersionRow.files))
    )
    return by_material(row.facts() for row in rows)
