"""Keep how a person is reached: an address on a channel, proved by a code, and the hours of quiet."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import func, select

from concierge.desk.events import ChannelConfirmed, ChannelKept, ChannelRemoved, HoursKept
from concierge.desk.models.channels import ChannelRow, HoursRow
from concierge.desk.models.messages import MessageRow
from concierge.desk.queries.channels import channel_row, set_up
from concierge.desk.rules.channels import Channel, Hours, MessageKind, Rhythm, address_of
from concierge.desk.services.post_notices import add_message
from concierge.desk.services.settle_message import code_hash
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing, Refusal
from concierge.kernel.work import Work, work

MOST_CODES = 3
CODES_WITHIN = timedelta(hours=1)
MOST_TRIES = 5


class ChannelNotSetUp(Refusal):
    """A channel was chosen that this system cannot send by."""

    message = N_("This channel is not set up here. Ask the administrator, or choose another.")


class TooManyChannelCodes(Refusal):
    """Codes were asked for again and again."""

    message = N_("%(most)s codes were sent within the hour. Look at the last one, or try again in an hour.")


class ChannelCodeWrong(Invalid):
    """The code typed is not the one that was sent."""

    field = "code"
    message = N_("This is not the code that was sent last. Tries left: %(left)s.")


class CodeOver(Invalid):
    """The code is too old, was tried too often, or was never sent."""

    field = "code"
    message = N_("No code is open for this address. Have a new one sent.")


def keep_channel(channel: Channel, typed: str, rhythm: Rhythm, *, by: Actor) -> bool:
    """Keep one's own address on a channel, and how often it may speak; answers whether a code was sent.

    Raises: ChannelNotSetUp; AddressWrong; TooManyChannelCodes.
    Effects: tells ``ChannelKept``, without the address.
    """
    if channel not in set_up():
        raise ChannelNotSetUp
    address = address_of(channel, typed)
    with work(by) as w:
        row = channel_row(w.session, by.id, channel)
        is_new = row is None or row.address != address
        if row is None:
            row = ChannelRow(person_id=by.id, channel=channel, address=address, rhythm=rhythm)
            w.add(row)
        row.rhythm = rhythm
        if is_new:
            row.address, row.confirmed_at, row.code_hash, row.code_until = address, None, None, None
            _send_code(w, row)
        w.record(ChannelKept(person_id=row.person_id, channel=channel.value, rhythm=rhythm.value))
    return is_new


def send_code(channel: Channel, *, by: Actor) -> None:
    """Send a new code to one's own address.

    Raises: Missing; ChannelNotSetUp; TooManyChannelCodes.
    """
    if channel not in set_up():
        raise ChannelNotSetUp
    with work(by) as w:
        _send_code(w, _own(w, channel, by))


def confirm_channel(channel: Channel, code: str, *, by: Actor) -> None:
    """Prove one's own address by the code that was sent there.

    Raises: Missing; CodeOver; ChannelCodeWrong, which uses up one of ``MOST_TRIES`` tries.
    Effects: tells ``ChannelConfirmed``.
    """
    with work(by) as w:
        row = _own(w, channel, by)
        is_open = row.code_until is not None and clock.now() <= row.code_until and row.code_tries < MOST_TRIES
        if not is_open or row.code_hash is None:
            raise CodeOver
        is_right = hmac.compare_digest(code_hash(row, code.strip()), row.code_hash)
        if is_right:
            row.confirmed_at, row.code_hash, row.code_until = clock.now(), None, None
            w.record(ChannelConfirmed(person_id=row.person_id, channel=channel.value))
        else:
            row.code_tries += 1
            left = MOST_TRIES - row.code_tries
    if not is_right:
        raise ChannelCodeWrong(left=left)  # after the work: the try counts


def remove_channel(channel: Channel, *, by: Actor) -> None:
    """Take one's own address away; messages that wait for it are dropped when their turn comes.

    Raises: Missing.
    Effects: tells ``ChannelRemoved``.
    """
    with work(by) as w:
        row = _own(w, channel, by)
        w.session.delete(row)
        w.record(ChannelRemoved(person_id=row.person_id, channel=channel.value))


def keep_hours(hours: Hours, *, by: Actor) -> None:
    """Keep one's own hours of quiet and the hour of the morning message.

    Effects: tells ``HoursKept``.
    """
    with work(by) as w:
        row = w.session.get(HoursRow, by.id)
        if row is None:
            row = HoursRow(
                person_id=by.id,
                quiet_from=hours.quiet_from,
                quiet_until=hours.quiet_until,
                digest_at=hours.digest_at,
            )
            w.add(row)
        row.quiet_from, row.quiet_until, row.digest_at = hours.quiet_from, hours.quiet_until, hours.digest_at
        w.record(
            HoursKept(
                person_id=row.person_id,
                quiet_from=hours.quiet_from,
                quiet_until=hours.quiet_until,
                digest_at=hours.digest_at,
            )
        )


def _own(w: Work, channel: Channel, by: Actor) -> ChannelRow:
    row = channel_row(w.session, by.id, channel)
    if row is None:
        raise Missing
    return row


def _send_code(w: Work, row: ChannelRow) -> None:
    lately = select(func.count()).where(
        MessageRow.person_id == row.person_id,
        MessageRow.channel == row.channel,
        MessageRow.kind == MessageKind.CODE,
        MessageRow.made_at > clock.now() - CODES_WITHIN,
    )
    if w.session.execute(lately).scalar_one() >= MOST_CODES:
        raise TooManyChannelCodes(most=MOST_CODES)
    add_message(w, row, MessageKind.CODE, occasion=f"code:{secrets.token_hex(12)}", at=clock.now())
