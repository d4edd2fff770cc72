"""The plan of all live projects together: its versions, and what has been promised to the departments."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base
from projects.rules.booked_days import Booked, YearOf
from projects.rules.bookings import Booking, HeldBy
from projects.rules.portfolio_days import HalfDay, StepDays, Wait


class PortfolioState(enum.Enum):
    """Where a plan of all projects stands; only one is adopted at a time, and only a ready one can be."""

    ASKED = "asked"
    WORKING = "working"
    READY = "ready"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"
    CANCELLED = "cancelled"
    FAILED = "failed"


class PortfolioPlan(Base):
    """One version of the plan of all live projects. Once ready, its dates never change.

    ``scenario`` is the what-if it was made for, None for the world as it is; a plan with one is never
    adopted. ``summary`` is one line for each project and what the plan is worth, ``body`` the compressed
    days of every step, ``faults`` what the proof or the planner refused it for: messages with their facts.
    Units: ``effort`` and ``done`` in plans built; ``*_workdays`` are working days, ``tardiness_workdays``
        past the promises of all projects together, each counted with its weight; ``bound_workdays`` is what
        no plan can be better than; ``gain_workdays`` what reviewing side by side saves.
    Shape: ``best_workdays`` is the tardiness of the best plan found so far, while it works.
    """

    __tablename__ = "projects_portfolio_plan"
    __table_args__ = (Index("ix_projects_portfolio_plan_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[PortfolioState] = mapped_column(default=PortfolioState.ASKED)
    cause: Mapped[str]
    scenario: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    asker_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_projects_portfolio_plan_asker")
    )
    seed: Mapped[int]
    effort: Mapped[int]
    is_cancel_asked: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    best_workdays: Mapped[int | None]
    base_id: Mapped[int | None]
    projects: Mapped[int | None]
    late: Mapped[int | None]
    tardiness_workdays: Mapped[int | None]
    bound_workdays: Mapped[int | None]
    gain_workdays: Mapped[int | None]
    moved_projects: Mapped[int | None]
    moved_announced: Mapped[int | None]
    faults: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[str | None]


class BookingRow(Base):
    """The day a department expects one step, and the days its work then takes a reviewer there.

    ``plan_id`` is the plan of all projects it was last taken from, None once the project was placed by
    itself after an event. ``is_told`` says that the day was announced: moving it is never free.
    Units: civil days; ``held_workdays`` is how long the step waits for ``held_by`` beyond its predecessors.
    Shape: ``sitting_half`` is 0 in the morning, 1 in the afternoon; ``end_on`` is when its own work and its
        sitting are over.
    """

    __tablename__ = "projects_booking"
    __table_args__ = (
        Index("ux_projects_booking_step", "project_id", "code", unique=True),
        CheckConstraint("held_workdays >= 0", name="ck_projects_booking_held"),
        CheckConstraint(
            "(sitting_on IS NULL) = (sitting_half IS NULL)", name="ck_projects_booking_half_of_a_day"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_projects_booking_project")
    )
    plan_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_portfolio_plan.id", name="fk_projects_booking_plan"), index=True
    )
    code: Mapped[str]
    department: Mapped[str | None]
    accept_on: Mapped[date]
    work_first_on: Mapped[date | None]
    work_last_on: Mapped[date | None]
    end_on: Mapped[date]
    held_by: Mapped[HeldBy] = mapped_column(default=HeldBy.NOTHING)
    held_workdays: Mapped[int] = mapped_column(default=0)
    review_group: Mapped[str | None]
    sitting_on: Mapped[date | None]
    sitting_half: Mapped[int | None]
    officer_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_projects_booking_officer")
    )
    is_told: Mapped[bool] = mapped_column(default=False)

    def days(self) -> StepDays:
        """The days it stands for, as a plan of all projects has them."""
        return booked_days(
            self.department,
            self.accept_on,
            self.work_first_on,
            self.work_last_on,
            self.end_on,
            self.held_by.value,
            self.held_workdays,
            self.review_group,
            self.sitting_on,
            self.sitting_half,
            self.officer_id,
        )

    def facts(self, officer: str = "") -> Booking:
        """The booking as the rules see it. Shape: ``officer`` is the name of ``officer_id``."""
        return Booking(
            accept_on=self.accept_on,
            held_by=self.held_by,
            held_workdays=self.held_workdays,
            department=self.department or "",
            review_group=self.review_group or "",
            officer=officer,
            sitting_on=self.sitting_on,
            sitting_half=self.sitting_half or 0,
            decided_from=self.end_on if self.sitting_on else None,
        )


def booked_days(  # noqa: PLR0913  (the columns of a booking, in their order)
    department: str | None,
    accept_on: date,
    work_first_on: date | None,
    work_last_on: date | None,
    end_on: date,
    held_by: str,
    held_workdays: int,
    review_group: str | None,
    sitting_on: date | None,
    sitting_half: int | None,
    officer_id: int | None,
) -> StepDays:
    """The days a booking stands for, from its columns, which is quicker for many than from its row."""
    return StepDays(
        start_on=accept_on,
        accept_on=accept_on,
        end_on=end_on,
        finish_on=end_on,
        department=department,
        work_first_on=work_first_on,
        work_last_on=work_last_on,
        wait=Wait(held_by, "", held_workdays) if held_workdays else None,
        group=review_group,
        sitting=None if sitting_on is None else HalfDay(sitting_on, sitting_half or 0),
        officer=officer_id,
    )


class BookedYear(Base):
    """How much is booked on each day of a year, kept beside the bookings so that an event need not add up.

    Units: ``taken`` in places, hand-ins or seats, as ``kind`` says.
    Shape: ``key`` is a department, an officer's number or a review group; ``half`` is 0 but for seats of an
        afternoon; ``taken`` is what ``booked_days.stored`` makes of the days.
    """

    __tablename__ = "projects_booked_year"
    __table_args__ = (Index("ux_projects_booked_year", "key", "kind", "half", "year", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Booked]
    key: Mapped[str]
    half: Mapped[int] = mapped_column(default=0)
    year: Mapped[int]
    taken: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def of(self) -> YearOf:
        """Whose days, and of which year."""
        return YearOf(self.kind, self.key, self.half, self.year)
