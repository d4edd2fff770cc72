"""What a person did about the lines of the day: ticked them, put them off, wrote a note to come back to.

The lines themselves are counted anew from the records each time; only what no record says is kept here.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned

_PROJECT, _PERSON = "projects_project.id", "ab_user.id"


class TickRow(Base):
    """One line of the day, ticked by a person. A tick taken back stays on record.

    Shape: ``key`` is the line's; ``is_for_good`` says that the tick is all that was needed, so the line never
        comes back; otherwise it rests for the day, until a record says the same. ``text`` is what was ticked,
        as it stood there.
    Source: AB-5.
    """

    __tablename__ = "today_tick"
    __table_args__ = (
        Index("ix_today_tick_key", "key", "ticked_on"),
        Index("ix_today_tick_person", "person_id", "ticked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(_PERSON, name="fk_today_tick_person"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey(_PROJECT, name="fk_today_tick_project"), index=True
    )
    key: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
    is_for_good: Mapped[bool]
    ticked_on: Mapped[date]
    ticked_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class PutOffRow(Base):
    """One line a person does not want to see before a day; nobody else's list is touched.

    Units: ``until_on`` is the civil day on which it comes back.
    """

    __tablename__ = "today_put_off"
    __table_args__ = (
        CheckConstraint("until_on > made_on", name="ck_today_put_off_order"),
        Index("ix_today_put_off_person", "person_id", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(_PERSON, name="fk_today_put_off_person"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey(_PROJECT, name="fk_today_put_off_project"), index=True
    )
    key: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    until_on: Mapped[date]
    lifted_at: Mapped[datetime | None]


class NoteRow(Versioned, Base):
    """A note to come back to on a day: a promise made on the telephone, a thing to bring along.

    Shape: one about a project is everybody's who acts for it, so that it survives an absence; one without is
        its writer's own.
    Source: AB-4, promises to the enterprise; AB-8, the record carries the knowledge.
    """

    __tablename__ = "today_note"
    __table_args__ = (
        Index("ix_today_note_person", "person_id", "done_at"),
        Index("ix_today_note_project", "project_id", "done_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(_PERSON, name="fk_today_note_person"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey(_PROJECT, name="fk_today_note_project"))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    due_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    is_promise: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(default="")


class PlaceRow(Versioned, Base):
    """Where a department receives: its window, whom to ask, in which order one walks there.

    Shape: ``department`` is a code of the catalogue; places of the same ``place`` are one stop of a tour.
    """

    __tablename__ = "today_place"
    __table_args__ = (Index("ux_today_place_department", "department", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[str]
    place: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
