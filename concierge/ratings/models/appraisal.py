"""Appraisals of officers kept as they were counted: each part of each sum, to be done again by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base
from concierge.ratings.rules.appraisal import Measure


class AppraisedRow(Base):
    """One part of one officer's score in one quarter, as it stood when the quarter was closed. Append-only.

    Units: ``weight`` and ``points`` in points; ``good`` of ``total`` counts.
    Source: SV-6, RT-8.
    """

    __tablename__ = "ratings_appraised"
    __table_args__ = (
        Index("ux_ratings_appraised", "person_id", "quarter_first_on", "measure", unique=True),
        CheckConstraint("good >= 0 AND good <= total", name="ck_ratings_appraised_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_ratings_appraised_person"))
    quarter_first_on: Mapped[date] = mapped_column(index=True)
    measure: Mapped[Measure]
    good: Mapped[int]
    total: Mapped[int]
    weight: Mapped[Decimal]
    points: Mapped[Decimal]
    counted_at: Mapped[datetime]
