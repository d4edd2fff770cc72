"""Open a link by its key, and go on with it where its key no longer stands in the address."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from concierge.desk.models.links import LinkOpeningRow, LinkRow
from concierge.desk.queries.links import still_open
from concierge.desk.rules.links import PREFIX, DepartmentLink
from concierge.kernel import clock, tokens
from concierge.kernel.actor import SYSTEM
from concierge.kernel.clients import client_family
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work

MOST_OPENINGS_LOGGED = 500


@dataclass(frozen=True)
class Visitor:
    """Who opens a link, as far as it is looked at: the program's name, and the network it comes from."""

    program: str
    address: str


def open_link(token: str, visitor: Visitor) -> DepartmentLink:
    """The link of a key; its opening is written down.

    Raises: Missing for an unknown, mistyped or revoked key, all alike; LinkExpired.
    Effects: one line in the log of openings, nothing else: the link may be opened again and again.
    """
    if not tokens.is_whole(token, PREFIX):
        raise Missing
    wanted = tokens.hashed(token, current_app.config["SECRET_KEY"])
    with work(SYSTEM) as w:
        row = w.session.execute(
            select(LinkRow).where(LinkRow.token_hash == wanted).with_for_update()
        ).scalar_one_or_none()
        link = still_open(row)
        if row is not None:
            _log(w, row, visitor)
        return link


def _log(w: Work, row: LinkRow, visitor: Visitor) -> None:
    now = clock.now()
    device = _device(row, visitor)
    seen = select(LinkOpeningRow.id).where(LinkOpeningRow.link_id == row.id)
    is_first = row.opened_count == 0
    is_new = not is_first and w.session.scalar(seen.where(LinkOpeningRow.device == device).limit(1)) is None
    if row.opened_count < MOST_OPENINGS_LOGGED or is_new:
        w.session.add(
            LinkOpeningRow(
                link_id=row.id,
                at=now,
                client=client_family(visitor.program),
                device=device,
                is_new_device=is_new,
            )
        )
    row.opened_count += 1
    row.last_opened_at = now


def _device(row: LinkRow, visitor: Visitor) -> str:
    """A sign by which a device is known again, for this link only. No address can be read from it."""
    network = visitor.address.rpartition("." if "." in visitor.address else ":")[0]
    key = current_app.config["SECRET_KEY"].encode()
    text = f"{row.id}|{network}|{visitor.program}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]
