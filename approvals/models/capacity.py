"""How many reviewers each department has, and on which days it is another number."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.benches import Bench, BenchChange
from concierge.kernel.db import Base, Versioned


class BenchRow(Versioned, Base):
    """The reviewers of one department; a department without a row is not counted."""

    __tablename__ = "approvals_bench"
    __table_args__ = (CheckConstraint("reviewers >= 0", name="ck_approvals_bench_reviewers"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(unique=True)
    reviewers: Mapped[int]

    def facts(self) -> Bench:
        """The bench as the rules see it."""
        return Bench(self.department, self.reviewers)


class BenchChangeRow(Versioned, Base):
    """From one day to another, both included, a bench has another number of reviewers.

    Two of one department never share a day: whoever adds one holds the lock of its bench.
    """

    __tablename__ = "approvals_bench_change"
    __table_args__ = (
        CheckConstraint("reviewers >= 0", name="ck_approvals_bench_change_reviewers"),
        CheckConstraint("last_on >= first_on", name="ck_approvals_bench_change_days"),
        Index("ux_approvals_bench_change", "department", "first_on", unique=True),
        Index("ix_approvals_bench_change_last", "last_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(
        ForeignKey("approvals_bench.department", name="fk_approvals_bench_change_bench")
    )
    first_on: Mapped[date]
    last_on: Mapped[date]
    reviewers: Mapped[int]
    reason: Mapped[str]

    def facts(self) -> BenchChange:
        """The change as the rules see it."""
        return BenchChange(
            self.department, self.first_on, self.last_on, self.reviewers, reason=self.reason, id=self.id
        )
