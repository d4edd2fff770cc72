"""Keep the one more word after the answer to a negative rating (追评)."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.ratings.events import RatedAgain
from concierge.ratings.models.rating import FollowUpRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.rating import Level, NoMoreWord, checked_length


def rate_again(rating_id: int, level: Level, words: str, *, by: Actor) -> int:
    """Keep a follow-up rating; the first rating stays as it was.

    Raises: Missing; NoMoreWord, before the answer or after the one follow-up; TooManyWords.
    Source: RT-5; the one follow-up is the habit of 四川 and 浙江.
    """
    with work(by) as w:
        rating = w.get(RatingRow, rating_id)
        answered_on = w.session.scalar(
            select(RedressRow.rectified_on).where(
                RedressRow.rating_id == rating_id, RedressRow.set_aside_on.is_(None)
            )
        )
        known = w.session.scalar(select(FollowUpRow.id).where(FollowUpRow.rating_id == rating_id))
        if answered_on is None or known is not None:
            raise NoMoreWord
        row = w.add(
            FollowUpRow(
                rating_id=rating_id,
                level=level,
                words=checked_length(words),
                given_on=clock.today(),
                given_at=clock.now(),
            )
        )
        w.record(
            RatedAgain(
                rating_id=rating_id,
                project_id=rating.project_id,
                department=rating.department,
                level=level.value,
                on=clock.today(),
            )
        )
        return row.id
