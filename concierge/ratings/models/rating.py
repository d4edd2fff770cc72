"""What may be rated, who answered for it, and what was said. A rating is never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.ratings.rules.rating import Channel, Level, Rated, Reason


class OccasionRow(Versioned, Base):
    """One finished service that may be rated once, and the invitation to do so.

    Units: civil days; ``expires_on`` is the last day on which its link opens.
    Shape: ``source_id`` is the number of the step, the service case or the project; ``title`` its name as
        written, where no catalogue names it. Of the link's key only its keyed hash is kept; ``handle`` names
        the occasion where no key may stand. ``withdrawn_at`` is set when its result is gone.
    Source: RT-1, RT-2.
    """

    __tablename__ = "ratings_occasion"
    __table_args__ = (
        Index("ux_ratings_occasion_once", "kind", "source_id", "attempt", unique=True),
        Index("ux_ratings_occasion_token", "token_hash", unique=True),
        Index("ux_ratings_occasion_handle", "handle", unique=True),
        Index("ix_ratings_occasion_department", "department", "closed_on"),
        Index("ix_ratings_occasion_invite", "invited_at", "closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_ratings_occasion_project"), index=True
    )
    kind: Mapped[Rated]
    source_id: Mapped[int]
    attempt: Mapped[int] = mapped_column(default=1)
    code: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    department: Mapped[str]
    begun_on: Mapped[date | None]
    promised_end_on: Mapped[date | None]
    closed_on: Mapped[date] = mapped_column(index=True)
    made_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    link_made_at: Mapped[datetime | None]
    link_made_by: Mapped[str] = mapped_column(default="")
    hint: Mapped[str] = mapped_column(default="")
    token_hash: Mapped[str | None]
    handle: Mapped[str]
    expires_on: Mapped[date]
    withdrawn_at: Mapped[datetime | None]


class RatedPersonRow(Base):
    """Somebody who answered for a service on the day it closed: A, B, and whichever of them acted.

    Source: RT-6, AB-1.
    """

    __tablename__ = "ratings_rated_person"
    __table_args__ = (
        Index("ux_ratings_rated_person", "occasion_id", "person_id", unique=True),
        Index("ix_ratings_rated_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occasion_id: Mapped[int] = mapped_column(
        ForeignKey("ratings_occasion.id", name="fk_ratings_rated_person_occasion")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_ratings_rated_person_person"))
    name: Mapped[str]
    post: Mapped[str]
    is_acting: Mapped[bool]


class RatingRow(Base):
    """What was said of one service, once.

    Shape: ``rater_name`` and ``rater_phone`` are empty for an anonymous one and are never published.
    Source: RT-1, RT-7.
    """

    __tablename__ = "ratings_rating"
    __table_args__ = (
        Index("ux_ratings_rating_occasion", "occasion_id", unique=True),
        Index("ix_ratings_rating_department", "department", "given_on"),
        CheckConstraint(
            "NOT is_anonymous OR (rater_name = '' AND rater_phone = '')", name="ck_ratings_rating"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occasion_id: Mapped[int] = mapped_column(
        ForeignKey("ratings_occasion.id", name="fk_ratings_rating_occasion")
    )
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_ratings_rating_project"), index=True
    )
    department: Mapped[str]
    level: Mapped[Level]
    words: Mapped[str] = mapped_column(Text, default="")
    is_anonymous: Mapped[bool]
    rater_name: Mapped[str] = mapped_column(default="")
    rater_phone: Mapped[str] = mapped_column(default="")
    channel: Mapped[Channel]
    given_on: Mapped[date] = mapped_column(index=True)
    given_at: Mapped[datetime]


class RatingReasonRow(Base):
    """One thing that was good, or was not."""

    __tablename__ = "ratings_reason"
    __table_args__ = (Index("ux_ratings_reason", "rating_id", "reason", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings_rating.id", name="fk_ratings_reason_rating"))
    reason: Mapped[Reason]


class FollowUpRow(Base):
    """What was said once more, after the answer to a negative rating (追评)."""

    __tablename__ = "ratings_follow_up"
    __table_args__ = (Index("ux_ratings_follow_up", "rating_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(
        ForeignKey("ratings_rating.id", name="fk_ratings_follow_up_rating")
    )
    level: Mapped[Level]
    words: Mapped[str] = mapped_column(Text, default="")
    given_on: Mapped[date]
    given_at: Mapped[datetime]
