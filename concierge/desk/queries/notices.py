"""Questions about notices: what a person was told, and how much of it is unread."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.desk.models.notices import NoticeRow
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from projects.models.project import Project

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What one person was told. Shape: ``number`` is the step's place on the project's list, if one."""

    id: int
    text: str
    facts: Mapping[str, Any]
    project_id: int | None
    project_name: str
    code: str
    number: str
    is_acting: bool
    made_at: datetime
    is_read: bool


def unread(session: Session, actor: Actor) -> int:
    """How many notices a person has not read."""
    asked = select(func.count()).where(NoticeRow.person_id == actor.id, NoticeRow.read_at.is_(None))
    return session.execute(asked).scalar_one()


def notices(session: Session, actor: Actor, *, only_unread: bool = False) -> tuple[Notice, ...]:
    """What a person was told, the latest first, ``MOST_SHOWN`` at most; one query.

    Shape: of projects no longer in their charge nothing is shown.
    """
    asked = (
        select(NoticeRow, Project.name, Step.number)
        .outerjoin(Project, Project.id == NoticeRow.project_id)
        .outerjoin(Step, (Step.project_id == NoticeRow.project_id) & (Step.code == NoticeRow.code))
        .where(
            NoticeRow.person_id == actor.id,
            NoticeRow.project_id.is_(None) | within(actor, NoticeRow.project_id),
        )
        .order_by(NoticeRow.made_at.desc(), NoticeRow.id.desc())
        .limit(MOST_SHOWN)
    )
    if only_unread:
        asked = asked.where(NoticeRow.read_at.is_(None))
    return tuple(
        Notice(
            id=row.id,
            text=row.text,
            facts=json.loads(row.facts),
            project_id=row.project_id,
            project_name=name or "",
            code=row.code,
            number=number or "",
            is_acting=row.is_acting,
            made_at=row.made_at,
            is_read=row.read_at is not None,
        )
        for row, name, number in session.execute(asked)
    )


def words_of(session: Session) -> Catalogue | None:
    """The catalogue that names steps, departments and papers in notices; None before the first edition."""
    edition_id = catalogue_queries.latest_edition_id(session)
    return catalogue_queries.catalogue(edition_id, session) if edition_id else None
