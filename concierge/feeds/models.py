"""What feeds keep: addresses and their keys, the entries of all calendars, who holds them, who fetched."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.rules.facts import Label
from concierge.feeds.rules.entry import EntryKind, EntryState, Kept, Matter
from concierge.feeds.rules.feed import Component, Detail, Purpose
from concierge.kernel.db import Base, Versioned


class FeedRow(Versioned, Base):
    """One calendar address of one device: what it shows, and the answer it last gave.

    Shape: ``subject`` says whose entries it shows (``person:7``, ``project:3``); ``handle`` names it where no
        key may stand; ``etag`` is the hash of the bytes it gave at revision ``answered_revision`` on the day
        ``answered_on``, and ``modified_at`` the moment those bytes came to be.
    Source: FE-1, FE-6, FE-13.
    """

    __tablename__ = "feeds_feed"
    __table_args__ = (
        Index("ux_feeds_feed_handle", "handle", unique=True),
        Index("ix_feeds_feed_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose]
    subject: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_feeds_feed_owner"), index=True
    )
    owner: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_feeds_feed_project"), index=True
    )
    device: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    detail: Mapped[Detail]
    component: Mapped[Component]
    language: Mapped[str]
    has_alarms: Mapped[bool]
    handle: Mapped[str]
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    etag: Mapped[str] = mapped_column(default="")
    answered_revision: Mapped[int] = mapped_column(default=0)
    answered_on: Mapped[date | None]
    modified_at: Mapped[datetime | None]


class FeedKeyRow(Base):
    """One key of an address; the key itself is not kept, only its keyed hash.

    Units: ``ends_at`` is the moment from which it opens nothing.
    Shape: ``replaced_at`` is set when a new key took its place; the old one opens for another day.
    Source: FE-13.
    """

    __tablename__ = "feeds_key"
    __table_args__ = (
        Index("ux_feeds_key_token", "token_hash", unique=True),
        Index("ix_feeds_key_feed", "feed_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds_feed.id", name="fk_feeds_key_feed"))
    token_hash: Mapped[str]
    hint: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    feed: Mapped[FeedRow] = relationship(FeedRow, lazy="raise")


class FetchRow(Base):
    """When one kind of calendar program last fetched one address, and what it was answered.

    Source: FE-13.
    """

    __tablename__ = "feeds_fetch"
    __table_args__ = (Index("ux_feeds_fetch", "feed_id", "client", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds_feed.id", name="fk_feeds_fetch_feed"))
    client: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    fetches: Mapped[int]
    status: Mapped[int]


class EntryRow(Base):
    """One thing that stands in calendars, under one name for ever; changed in place, never made twice.

    Units: ``on`` a civil day and ``begins_at`` a time of day in Asia/Shanghai.
    Shape: ``uid`` is random; ``source`` is what it stands for (``step:12:due``). ``sequence`` rises with day,
        time, place, state and holder, ``changed_at`` with anything it says.
    Source: FE-4, FE-7.
    """

    __tablename__ = "feeds_entry"
    __table_args__ = (
        Index("ux_feeds_entry_uid", "uid", unique=True),
        Index("ux_feeds_entry_source", "source", unique=True),
        Index("ix_feeds_entry_project", "project_id"),
        CheckConstraint("(begins_at IS NULL) = (minutes = 0)", name="ck_feeds_entry_time"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="ck_feeds_entry_cancelled"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str]
    source: Mapped[str]
    kind: Mapped[EntryKind]
    state: Mapped[EntryState]
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_feeds_entry_project")
    )
    on: Mapped[date]
    begins_at: Mapped[time | None]
    minutes: Mapped[int]
    code: Mapped[str]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    project: Mapped[str] = mapped_column(Text)
    department_zh: Mapped[str]
    department_en: Mapped[str]
    place: Mapped[str] = mapped_column(Text)
    href: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    def matter(self) -> Matter:
        """What it says, without who holds it."""
        return Matter(
            source=self.source,
            kind=self.kind,
            state=self.state,
            on=self.on,
            begins_at=self.begins_at,
            minutes=self.minutes,
            name=Label(self.name_zh, self.name_en),
            code=self.code,
            project_id=self.project_id,
            project=self.project,
            department=Label(self.department_zh, self.department_en),
            place=self.place,
            href=self.href,
        )

    def apply(self, said: Matter) -> None:
        """Take over what it is to say."""
        self.kind, self.state, self.on = said.kind, said.state, said.on
        self.begins_at, self.minutes, self.place = said.begins_at, said.minutes, said.place
        self.name_zh, self.name_en = said.name.zh, said.name.en
        self.department_zh, self.department_en = said.department.zh, said.department.en
        self.code, self.project_id, self.project, self.href = (
            said.code,
            said.project_id,
            said.project,
            said.href,
        )

    def kept(self, post: str = "", left_at: datetime | None = None) -> Kept:
        """The entry as the rules see it, on the calendar of somebody who holds it in a post."""
        return Kept(
            uid=self.uid,
            sequence=self.sequence,
            made_at=self.made_at,
            changed_at=self.changed_at,
            matter=self.matter(),
            post=post,
            left_at=left_at,
            cancelled_at=self.cancelled_at,
        )


class HoldingRow(Base):
    """An entry is on somebody's calendar, in a post; one that went elsewhere stays for a while as left.

    Source: FE-7, AB-2.
    """

    __tablename__ = "feeds_holding"
    __table_args__ = (
        Index("ux_feeds_holding", "entry_id", "subject", unique=True),
        Index("ix_feeds_holding_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("feeds_entry.id", name="fk_feeds_holding_entry"))
    subject: Mapped[str]
    post: Mapped[str]
    left_at: Mapped[datetime | None]


class MarkRow(Base):
    """The high-water mark of one calendar: it rises with every change, with what left it and what is gone.

    Units: ``changed_at`` aware UTC in whole seconds, later at every revision.
    Source: FE-6.
    """

    __tablename__ = "feeds_mark"

    subject: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    changed_at: Mapped[datetime]
