"""Subscribe to the milestones of a project by a link; confirm it; stop it with one tap."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select

from concierge.kernel import clock, letters, tokens
from concierge.kernel.actor import Actor
from concierge.kernel.addresses import address_hint
from concierge.kernel.errors import Missing
from concierge.kernel.tokens import Minted, hashed, mint
from concierge.kernel.work import Work, work
from concierge.progress.events import MilestonesStopped, MilestonesSubscribed
from concierge.progress.models.acts import SubscriptionRow
from concierge.progress.rules.acts import TellingWay
from concierge.progress.rules.codes import check_another
from concierge.progress.rules.links import ProgressLink
from concierge.progress.rules.subscribing import (
    KEY_PREFIX,
    MOST_OPEN,
    TooManyWays,
    WayNotOpen,
    address_for,
    check_confirming,
)
from concierge.progress.services.keep_incoming import HOLDER
from concierge.progress.services.sms_code import A_DAY, is_code, refusal_of, send_code

MAIL = "mail"
CONFIRMING = "confirming"
PLACE = "/p/milestones"
"""Where the pages of these keys are: letters are written by jobs too, which have no request to build from."""


def subscribe(
    link: ProgressLink, way: TellingWay, typed: str, *, lang: str = "zh", by: Actor = HOLDER
) -> Minted:
    """Ask to be told of milestones one way; a calendar stands at once, the others wait to be confirmed.

    Shape: the key answered is that of a calendar's address; for a mail it went there, for SMS nobody has it.
    Raises: AddressNeeded, AddressUnknown, WayNotOpen, TooManyWays, CodeTooSoon, TooManyCodes.
    Effects: leaves a letter with a code or a key to confirm with.
    Source: PL-12.
    """
    address = address_for(way, typed)
    if way is not TellingWay.CALENDAR and not letters.can_carry(way.value):
        raise WayNotOpen
    with work(by) as w:
        _check_room(w, link)
        minted = mint(KEY_PREFIX, current_app.config["SECRET_KEY"])
        now = clock.now()
        row = w.add(
            SubscriptionRow(
                project_id=link.project_id,
                link_id=link.id,
                way=way,
                language=lang,
                sealed=letters.seal_text(address) if address else None,
                address_hash=address_hash(address) if address else "",
                hint=address_hint(address),
                handle=minted.handle,
                key_hash=minted.token_hash,
                made_at=now,
                confirmed_at=now if way is TellingWay.CALENDAR else None,
                code_tries=0,
            )
        )
        if way is TellingWay.SMS:
            send_code(w, row, f"subscription:{row.id}", address)
        elif way is TellingWay.MAIL:
            _send_key(w, row, address, minted)
        else:
            w.record(MilestonesSubscribed(row.id, row.project_id, row.way.value))
        return minted


def confirm_by_code(link: ProgressLink, handle: str, code: str, *, by: Actor = HOLDER) -> None:
    """Confirm a number with the code that came. Raises: Missing; CodeEnded, CodeWrong. Source: PL-12."""
    with work(by) as w:
        row = _own(w, link, handle)
        if row.confirmed_at is not None:
            return
        is_right = is_code(row, f"subscription:{row.id}", code)
        if is_right:
            _confirm(w, row)
        tries = row.code_tries
    if not is_right:
        raise refusal_of(tries)


def confirm_by_key(token: str, *, by: Actor = HOLDER) -> None:
    """Confirm a mail address with the key that went there, once or again.

    Raises: Missing, for an unknown or stopped one; ConfirmedTooLate.
    Source: PL-12.
    """
    with work(by) as w:
        asked = select(SubscriptionRow).where(
            SubscriptionRow.key_hash == key_hash(token), SubscriptionRow.way == TellingWay.MAIL
        )
        row = w.session.scalar(asked.with_for_update())
        if row is None or row.stopped_at is not None:
            raise Missing
        if row.confirmed_at is None:
            check_confirming(row.made_at, clock.now())
            _confirm(w, row)


def stop_by_link(link: ProgressLink, handle: str, *, by: Actor = HOLDER) -> None:
    """Stop one way from the progress page. Raises: Missing."""
    with work(by) as w:
        _stop(w, _own(w, link, handle))


def stop_by_mail(signed: str, *, by: Actor = HOLDER) -> None:
    """Stop with what stands at the foot of each mail; twice is once. Raises: Missing. Source: PL-12."""
    with work(by) as w:
        asked = select(SubscriptionRow).where(SubscriptionRow.handle == handle_of(signed))
        row = w.session.scalar(asked.with_for_update())
        if row is None:
            raise Missing
        _stop(w, row)


def stop_address(handle: str) -> str:
    """The address in a mail with which its reader stops it; it opens nothing else."""
    base = current_app.config["CONCIERGE"].base_url
    return f"{base}{PLACE}/stop/{_signer().dumps(handle)}"


def handle_of(signed: str) -> str:
    """The subscription such an address is for. Raises: Missing."""
    try:
        return str(_signer().loads(signed))
    except BadSignature:
        raise Missing from None


def key_hash(token: str) -> str:
    """What is kept of a key. Raises: Missing, for what was never one."""
    if not tokens.is_whole(token, KEY_PREFIX):
        raise Missing
    return hashed(token, current_app.config["SECRET_KEY"])


def address_hash(address: str) -> str:
    """What an address is known again by."""
    return hashed(f"milestones:{address}", current_app.config["SECRET_KEY"])


def _check_room(w: Work, link: ProgressLink) -> None:
    now = clock.now()
    mine = select(func.count(SubscriptionRow.id)).where(
        SubscriptionRow.link_id == link.id, SubscriptionRow.stopped_at.is_(None)
    )
    if (w.session.scalar(mine) or 0) >= MOST_OPEN:
        raise TooManyWays(most=MOST_OPEN)
    lately = select(SubscriptionRow.made_at).where(
        SubscriptionRow.link_id == link.id,
        SubscriptionRow.made_at >= now - A_DAY,
        SubscriptionRow.way != TellingWay.CALENDAR,
    )
    made = w.session.scalars(lately.order_by(SubscriptionRow.made_at.desc())).all()
    check_another(made[0] if made else None, len(made), now)


def _send_key(w: Work, row: SubscriptionRow, address: str, minted: Minted) -> None:
    base = current_app.config["CONCIERGE"].base_url
    where = f"{base}{PLACE}/confirm/{minted.token}"
    letter = letters.Letter(
        to=address,
        subject=gettext("Confirm: milestones of your project"),
        text=gettext(
            "Somebody with a progress link of your project wants to be told of its milestones at this"
            " address. If it was you, open this page and confirm:\n%(where)s\nIf it was not, do nothing: no"
            " more mail comes.",
            where=where,
        ),
    )
    letters.leave(
        w,
        letter,
        way=MAIL,
        kind=CONFIRMING,
        occasion=f"subscription:{row.id}",
        hint=row.hint,
        project_id=row.project_id,
    )


def _confirm(w: Work, row: SubscriptionRow) -> None:
    row.confirmed_at = clock.now()
    w.record(MilestonesSubscribed(row.id, row.project_id, row.way.value))


def _stop(w: Work, row: SubscriptionRow) -> None:
    if row.stopped_at is None:
        row.stopped_at, row.sealed = clock.now(), None
        w.record(MilestonesStopped(row.id, row.project_id, row.way.value))


def _own(w: Work, link: ProgressLink, handle: str) -> SubscriptionRow:
    asked = select(SubscriptionRow).where(
        SubscriptionRow.handle == handle,
        SubscriptionRow.link_id == link.id,
        SubscriptionRow.stopped_at.is_(None),
    )
    row = w.session.scalar(asked.with_for_update())
    if row is None:
        raise Missing
    return row


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stop telling milestones")
