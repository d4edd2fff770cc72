"""Write down what came of an attempt to send a message, and what follows: done, later, or given up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from concierge.desk.events import MessageDied
from concierge.desk.models.channels import ChannelRow
from concierge.desk.models.messages import MessageNoticeRow, MessageRow, MessageTryRow
from concierge.desk.queries.channels import NOBODY, channel_row, reached
from concierge.desk.queries.messages import letter_of
from concierge.desk.rules.channels import CODES, LETTERS, MessageKind, MessageState, TryOutcome
from concierge.desk.rules.pressing import pause_after
from concierge.desk.services.post_notices import add_message, send_at
from concierge.desk.services.write_to_enterprise import keep_told
from concierge.kernel import clock, letters
from concierge.kernel.tokens import hashed
from concierge.kernel.work import Work

CODE_GOOD_FOR = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt. Shape: ``code`` is what was sent to prove an address. Units: ``took_ms`` milliseconds."""

    number: int
    outcome: TryOutcome
    took_ms: int = 0
    reference: str = ""
    why: str = ""
    code: str = ""


def settle(w: Work, message_id: int, attempt: Attempt, notice_ids: Collection[int]) -> None:
    """Write down an attempt that was made; one written down before changes nothing.

    Shape: ``notice_ids`` are the notices it spoke of; others that joined meanwhile get another message.
    Effects: the message is sent, rests before the next attempt, or is given up; tells ``MessageDied``.
    """
    row = w.get(MessageRow, message_id)
    if row.state is not MessageState.WAITING or row.attempts >= attempt.number:
        return
    w.add(
        MessageTryRow(
            message_id=row.id,
            number=attempt.number,
            at=clock.now(),
            outcome=attempt.outcome,
            why=attempt.why,
            took_ms=attempt.took_ms,
        )
    )
    row.attempts, row.why = attempt.number, attempt.why
    if attempt.outcome is TryOutcome.TAKEN:
        _sent(w, row, attempt, notice_ids)
        return
    is_code = row.kind in CODES
    pause = pause_after(attempt.number, is_code=is_code) if attempt.outcome is TryOutcome.LATER else None
    if pause is None:
        _die(w, row, is_refused=attempt.outcome is TryOutcome.REFUSED)
        return
    hours = reached(w.session, [row.person_id or 0]).get(row.person_id or 0, NOBODY).hours
    row.not_before_at = hours.first_moment(clock.now() + pause)
    send_at(w, row)


def drop(w: Work, message_id: int) -> None:
    """Settle a message that has nothing left to say, or nobody to say it to."""
    row = w.get(MessageRow, message_id)
    if row.state is MessageState.WAITING:
        row.state, row.settled_at = MessageState.DROPPED, clock.now()
        _forget(w, row)


def code_hash(row: ChannelRow, code: str) -> str:
    """What is kept of a code: good for this person and this address only."""
    key = f"{row.person_id}:{row.channel.value}:{row.address}:{code}"
    return hashed(key, current_app.config["SECRET_KEY"])


def _sent(w: Work, row: MessageRow, attempt: Attempt, notice_ids: Collection[int]) -> None:
    row.state, row.settled_at, row.reference = MessageState.SENT, clock.now(), attempt.reference
    row.why = ""
    _forget(w, row)
    if row.kind is MessageKind.SUBSTITUTION:
        keep_told(w, row)
    way = channel_row(w.session, row.person_id, row.channel)
    if way is None:
        return
    if attempt.code:
        way.code_hash, way.code_until = code_hash(way, attempt.code), clock.now() + CODE_GOOD_FOR
        way.code_tries = 0
    joined = w.session.scalars(
        select(MessageNoticeRow)
        .where(MessageNoticeRow.message_id == row.id, MessageNoticeRow.notice_id.not_in(notice_ids))
        .order_by(MessageNoticeRow.notice_id)
    ).all()
    if joined:
        occasion = f"{row.kind.value}:{row.channel.value}:{joined[0].notice_id}:late"
        message = add_message(w, way, row.kind, occasion=occasion, at=clock.now())
        for one in joined:
            one.message_id = message.id


def _forget(w: Work, row: MessageRow) -> None:
    """A letter that was carried or given up is kept no longer."""
    if row.kind in LETTERS:
        letters.forget(w, letter_of(row))


def _die(w: Work, row: MessageRow, *, is_refused: bool) -> None:
    row.state, row.settled_at = MessageState.DEAD, clock.now()
    _forget(w, row)
    way = channel_row(w.session, row.person_id, row.channel)
    if is_refused and way is not None and row.kind is not MessageKind.SUBSTITUTION:
        way.confirmed_at = None  # nothing more goes there until its owner proves it again
    w.record(
        MessageDied(
            message_id=row.id,
            person_id=row.person_id,
            project_id=row.project_id,
            channel=row.channel.value,
            why=row.why,
        )
    )
