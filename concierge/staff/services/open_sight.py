"""Open every project to whoever sees all by their role, and close them again when the role goes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from concierge.kernel.scope import ScopeRow
from concierge.kernel.work import Work
from concierge.staff.rules.sight import sees_everything
from concierge.staff.services.open_to import open_to


def open_sight(w: Work, person_id: int, roles: Iterable[str]) -> None:
    """Make what a person may see follow from their roles; projects in their own charge stay open to them."""
    if sees_everything(roles):
        open_to(w, None, person_id)
    else:
        w.session.execute(
            delete(ScopeRow).where(ScopeRow.user_id == person_id, ScopeRow.project_id.is_(None))
        )
