"""Questions about channels: who is reached how, and when not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.desk.channels.installed import open_channels
from concierge.desk.models.channels import ChannelRow, HoursRow
from concierge.desk.rules.channels import Channel, Hours


@dataclass(frozen=True)
class Reached:
    """How one person is reached. Shape: only channels that are set up on this system."""

    rows: tuple[ChannelRow, ...]
    hours: Hours


NOBODY = Reached((), Hours())


def set_up() -> tuple[Channel, ...]:
    """The channels this system can send by."""
    return open_channels(current_app.config["CONCIERGE"])


def reached(session: Session, people: Collection[int]) -> dict[int, Reached]:
    """How each of these people is reached, in two queries, or one where nobody has a channel."""
    asked = select(ChannelRow).where(ChannelRow.person_id.in_(people), ChannelRow.channel.in_(set_up()))
    rows: dict[int, list[ChannelRow]] = defaultdict(list)
    for row in session.scalars(asked.order_by(ChannelRow.id)):
        rows[row.person_id].append(row)
    if not rows:
        return {}
    kept = hours_of(session, rows)
    return {person: Reached(tuple(own), kept.get(person, Hours())) for person, own in rows.items()}


def hours_of(session: Session, people: Collection[int]) -> dict[int, Hours]:
    """The hours of those who have their own."""
    asked = select(HoursRow).where(HoursRow.person_id.in_(people))
    return {row.person_id: row.facts() for row in session.scalars(asked)}


def channel_row(session: Session, person_id: int | None, channel: Channel) -> ChannelRow | None:
    """One person's address on one channel."""
    asked = select(ChannelRow).where(ChannelRow.person_id == person_id, ChannelRow.channel == channel)
    return session.scalars(asked).first()
