"""Let a person see a project."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel.scope import ScopeRow
from concierge.kernel.work import Work


def open_to(w: Work, project_id: int | None, person_id: int) -> None:
    """Let a person see a project; with None, every project."""
    seen = select(ScopeRow.id).where(
        ScopeRow.user_id == person_id,
        ScopeRow.project_id.is_(None) if project_id is None else ScopeRow.project_id == project_id,
    )
    if w.session.execute(seen).first() is None:
        w.add(ScopeRow(user_id=person_id, project_id=project_id))
