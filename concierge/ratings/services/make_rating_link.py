"""Make the link to the form for one service; its key is told once, here, and never again."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import Work, work
from concierge.ratings.events import RatingLinkMade
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.rules.rating import LINK_DAYS, PREFIX, RatedBefore, RatingTaken


def make_rating_link(occasion_id: int, *, version: int | None = None, by: Actor) -> Minted:
    """The key of a link to the form; the link before it opens nothing any more.

    Raises: Missing, Stale; RatedBefore, RatingTaken.
    Effects: tells ``RatingLinkMade``, without the key.
    """
    with work(by) as w:
        return make_key(w, occasion_id, version=version)


def make_key(w: Work, occasion_id: int, *, version: int | None = None) -> Minted:
    """The same in the caller's work: for a channel that sends the link itself.

    Raises: as ``make_rating_link``.
    """
    row = w.get(OccasionRow, occasion_id, version=version)
    rated_on = w.session.scalar(select(RatingRow.given_on).where(RatingRow.occasion_id == row.id))
    if rated_on is not None:
        raise RatedBefore(day=rated_on.isoformat())
    if row.withdrawn_at is not None:
        raise RatingTaken
    minted = mint(PREFIX, current_app.config["SECRET_KEY"])
    row.token_hash, row.hint = minted.token_hash, minted.hint
    row.link_made_at, row.link_made_by = clock.now(), w.by.label
    row.expires_on = max(row.expires_on, clock.today() + timedelta(days=LINK_DAYS))
    w.session.flush()
    w.record(
        RatingLinkMade(
            occasion_id=row.id, project_id=row.project_id, hint=minted.hint, expires_on=row.expires_on
        )
    )
    return minted
