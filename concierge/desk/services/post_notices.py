"""Put notices into messages: by which channels, when, and together with what waits already."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from approvals.queries.catalogue import work_calendar
from concierge.desk.models.channels import ChannelRow
from concierge.desk.models.messages import MessageNoticeRow, MessageRow
from concierge.desk.models.notices import NoticeRow
from concierge.desk.queries.channels import Reached, reached
from concierge.desk.rules.channels import Channel, MessageKind, MessageState, near_until, prompts
from concierge.desk.rules.pressing import IN_MORNING, due_day, is_pressing
from concierge.kernel import clock
from concierge.kernel.addresses import address_hint
from concierge.kernel.work import Work

SEND = "concierge.desk.tasks:send_message"
TOGETHER = timedelta(seconds=60)
"""How long a notice waits for others: one act often tells several."""
STAY_INSIDE = frozenset({"message_died"})
"""What a channel that fails must not be told about."""


def post(w: Work, notices: Sequence[NoticeRow]) -> None:
    """Put new notices into the messages that go out at once; the rest waits for the morning.

    Effects: adds messages, or adds to one that has not gone out yet; nothing is sent here.
    """
    going = [one for one in notices if one.text not in STAY_INSIDE]
    ways = reached(w.session, {one.person_id for one in going})
    for one in going:
        way = ways.get(one.person_id)
        if way is None:
            continue
        reaches = [row.facts() for row in way.rows]
        pressing, in_morning = _is_pressing(w, one), one.text in IN_MORNING
        for channel in prompts(reaches, is_pressing=pressing, is_in_morning=in_morning):
            put(w, MessageKind.PROMPT, way, channel, [one.id])


def put(w: Work, kind: MessageKind, way: Reached, channel: Channel, notice_ids: Collection[int]) -> None:
    """Put notices into a person's next message of a kind on a channel, unless they went that way before."""
    gone = select(MessageNoticeRow.notice_id).where(
        MessageNoticeRow.channel == channel, MessageNoticeRow.notice_id.in_(notice_ids)
    )
    new = sorted(set(notice_ids) - set(w.session.scalars(gone)))
    if not new:
        return
    row = next(row for row in way.rows if row.channel is channel)
    message = _waiting(w, row, kind) or add_message(
        w,
        row,
        kind,
        occasion=f"{kind.value}:{channel.value}:{new[0]}",
        at=way.hours.first_moment(clock.now() + TOGETHER),
    )
    for notice_id in new:
        w.add(MessageNoticeRow(message_id=message.id, notice_id=notice_id, channel=channel))


def add_message(
    w: Work, row: ChannelRow, kind: MessageKind, *, occasion: str, at: datetime, facts: object = None
) -> MessageRow:
    """Add one message to a person's address, and the job that sends it.

    Units: ``at`` is the first moment at which it may go out.
    """
    message = w.add(
        MessageRow(
            person_id=row.person_id,
            channel=row.channel,
            kind=kind,
            occasion=occasion,
            hint=address_hint(row.address),
            facts=json.dumps(facts or {}, ensure_ascii=False, sort_keys=True),
            not_before_at=at,
            made_at=clock.now(),
            attempts=0,
        )
    )
    send_at(w, message)
    return message


def send_at(w: Work, message: MessageRow) -> None:
    """Have a message sent at its time: the next attempt, once."""
    rest = max(message.not_before_at - clock.now(), timedelta())
    key = f"message:{message.id}:{message.attempts + 1}"
    w.enqueue(SEND, dedupe_key=key, after=rest, message_id=message.id)


def _waiting(w: Work, row: ChannelRow, kind: MessageKind) -> MessageRow | None:
    """The message of this kind that waits for its first attempt, if one does."""
    asked = select(MessageRow).where(
        MessageRow.person_id == row.person_id,
        MessageRow.channel == row.channel,
        MessageRow.kind == kind,
        MessageRow.state == MessageState.WAITING,
        MessageRow.attempts == 0,
    )
    return w.session.scalars(asked.order_by(MessageRow.id.desc()).limit(1)).first()


def _is_pressing(w: Work, notice: NoticeRow) -> bool:
    facts = json.loads(notice.facts)
    today = clock.today()
    if due_day(notice.text, facts) is None:
        return is_pressing(notice.text, facts, today)
    return is_pressing(notice.text, facts, near_until(today, work_calendar(w.session).next_workday(today)))
