"""Show a link again: nobody can read the old key, so the entry gets a new one and the old one stops."""

from __future__ import annotations

from flask import current_app

from concierge.desk.events import LinkShownAgain
from concierge.desk.models.links import LinkRow
from concierge.desk.rules.links import PREFIX, USUAL_DAYS, LinkNotOpen, last_day
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import work


def show_link_again(link_id: int, *, version: int | None = None, by: Actor) -> Minted:
    """Give a link a new key, and the usual time again if it has less left.

    Raises: Missing, Stale; LinkNotOpen.
    Effects: the key of before, and every page open with it, stops at once; tells ``LinkShownAgain``.
    """
    with work(by) as w:
        row = w.get(LinkRow, link_id, version=version)
        if row.revoked_at is not None:
            raise LinkNotOpen
        minted = mint(PREFIX, current_app.config["SECRET_KEY"])
        row.token_hash, row.hint, row.handle = minted.token_hash, minted.hint, minted.handle
        row.expires_on = max(row.expires_on, last_day(USUAL_DAYS, clock.today()))
        row.asked_again_at = None
        w.record(
            LinkShownAgain(row.id, row.project_id, row.department, row.recipient, row.hint, row.expires_on)
        )
        return minted
