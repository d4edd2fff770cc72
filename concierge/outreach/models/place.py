"""Where people live and who looks after them: township windows and the grids of each."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned


class TownshipRow(Versioned, Base):
    """One township with its service window; ``agent_id`` is who takes its cases in."""

    __tablename__ = "outreach_township"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    window: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    agent_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_outreach_township_agent"), index=True
    )


class GridRow(Versioned, Base):
    """One grid of a township: some compounds or a village, with the agent who knows its doors.

    Source: SF-7.
    """

    __tablename__ = "outreach_grid"
    __table_args__ = (Index("ix_outreach_grid_township", "township_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    township_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_township.id", name="fk_outreach_grid_township")
    )
    keeper_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_outreach_grid_keeper"), index=True
    )
    keeper: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
