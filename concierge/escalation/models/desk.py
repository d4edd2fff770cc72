"""What the window works with: its figures, who is on duty, the causes it counts by."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned


class FiguresRow(Base):
    """The local figures from a moment on; the newest row counts, earlier ones stay. Append-only.

    Units: minutes of opening hours; working days; times of day in Asia/Shanghai.
    Source: ES-3, ES-6, ES-7.
    """

    __tablename__ = "escalation_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    window_minutes: Mapped[int]
    department_minutes: Mapped[int]
    explain_workdays: Mapped[int]
    one_department_workdays: Mapped[int]
    across_workdays: Mapped[int]
    leader_workdays: Mapped[int]
    negative_workdays: Mapped[int]
    fix_times: Mapped[int]
    fix_workdays: Mapped[int]
    opens: Mapped[time]
    pauses: Mapped[time]
    resumes: Mapped[time]
    closes: Mapped[time]


class WindowDutyRow(Base):
    """Somebody is on duty at the window on a day."""

    __tablename__ = "escalation_duty"
    __table_args__ = (Index("ux_escalation_duty", "on", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")


class ReportCauseRow(Versioned, Base):
    """One cause a closed report is counted by. Source: ES-7."""

    __tablename__ = "escalation_cause"
    __table_args__ = (Index("ux_escalation_cause_code", "code", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    is_used: Mapped[bool] = mapped_column(default=True)
