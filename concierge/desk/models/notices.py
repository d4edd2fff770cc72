"""What people were told."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base


class NoticeRow(Base):
    """What one person was told of one event: the facts, never prose, so that each reads it in their language.

    Shape: ``text`` is the name of a sentence in ``views/notice_words.py``; ``facts`` is JSON.
    """

    __tablename__ = "desk_notice"
    __table_args__ = (
        Index("ux_desk_notice", "event_id", "person_id", unique=True),
        Index("ix_desk_notice_person", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("kernel_event.id", name="fk_desk_notice_event"))
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_desk_notice_person"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_desk_notice_project"), index=True
    )
    code: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    facts: Mapped[str] = mapped_column(Text)
    is_acting: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(index=True)
    read_at: Mapped[datetime | None]


class NearRow(Base):
    """What a person was told is due within two days: once for each task and day."""

    __tablename__ = "desk_near"
    __table_args__ = (Index("ux_desk_near", "person_id", "key", "due_on", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_desk_near_person"))
    key: Mapped[str]
    due_on: Mapped[date]
    told_at: Mapped[datetime]
