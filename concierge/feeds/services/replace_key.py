"""Give a calendar address a new key; the old one opens for another day."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from concierge.feeds.events import FeedKeyReplaced
from concierge.feeds.models import FeedKeyRow
from concierge.feeds.rules.feed import OVERLAP, PREFIX
from concierge.feeds.services.make_feed import add_key
from concierge.feeds.services.stop_feed import own_feed
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import work


def replace_key(feed_id: int, *, version: int, by: Actor) -> Minted:
    """A new key for an address of one's own; told once.

    Raises: Missing, for somebody else's; Stale; FeedStopped.
    Effects: keys of before end a day from now, those that would end sooner then; tells ``FeedKeyReplaced``.
    Source: FE-13.
    """
    with work(by) as w:
        row = own_feed(w, feed_id, version=version)
        minted, now = mint(PREFIX, current_app.config["SECRET_KEY"]), clock.now()
        old = select(FeedKeyRow).where(FeedKeyRow.feed_id == row.id, FeedKeyRow.replaced_at.is_(None))
        for key in w.session.scalars(old):
            key.replaced_at, key.ends_at = now, min(key.ends_at, now + OVERLAP)
        add_key(w, row, minted)
        flag_modified(row, "device")  # a form sent twice is stale the second time
        w.record(
            FeedKeyReplaced(feed_id=row.id, device=row.device, hint=minted.hint, project_id=row.project_id)
        )
        return minted
