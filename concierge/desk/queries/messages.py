"""Questions about messages: what one says and where it goes, and the log of all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.desk.models.messages import MessageNoticeRow, MessageRow, MessageTryRow
from concierge.desk.queries.channels import channel_row
from concierge.desk.queries.notices import Notice, notices_of
from concierge.desk.rules.channels import LETTERS, Channel, MessageKind, MessageState, Rhythm
from concierge.kernel import letters
from concierge.kernel.actor import Actor
from concierge.kernel.addresses import mobile_of
from concierge.kernel.web import full_name
from projects.models.project import Enterprise, Project

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ToSend:
    """One message before it goes out.

    Shape: ``number`` is the attempt this will be; ``to`` is empty where nobody may be written to any more;
        ``notices`` are those that still say something to their reader; ``letter`` is what somebody left to be
        carried.
    """

    id: int
    number: int
    kind: MessageKind
    channel: Channel
    to: str
    key: str
    notice_ids: tuple[int, ...]
    notices: tuple[Notice, ...]
    facts: Mapping[str, Any]
    letter: letters.Letter | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to say: everything was read meanwhile, and nothing else is in it."""
        return not self.notices and not self.facts and self.kind is not MessageKind.CODE


def to_send(session: Session, message_id: int) -> ToSend | None:
    """A message that waits to be sent; None when it is settled."""
    row = session.get(MessageRow, message_id)
    if row is None or row.state is not MessageState.WAITING:
        return None
    asked = select(MessageNoticeRow.notice_id).where(MessageNoticeRow.message_id == row.id)
    ids = tuple(session.scalars(asked))
    reader = Actor(row.person_id, "")
    told = notices_of(session, reader, ids) if row.person_id is not None and ids else ()
    letter = letters.read(session, letter_of(row)) if row.kind in LETTERS else None
    return ToSend(
        id=row.id,
        number=row.attempts + 1,
        kind=row.kind,
        channel=row.channel,
        to=_address(session, row) if row.kind not in LETTERS else letter.to if letter is not None else "",
        key=f"concierge-{row.id}-{row.made_at:%Y%m%d%H%M%S}",
        notice_ids=ids,
        notices=tuple(one for one in told if not one.is_read),
        facts=json.loads(row.facts),
        letter=letter,
    )


def letter_of(row: MessageRow) -> int:
    """The number of the letter a message carries."""
    return int(json.loads(row.facts)["letter_id"])


def _address(session: Session, row: MessageRow) -> str:
    """Where it goes now: an address changed meanwhile is the right one, one taken away is none."""
    if row.person_id is None:
        phone = session.scalar(
            select(Enterprise.phone)
            .join(Project, Project.enterprise_id == Enterprise.id)
            .where(Project.id == row.project_id)
        )
        return mobile_of(phone or "")
    way = channel_row(session, row.person_id, row.channel)
    if way is None:
        return ""
    if row.kind is MessageKind.CODE:
        return way.address
    return way.address if way.confirmed_at is not None and way.rhythm is not Rhythm.NEVER else ""


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One message as the log shows it."""

    row: MessageRow
    person: str
    project_code: str
    notices: int
    tries: tuple[MessageTryRow, ...]


def log(
    session: Session, person_id: int | None, *, state: MessageState | None = None, page: int = 1
) -> tuple[Logged, ...]:
    """The messages to one person, or to everybody where none is named, the latest first; two queries."""
    counted = (
        select(func.count())
        .where(MessageNoticeRow.message_id == MessageRow.id)
        .correlate(MessageRow)
        .scalar_subquery()
    )
    asked = (
        _asked(select(MessageRow, User, Project.code, counted), person_id, state)
        .outerjoin(User, User.id == MessageRow.person_id)
        .outerjoin(Project, Project.id == MessageRow.project_id)
        .order_by(MessageRow.id.desc())
        .limit(A_PAGE)
        .offset((page - 1) * A_PAGE)
    )
    found = session.execute(asked).all()
    tries: dict[int, list[MessageTryRow]] = {row.id: [] for row, *_ in found}
    for one in session.scalars(
        select(MessageTryRow).where(MessageTryRow.message_id.in_(tries)).order_by(MessageTryRow.number)
    ):
        tries[one.message_id].append(one)
    return tuple(
        Logged(
            row=row,
            person=full_name(user) if user else "",
            project_code=code or "",
            notices=count,
            tries=tuple(tries[row.id]),
        )
        for row, user, code, count in found
    )


def how_many(session: Session, person_id: int | None) -> dict[MessageState, int]:
    """How many messages stand in each state."""
    asked = _asked(select(MessageRow.state, func.count()), person_id, None).group_by(MessageRow.state)
    counted: dict[MessageState, int] = {row[0]: row[1] for row in session.execute(asked)}
    return {state: counted.get(state, 0) for state in MessageState}


def dead(session: Session, actor: Actor) -> int:
    """How many messages were given up and wait for somebody."""
    return how_many(session, None)[MessageState.DEAD] if actor.id is not None else 0


def sent_last_at(session: Session, person_id: int, channel: Channel, kind: MessageKind) -> datetime | None:
    """When the latest message of a kind was made for a person on a channel."""
    asked = select(func.max(MessageRow.made_at)).where(
        MessageRow.person_id == person_id, MessageRow.channel == channel, MessageRow.kind == kind
    )
    return session.scalar(asked)


def _asked(asked: Any, person_id: int | None, state: MessageState | None) -> Any:
    if person_id is not None:
        asked = asked.where(MessageRow.person_id == person_id)
    return asked.where(MessageRow.state == state) if state is not None else asked
