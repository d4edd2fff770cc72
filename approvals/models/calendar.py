"""The year tables: which days are not what their weekday says, and how sure a year is."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.catalogue import Holiday
from concierge.kernel import clock
from concierge.kernel.db import Base, Versioned

OFFICIAL = "official"
PROVISIONAL = "provisional_law_only"


class CalendarYearRow(Versioned, Base):
    """One year and where its table comes from: the State Council's notice, or the law alone till then.

    Source: WD-7, the calendar is data with a status per year.
    """

    __tablename__ = "approvals_calendar_year"
    __table_args__ = (
        CheckConstraint(
            f"status IN ('{OFFICIAL}', '{PROVISIONAL}')", name="ck_approvals_calendar_year_status"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    status: Mapped[str]
    source: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(default=clock.moment, onupdate=clock.moment)


class HolidayRow(Versioned, Base):
    """One day off, or one weekend day worked instead.

    Shape: ``status`` is the word of the file it came from; its year's status has the last word.
    ``changed_at`` tells readers that the calendar they keep is old.
    """

    __tablename__ = "approvals_holiday"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    name_zh: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")
    is_workday: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=OFFICIAL)
    changed_at: Mapped[datetime] = mapped_column(default=clock.moment, onupdate=clock.moment)

    def facts(self, year_status: str) -> Holiday:
        """The day as the rules see it, as official as its year."""
        told = PROVISIONAL if self.status == OFFICIAL else self.status
        return Holiday(
            on=self.day,
            kind=self.kind,
            detail=self.detail,
            name_zh=self.name_zh,
            name_en=self.name_en,
            is_workday=self.is_workday,
            source=self.source,
            status=OFFICIAL if year_status == OFFICIAL else told,
        )

    def apply(self, fact: Holiday) -> None:
        """Take over what the fact says."""
        self.day, self.kind, self.detail = fact.on, fact.kind, fact.detail
        self.name_zh, self.name_en = fact.name_zh, fact.name_en
        self.is_workday, self.source, self.status = fact.is_workday, fact.source, fact.status
