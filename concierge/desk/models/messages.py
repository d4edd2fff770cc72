"""Messages that leave the house: what each says, where it stands, and every attempt to send it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.desk.rules.channels import Channel, MessageKind, MessageState, TryOutcome
from concierge.kernel.db import Base


class MessageRow(Base):
    """One message to one person, or to an enterprise's contact where ``person_id`` is empty.

    Units: ``not_before_at`` is when it may go out: at the end of quiet hours, or of a pause after a failure.
    Shape: ``hint`` is the address, shortened: the address itself stays with its owner; ``facts`` is JSON,
        what a message without notices says; ``reference`` is what the other side calls it. ``occasion`` is
        unique: the same occasion makes no second message.
    """

    __tablename__ = "desk_message"
    __table_args__ = (
        Index("ux_desk_message_occasion", "occasion", unique=True),
        Index("ix_desk_message_person", "person_id", "id"),
        Index("ix_desk_message_state", "state", "channel"),
        Index("ix_desk_message_project", "project_id"),
        CheckConstraint("(settled_at IS NULL) = (state = 'waiting')", name="ck_desk_message_settled"),
        CheckConstraint("person_id IS NOT NULL OR project_id IS NOT NULL", name="ck_desk_message_whose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id", name="fk_desk_message_person"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_desk_message_project")
    )
    channel: Mapped[Channel]
    kind: Mapped[MessageKind]
    occasion: Mapped[str]
    hint: Mapped[str]
    facts: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING)
    not_before_at: Mapped[datetime]
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    reference: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(Text, default="")


class MessageNoticeRow(Base):
    """A notice in a message. One notice goes out by one channel once, whatever happens."""

    __tablename__ = "desk_message_notice"
    __table_args__ = (
        Index("ux_desk_message_notice", "notice_id", "channel", unique=True),
        Index("ix_desk_message_notice_message", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(
        ForeignKey("desk_message.id", name="fk_desk_message_notice_message")
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("desk_notice.id", name="fk_desk_message_notice_notice"))
    channel: Mapped[Channel]


class MessageTryRow(Base):
    """One attempt to send a message. Append-only.

    Units: ``took_ms`` milliseconds until the other side had answered.
    """

    __tablename__ = "desk_message_try"
    __table_args__ = (Index("ux_desk_message_try", "message_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("desk_message.id", name="fk_desk_message_try_message"))
    number: Mapped[int]
    at: Mapped[datetime]
    outcome: Mapped[TryOutcome]
    why: Mapped[str] = mapped_column(Text, default="")
    took_ms: Mapped[int]
