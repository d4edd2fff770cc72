"""Who looks after a project, who is away, who covers, what an officer is good for; nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime, time

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned
from concierge.staff.rules.contacts import ContactPost
from concierge.staff.rules.cover import CoverCause
from concierge.staff.rules.stages import Stage


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

    ``is_planned`` is False for illness and the like. An absence withdrawn after it had begun was one until
    that minute.
    Units: ``from_time`` the minute of ``first_on`` at which it begins, ``until_time`` the minute of
        ``last_on`` at which it ends, in Asia/Shanghai; None for the whole of that day.
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
    from_time: Mapped[time | None]
    until_time: Mapped[time | None]
    is_planned: Mapped[bool]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    person: Mapped[User] = relationship(User, lazy="raise")


class CoverRow(Base):
    """C: who covers a project while both of its people are away; named for days, and never passed on.

    Shape: of several for one minute the latest counts; ``person_id`` acts only while A and B are both away.
        ``opened_sight`` where they see the project for this cover alone, and no longer once it is over.
    Source: AB-3; the bound of the chain is ours.
    """

    __tablename__ = "staff_cover"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="ck_staff_cover_days"),
        Index("ix_staff_cover_project", "project_id", "last_on"),
        Index("ix_staff_cover_person", "person_id", "last_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects_project.id", name="fk_staff_cover_project"))
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_staff_cover_person"))
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    cause: Mapped[CoverCause]
    named_by_id: Mapped[int | None]
    named_by: Mapped[str]
    named_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    opened_sight: Mapped[bool] = mapped_column(default=False, server_default=false())
    person: Mapped[User] = relationship(User, lazy="raise")


class TeamRow(Versioned, Base):
    """A team of officers, or the office of a park; ``grids`` are the parks and grids it looks after.

    Shape: ``grids`` is a list of names, one a line.
    """

    __tablename__ = "staff_team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    is_zone_office: Mapped[bool]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id", name="fk_staff_team_lead"))
    grids: Mapped[str] = mapped_column(Text, default="")
    lead: Mapped[User | None] = relationship(User, lazy="raise")

    def __str__(self) -> str:
        return self.name


class StaffProfile(Versioned, Base):
    """What is known of one officer beside the account: where, how reached, what good for.

    Shape: ``skills`` are codes of templates and kinds of matter, one a line; ``grid`` the park or grid looked
        after; ``department`` the code of the department the officer comes from, empty for the service centre;
        ``papers`` where the officer keeps papers as a rule; ``daily_hand_ins`` on how many steps a day the
        officer can go to a counter, None for any number.
    Source: AB-1 for the two sources of officers, AB-9.
    """

    __tablename__ = "staff_profile"
    __table_args__ = (CheckConstraint("daily_hand_ins > 0", name="ck_staff_profile_daily_hand_ins"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id", name="fk_staff_profile_person"), unique=True
    )
    phone: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")
    grid: Mapped[str] = mapped_column(default="")
    skills: Mapped[str] = mapped_column(Text, default="")
    department: Mapped[str] = mapped_column(default="")
    papers: Mapped[str] = mapped_column(default="")
    daily_hand_ins: Mapped[int | None]
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_team.id", name="fk_staff_profile_team"), index=True
    )
    team: Mapped[TeamRow | None] = relationship(lazy="joined")
    person: Mapped[User] = relationship(User, lazy="raise")


class StagePostRow(Base):
    """Who answers for a project in one of its three stages; a new line for every change.

    Shape: ``person_id`` is the liaison in attraction and the resident officer in operation; None in
        construction, where the pair of those days counts.
    Source: S27, three roles by three stages; AB-8.
    """

    __tablename__ = "staff_stage_post"
    __table_args__ = (Index("ix_staff_stage_post_project", "project_id", "until_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_staff_stage_post_project")
    )
    stage: Mapped[Stage]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_staff_stage_post_person"), index=True
    )
    since_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    made_by: Mapped[str]
    person: Mapped[User | None] = relationship(User, lazy="raise")


class ContactRow(Versioned, Base):
    """Who answers for a department: its chief window representative, its head, or a county leader.

    Shape: ``department`` is a code of the catalogue; empty for a county leader of every field, or the codes
        of the leader's field by comma. ``until`` is the last day; a change is a new row.
    Source: ES-3, ES-5.
    """

    __tablename__ = "staff_contact"
    __table_args__ = (
        Index("ix_staff_contact_department", "post", "department"),
        CheckConstraint("until IS NULL OR until >= since", name="ck_staff_contact_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post: Mapped[ContactPost]
    department: Mapped[str]
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str]
    person_id: Mapped[int | None]
    since: Mapped[date]
    until: Mapped[date | None]
