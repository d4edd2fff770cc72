"""Unfinished new projects: everybody sees their own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from projects.models.project import Draft
from projects.rules.draft import DraftProject


def drafts_of(session: Session, actor: Actor) -> list[tuple[Draft, DraftProject]]:
    """A person's drafts, the latest first."""
    rows: Sequence[Draft] = (
        session.execute(
            select(Draft).where(Draft.owner_id == actor.id).order_by(Draft.saved_at.desc(), Draft.id.desc())
        )
        .scalars()
        .all()
    )
    return [(row, DraftProject.from_body(json.loads(row.body))) for row in rows]


def own_draft(session: Session, draft_id: int, actor: Actor) -> tuple[Draft, DraftProject]:
    """One of a person's own drafts.

    Raises: Missing.
    """
    row = session.execute(
        select(Draft).where(Draft.id == draft_id, Draft.owner_id == actor.id)
    ).scalar_one_or_none()
    if row is None:
        raise Missing
    return row, DraftProject.from_body(json.loads(row.body))
