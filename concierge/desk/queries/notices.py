"""Questions about notices: what a person was told, and how much of it is unread."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.desk.models.messages import MessageNoticeRow
from concierge.desk.models.notices import NoticeRow
from concierge.desk.rules.channels import Channel
from concierge.desk.rules.pressing import IN_MORNING
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
    project_code: str
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
    asked = _told_to(actor).order_by(NoticeRow.made_at.desc(), NoticeRow.id.desc()).limit(MOST_SHOWN)
    if only_unread:
        asked = asked.where(NoticeRow.read_at.is_(None))
    return tuple(_notice(*row) for row in session.execute(asked))


def notices_of(session: Session, actor: Actor, notice_ids: Collection[int]) -> tuple[Notice, ...]:
    """These of a person's notices that are still theirs to see, the earliest first; one query."""
    asked = _told_to(actor).where(NoticeRow.id.in_(notice_ids)).order_by(NoticeRow.made_at, NoticeRow.id)
    return tuple(_notice(*row) for row in session.execute(asked))


def unsent(session: Session, actor: Actor, channel: Channel, since: datetime) -> tuple[int, ...]:
    """The unread notices since a moment that never went out by a channel, the earliest first."""
    gone = select(MessageNoticeRow.id).where(
        MessageNoticeRow.notice_id == NoticeRow.id, MessageNoticeRow.channel == channel
    )
    asked = select(NoticeRow.id).where(
        NoticeRow.person_id == actor.id,
        NoticeRow.read_at.is_(None),
        NoticeRow.made_at >= since,
        NoticeRow.text.not_in(IN_MORNING),
        ~gone.exists(),
    )
    return tuple(session.scalars(asked.order_by(NoticeRow.made_at, NoticeRow.id)))


def _told_to(actor: Actor) -> Any:
    return (
        select(NoticeRow, Project.name, Project.code, Step.number)
        .outerjoin(Project, Project.id == NoticeRow.project_id)
        .outerjoin(Step, (Step.project_id == NoticeRow.project_id) & (Step.code == NoticeRow.code))
        .where(
            NoticeRow.person_id == actor.id,
            NoticeRow.project_id.is_(None) | within(actor, NoticeRow.project_id),
        )
    )


def _notice(row: NoticeRow, name: str | None, project_code: str | None, number: str | None) -> Notice:
    return Notice(
        id=row.id,
        text=row.text,
        facts=json.loads(row.facts),
        project_id=row.project_id,
        project_name=name or "",
        project_code=project_code or "",
        code=row.code,
        number=number or "",
        is_acting=row.is_acting,
        made_at=row.made_at,
        is_read=row.read_at is not None,
    )
