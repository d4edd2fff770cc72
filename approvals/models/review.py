"""The review room: rooms, how groups usually sit, who can come when, and the sittings announced."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.models.draft_text import as_codes, codes
from approvals.rules.sittings import (
    Answer,
    Availability,
    Half,
    Room,
    Sitting,
    SittingItem,
    SittingRule,
    SittingState,
)
from concierge.kernel.db import Base, Versioned

_STANDS = text("state = 'announced'")


class RoomRow(Versioned, Base):
    """A meeting room; one that is out of use stays for the sittings that were held in it."""

    __tablename__ = "approvals_room"
    __table_args__ = (CheckConstraint("places > 0", name="ck_approvals_room_places"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    places: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> Room:
        """The room as the rules see it."""
        return Room(self.id, self.name, self.places, self.is_active)


class SittingRuleRow(Versioned, Base):
    """How a review group usually sits. Shape: lists stand as codes with commas between."""

    __tablename__ = "approvals_sitting_rule"
    __table_args__ = (
        CheckConstraint(
            "projects_per_sitting > 0 AND minutes_per_project > 0", name="ck_approvals_sitting_rule_length"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_group: Mapped[str] = mapped_column(unique=True)
    matters: Mapped[str] = mapped_column(Text)
    weekdays: Mapped[str]
    halves: Mapped[str]
    projects_per_sitting: Mapped[int]
    minutes_per_project: Mapped[int]
    needs_room: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> SittingRule:
        """The rule as the rules see it."""
        return SittingRule(
            review_group=self.review_group,
            matters=codes(self.matters),
            weekdays=tuple(int(day) for day in codes(self.weekdays)),
            halves=tuple(Half(half) for half in codes(self.halves)),
            projects_per_sitting=self.projects_per_sitting,
            minutes_per_project=self.minutes_per_project,
            needs_room=self.needs_room,
            is_active=self.is_active,
            note=self.note,
        )

    def apply(self, fact: SittingRule) -> None:
        """Take over what the fact says."""
        self.review_group, self.matters = fact.review_group, as_codes(fact.matters)
        self.weekdays = as_codes(str(day) for day in fact.weekdays)
        self.halves = as_codes(half.value for half in fact.halves)
        self.projects_per_sitting = fact.projects_per_sitting
        self.minutes_per_project = fact.minutes_per_project
        self.needs_room, self.is_active, self.note = fact.needs_room, fact.is_active, fact.note


class AvailabilityRow(Versioned, Base):
    """What one department answered for one half-day; its latest answer."""

    __tablename__ = "approvals_availability"
    __table_args__ = (
        Index("ux_approvals_availability", "on", "half", "department", unique=True),
        CheckConstraint(
            "half IN ('morning', 'afternoon') AND answer IN ('can', 'online', 'cannot')",
            name="ck_approvals_availability_words",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[str]
    on: Mapped[date]
    half: Mapped[Half]
    answer: Mapped[Answer]
    note: Mapped[str] = mapped_column(default="")
    said_by: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime]

    def facts(self) -> Availability:
        """The answer as the rules see it."""
        return Availability(
            self.department,
            self.on,
            self.half,
            self.answer,
            note=self.note,
            said_by=self.said_by,
            said_at=self.said_at,
        )


class SittingRow(Versioned, Base):
    """One half-day on which a review group comes together; a withdrawn one stays, with its reason.

    Among those that stand, a room is taken once in a half-day, and a group sits once.
    """

    __tablename__ = "approvals_sitting"
    __table_args__ = (
        Index(
            "ux_approvals_sitting_room",
            "room_id",
            "on",
            "half",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index(
            "ux_approvals_sitting_group",
            "review_group",
            "on",
            "half",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_approvals_sitting_on", "on"),
        CheckConstraint(
            "half IN ('morning', 'afternoon') AND (state = 'announced' AND withdrawn_at IS NULL "
            "OR state = 'withdrawn' AND withdrawn_at IS NOT NULL)",
            name="ck_approvals_sitting_state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_group: Mapped[str]
    on: Mapped[date]
    half: Mapped[Half]
    begins_at: Mapped[time]
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_room.id", name="fk_approvals_sitting_room")
    )
    state: Mapped[SittingState] = mapped_column(default=SittingState.ANNOUNCED)
    announced_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    room: Mapped[RoomRow | None] = relationship(RoomRow, lazy="raise")
    items: Mapped[list[SittingItemRow]] = relationship(
        lambda: SittingItemRow, lazy="raise", order_by=lambda: SittingItemRow.position
    )

    def facts(self) -> Sitting:
        """The sitting as the rules see it. Shape: ``room`` and ``items`` are loaded along."""
        return Sitting(
            id=self.id,
            review_group=self.review_group,
            on=self.on,
            half=self.half,
            begins_at=self.begins_at,
            state=self.state,
            room_id=self.room_id,
            room=self.room.name if self.room else "",
            items=tuple(item.facts() for item in self.items),
            withdrawn_reason=self.withdrawn_reason,
        )


class SittingItemRow(Base):
    """One step of one project on a sitting's list."""

    __tablename__ = "approvals_sitting_item"
    __table_args__ = (
        Index("ux_approvals_sitting_item", "sitting_id", "project_id", "code", unique=True),
        Index("ix_approvals_sitting_item_step", "project_id", "code"),
        CheckConstraint("minutes > 0", name="ck_approvals_sitting_item_minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_sitting.id", name="fk_approvals_sitting_item_sitting")
    )
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_sitting_item_project")
    )
    code: Mapped[str]
    position: Mapped[int]
    minutes: Mapped[int]

    def facts(self) -> SittingItem:
        """The item as the rules see it."""
        return SittingItem(self.project_id, self.code, self.minutes, self.position)
