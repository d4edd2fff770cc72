"""How each person is reached outside the system, and when not."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from concierge.desk.rules.channels import Channel, Hours, Reach, Rhythm
from concierge.kernel.db import Base, Versioned


class ChannelRow(Versioned, Base):
    """One person's address on one channel.

    Shape: ``code_hash`` is the keyed hash of the code that was sent there last, None for none outstanding;
        ``confirmed_at`` is when its owner typed it. A new address is unconfirmed again.
    """

    __tablename__ = "desk_channel"
    __table_args__ = (
        Index("ux_desk_channel", "person_id", "channel", unique=True),
        CheckConstraint("(code_hash IS NULL) = (code_until IS NULL)", name="ck_desk_channel_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_desk_channel_person"))
    channel: Mapped[Channel]
    address: Mapped[str]
    rhythm: Mapped[Rhythm]
    confirmed_at: Mapped[datetime | None]
    code_hash: Mapped[str | None] = mapped_column(String(64))
    code_until: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0, server_default="0")

    def facts(self) -> Reach:
        """The channel as the rules see it."""
        return Reach(channel=self.channel, rhythm=self.rhythm, is_confirmed=self.confirmed_at is not None)


class HoursRow(Versioned, Base):
    """When one person is not disturbed, and when their morning message comes; none: the house's hours."""

    __tablename__ = "desk_hours"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id", name="fk_desk_hours_person"), primary_key=True, autoincrement=False
    )
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]
    digest_at: Mapped[time]

    def facts(self) -> Hours:
        """The hours as the rules see them."""
        return Hours(quiet_from=self.quiet_from, quiet_until=self.quiet_until, digest_at=self.digest_at)
