"""Open a progress link by its key, write the opening down, and remember what the visit before showed."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock, tokens
from concierge.kernel.actor import SYSTEM
from concierge.kernel.clients import client_family
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.progress.models.links import ProgressLinkRow, ProgressOpeningRow
from concierge.progress.queries.links import start_forecast, still_open
from concierge.progress.rules.links import PREFIX, ProgressLink, is_new_visit

MOST_OPENINGS_LOGGED = 500


@dataclass(frozen=True)
class Visitor:
    """Who opens a link, as far as it is looked at: the program's name, and the network it comes from."""

    program: str
    address: str


def open_link(token: str, visitor: Visitor) -> ProgressLink:
    """The link of a key; its opening is written down.

    Raises: Missing for an unknown, mistyped or revoked key, all alike; ProgressLinkExpired.
    Effects: one line in the log of openings; the day of start this visit shows is kept, that of the visit
        before is what the page compares with.
    Source: PL-2, PL-5, PL-10.
    """
    if not tokens.is_whole(token, PREFIX):
        raise Missing
    wanted = tokens.hashed(token, current_app.config["SECRET_KEY"])
    with work(SYSTEM) as w:
        row = w.session.execute(
            select(ProgressLinkRow).where(ProgressLinkRow.token_hash == wanted).with_for_update()
        ).scalar_one_or_none()
        still_open(row)
        if row is None:  # still_open refused it already
            raise Missing
        _log(w, row, visitor)
        _remember(w, row)
        return row.facts()


def _log(w: Work, row: ProgressLinkRow, visitor: Visitor) -> None:
    now = clock.now()
    device = _device(row, visitor)
    seen = select(ProgressOpeningRow.id).where(ProgressOpeningRow.link_id == row.id)
    is_first = row.opened_count == 0
    is_new = (
        not is_first and w.session.scalar(seen.where(ProgressOpeningRow.device == device).limit(1)) is None
    )
    if row.opened_count < MOST_OPENINGS_LOGGED or is_new:
        w.session.add(
            ProgressOpeningRow(
                link_id=row.id,
                at=now,
                client=client_family(visitor.program),
                device=device,
                is_new_device=is_new,
            )
        )
    row.opened_count += 1
    row.last_opened_at = now


def _remember(w: Work, row: ProgressLinkRow) -> None:
    now = clock.now()
    if is_new_visit(row.seen_at, now):
        row.before_at, row.before_start_on = row.seen_at, row.seen_start_on
    row.seen_at, row.seen_start_on = now, start_forecast(w.session, row.project_id)


def _device(row: ProgressLinkRow, visitor: Visitor) -> str:
    """A sign by which a device is known again, for this link only. No address can be read from it."""
    network = visitor.address.rpartition("." if "." in visitor.address else ":")[0]
    key = current_app.config["SECRET_KEY"].encode()
    text = f"progress|{row.id}|{network}|{visitor.program}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]
