"""Batches by grid: applications collected door by door, decided together, answered one by one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.outreach.rules.standing import ApplicationState, BatchState, Road


class BatchRow(Versioned, Base):
    """One grid's applications for one service, on their way to one department together.

    Shape: numbered by year from one on.
    Source: SF-7.
    """

    __tablename__ = "outreach_batch"
    __table_args__ = (
        Index("ux_outreach_batch_number", "year", "serial", unique=True),
        Index("ix_outreach_batch_state", "state", "collect_until_on"),
        CheckConstraint("collect_until_on >= opened_on", name="ck_outreach_batch_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    title: Mapped[str]
    department: Mapped[str]
    grid_id: Mapped[int] = mapped_column(ForeignKey("outreach_grid.id", name="fk_outreach_batch_grid"))
    opened_on: Mapped[date]
    collect_until_on: Mapped[date]
    state: Mapped[BatchState]
    sent_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    by_id: Mapped[int | None]
    by: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")


class ApplicationRow(Versioned, Base):
    """One person's line of a batch.

    Shape: ``line`` counts from one on; ``faults`` are the names of the columns that need mending, by commas;
        what was typed is sealed as typed, a faulty line too.
    Source: SF-7; SF-10.
    """

    __tablename__ = "outreach_application"
    __table_args__ = (
        Index("ux_outreach_application_line", "batch_id", "line", unique=True),
        Index("ix_outreach_application_hash", "id_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_batch.id", name="fk_outreach_application_batch")
    )
    line: Mapped[int]
    compound: Mapped[str] = mapped_column(default="")
    called: Mapped[str] = mapped_column(default="")
    id_hash: Mapped[str] = mapped_column(default="")
    sealed: Mapped[bytes]
    road: Mapped[Road]
    state: Mapped[ApplicationState]
    faults: Mapped[str] = mapped_column(default="")
    result_number: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    delivered_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
