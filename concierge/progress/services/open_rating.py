"""Open from a progress link the form for rating one finished service."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from concierge.progress.rules.incoming import LinkMayNotSend
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER
from concierge.ratings.models.rating import OccasionRow
from concierge.ratings.queries.rateable import SEAL_SIGNS
from concierge.ratings.services.make_rating_link import make_key


def open_rating(link: ProgressLink, occasion: str, *, by: Actor = HOLDER) -> tuple[str, str]:
    """The handle of the occasion and the seal a visit to its form begins with.

    Shape: a link that was handed out for it before stays good; without one a key is made that nobody is told.
    Raises: Missing, for an occasion of another project; LinkMayNotSend; RatedBefore, RatingTaken.
    Source: RT-1.
    """
    if not link.may_rate:
        raise LinkMayNotSend
    with work(by) as w:
        asked = select(OccasionRow).where(
            OccasionRow.handle == occasion,
            OccasionRow.project_id == link.project_id,
            OccasionRow.expires_on >= clock.today(),
        )
        row = w.session.scalar(asked.with_for_update())
        if row is None:
            raise Missing
        if row.token_hash is None:
            make_key(w, row.id)
        return row.handle, str(row.token_hash)[:SEAL_SIGNS]
