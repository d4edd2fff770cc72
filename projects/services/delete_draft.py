"""Throw an unfinished new project away, or clear it once the project is open."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from projects.models.project import Draft


def delete_draft(draft_id: int, *, by: Actor) -> None:
    """Delete one's own draft.

    Raises: Missing, for a draft that is gone or somebody else's.
    """
    with work(by) as w:
        row = w.get(Draft, draft_id)
        if row.owner_id != by.id:
            raise Missing
        w.session.delete(row)
