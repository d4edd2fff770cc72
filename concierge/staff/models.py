"""Who looks after a project, and who is away: pairings of A and B, and absences; nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned


class Pairing(Versioned, Base):
    """The two full-process agents of a project: A acts, B acts when A is away.

    Source: AB-1, exactly two per entrusted project; AB-8, a change is a new line.
    """

    __tablename__ = "staff_pairing"
    __table_args__ = (
        CheckConstraint("a_id <> b_id", name="ck_staff_pairing_two_people"),
        Index("ix_staff_pairing_project", "project_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_staff_pairing_project")
    )
    a_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_staff_pairing_a"))
    b_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_staff_pairing_b"))
    since: Mapped[date]
    until: Mapped[date | None]
    made_at: Mapped[datetime]
    a: Mapped[User] = relationship(User, foreign_keys=[a_id], lazy="raise")
    b: Mapped[User] = relationship(User, foreign_keys=[b_id], lazy="raise")


class Absence(Base):
    """One stretch of days on which an officer is away, both ends included; a withdrawn one stays on record.

    ``is_planned`` is False for illness and the like.
    Source: AB-3, AB-8.
    """

    __tablename__ = "staff_absence"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="ck_staff_absence_days"),
        Index("ix_staff_absence_person", "person_id", "last_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_staff_absence_person"))
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    is_planned: Mapped[bool]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    person: Mapped[User] = relationship(User, lazy="raise")
