"""Keep an unfinished new project, for its owner only."""

from __future__ import annotations

import json
from dataclasses import dataclass

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from projects.models.project import Draft
from projects.rules.draft import DraftProject


@dataclass(frozen=True)
class Saved:
    """Where a draft was kept; ``is_copy`` when it became a new one, because the old had changed meanwhile."""

    id: int
    version: int
    is_copy: bool


def save_draft(
    draft: DraftProject, *, by: Actor, draft_id: int | None = None, version: int | None = None
) -> Saved:
    """Keep what has been told; answers where.

    Shape: two windows on one draft never overwrite each other: the one that comes second is kept as a draft
        of its own.
    Raises: Missing, for a draft that is gone or somebody else's.
    """
    body = json.dumps(draft.to_body(), ensure_ascii=False, sort_keys=True)
    with work(by) as w:
        row = None
        is_copy = False
        if draft_id is not None:
            row = w.get(Draft, draft_id)
            if row.owner_id != by.id:
                raise Missing
            is_copy = version is not None and row.version != version
        if row is None or is_copy:
            row = w.add(Draft(owner_id=by.id, saved_at=clock.now(), body=body))
        elif row.body != body:
            row.body, row.saved_at = body, clock.now()
            w.session.flush()
        return Saved(row.id, row.version, is_copy)
