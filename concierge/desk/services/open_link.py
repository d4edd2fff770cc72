"""Open a link by its key, and go on with it where its key no longer stands in the address."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from concierge.desk.models.links import LinkOpeningRow, LinkRow
from concierge.desk.queries.links import still_open
from concierge.desk.rules.links import PREFIX, DepartmentLink
from concierge.kernel import tokens
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.openings import Visitor, log_opening
from concierge.kernel.work import work


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
            log_opening(w, row, LinkOpeningRow, visitor)
        return link
