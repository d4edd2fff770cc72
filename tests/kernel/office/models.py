"""Shelves in rooms (reference data) and folders of projects, in tables of the tests' own."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY


class TrialBase(DeclarativeBase):
    """The parent of the tests' rows: apart from ours, so that migrations do not see them."""

    metadata = MetaData()
    type_annotation_map = Base.type_annotation_map


class Wood(enum.Enum):
    """What a shelf is made of."""

    OAK = "oak"
    BEECH = "beech"


shelf_label = Table(
    "trial_shelf_label",
    TrialBase.metadata,
    Column("shelf_id", ForeignKey("trial_shelf.id"), primary_key=True),
    Column("label_id", ForeignKey("trial_label.id"), primary_key=True),
)


class Room(TrialBase):
    """A room."""

    __tablename__ = "trial_room"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Attachment(TrialBase):
    """A file that is kept."""

    __tablename__ = "trial_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(info=STORAGE_KEY)


class Label(TrialBase):
    """A word on a shelf."""

    __tablename__ = "trial_label"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Shelf(Versioned, TrialBase):
    """A shelf in a room."""

    __tablename__ = "trial_shelf"
    __table_args__ = (CheckConstraint("boards >= 0", name="ck_trial_shelf_boards"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    wood: Mapped[Wood]
    boards: Mapped[int] = mapped_column(default=3)
    price: Mapped[Decimal | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    built_on: Mapped[date | None]
    dusted_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)
    secret: Mapped[str | None]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("trial_room.id"))
    room: Mapped[Room | None] = relationship(lazy="raise")
    labels: Mapped[list[Label]] = relationship(secondary=shelf_label, lazy="raise")


class Folder(TrialBase):
    """A folder of a project."""

    __tablename__ = "trial_folder"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    title: Mapped[str]
    is_closed: Mapped[bool] = mapped_column(default=False)
