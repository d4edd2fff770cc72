"""Make a progress link for one person; its key is told once, here, and never again."""

from __future__ import annotations

import base64
import hashlib
import hmac

from flask import current_app

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.addresses import is_mobile
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import Work, work
from concierge.outreach.rules.personal import Personal
from concierge.outreach.services.sealer import sealer
from concierge.progress.events import ProgressLinkMade
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.queries.links import project_end
from concierge.progress.rules.links import (
    LONGEST_NAME,
    PREFIX,
    TAIL_SIGNS,
    LinkTerms,
    NoTailToAsk,
    RecipientMissing,
    checked_address,
    checked_last_day,
    usual_last_day,
)
from projects.models.project import Project


def make_link(asked: LinkTerms, *, by: Actor) -> tuple[int, Minted]:
    """Make a link for one recipient; answers its number and its key.

    Raises: Missing; RecipientMissing, AddressUnknown, NoTailToAsk, LastDayOutOfRange.
    Effects: tells ``ProgressLinkMade``, without the key and without the address.
    """
    with work(by) as w:
        return make(w, asked)


def make(w: Work, asked: LinkTerms) -> tuple[int, Minted]:
    """The same in the caller's work."""
    project = w.get(Project, asked.project_id)
    recipient = asked.recipient.strip()[:LONGEST_NAME]
    if not recipient:
        raise RecipientMissing(field="recipient")
    address = checked_address(asked.address)
    if asked.asks_tail and not is_mobile(address):
        raise NoTailToAsk(field="address")
    today = clock.today()
    last_on = checked_last_day(asked.last_on or usual_last_day(project_end(w.session, project), today), today)
    minted = mint(PREFIX, current_app.config["SECRET_KEY"])
    row = w.add(
        ProgressLinkRow(
            project_id=project.id,
            opens=asked.opens,
            recipient=recipient,
            kind=asked.kind,
            address_sealed=sealed_address(recipient, address),
            tail_hash=tail_hash(address[-TAIL_SIGNS:], minted.handle) if asked.asks_tail else "",
            may_upload=asked.may_upload,
            may_rate=asked.may_rate,
            asks_tail=asked.asks_tail,
            hint=minted.hint,
            token_hash=minted.token_hash,
            handle=minted.handle,
            made_by_id=w.by.id,
            made_by=w.by.label,
            made_at=clock.now(),
            expires_on=last_on,
        )
    )
    w.record(
        ProgressLinkMade(row.id, row.project_id, row.opens.value, row.recipient, row.hint, row.expires_on)
    )
    return row.id, minted


def sealed_address(recipient: str, address: str) -> str:
    """An address as it is kept: sealed; empty for none."""
    if not address:
        return ""
    return base64.b64encode(sealer().seal(Personal(name=recipient, phone=address))).decode()


def address_of(row: ProgressLinkRow) -> str:
    """The address a link's messages go to; empty for none."""
    if not row.address_sealed:
        return ""
    return sealer().open(base64.b64decode(row.address_sealed)).phone


def tail_hash(tail: str, handle: str) -> str:
    """What is kept of the last digits a link asks for; good for this link only."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"tail|{handle}|{tail}".encode(), hashlib.sha256).hexdigest()
