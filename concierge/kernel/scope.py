"""Which projects a person may see: plain rows, written by ``staff``; read by every screen and service.

A row with ``project_id`` NULL opens every project: for chiefs, supervisors and administrators of the
catalogue.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Index, Select, or_, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from concierge.kernel.actor import Actor
from concierge.kernel.db import Base
from concierge.kernel.errors import Missing


class ScopeRow(Base):
    """This person may see this project (or, with none named, every project)."""

    __tablename__ = "kernel_scope"
    __table_args__ = (Index("ux_kernel_scope", "user_id", "project_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(index=True)


def within(actor: Actor, project_id: Any) -> ColumnElement[bool]:
    """The condition that keeps a query inside what ``actor`` may see; ``project_id`` is a column."""
    if actor.is_system:
        return true()
    mine = select(ScopeRow.id).where(ScopeRow.user_id == actor.id)
    return or_(
        mine.where(ScopeRow.project_id.is_(None)).exists(),
        mine.where(ScopeRow.project_id == project_id).correlate_except(ScopeRow).exists(),
    )


def require(session: Session, actor: Actor, project_id: int) -> None:
    """Refuse a project outside what ``actor`` may see, as if it did not exist.

    Raises: Missing.
    """
    if actor.is_system:
        return
    mine: Select[Any] = select(ScopeRow.id).where(
        ScopeRow.user_id == actor.id, or_(ScopeRow.project_id.is_(None), ScopeRow.project_id == project_id)
    )
    if session.execute(mine.limit(1)).first() is None:
        raise Missing
