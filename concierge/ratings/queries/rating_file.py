"""Everything about one rating, for those who follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.ratings.models.rating import FollowUpRow, OccasionRow, RatedPersonRow, RatingRow
from concierge.ratings.models.redress import ContactRow, RatingAppealRow, RedressRow
from concierge.ratings.queries.published import reasons_of
from concierge.ratings.rules.rating import Reason


@dataclass(frozen=True, kw_only=True)
class RatingFile:
    """One rating with what followed it. Shape: ``redress`` is None for one that is not negative."""

    rating: RatingRow
    occasion: OccasionRow
    reasons: tuple[Reason, ...]
    people: Sequence[RatedPersonRow]
    redress: RedressRow | None
    contacts: Sequence[ContactRow]
    appeal: RatingAppealRow | None
    again: FollowUpRow | None


def rating_file(session: Session, actor: Actor, rating_id: int) -> RatingFile:
    """One rating in a person's charge; four queries.

    Raises: Missing.
    """
    found = session.execute(
        select(RatingRow, OccasionRow, RedressRow, RatingAppealRow, FollowUpRow)
        .join(OccasionRow, OccasionRow.id == RatingRow.occasion_id)
        .outerjoin(RedressRow, RedressRow.rating_id == RatingRow.id)
        .outerjoin(RatingAppealRow, RatingAppealRow.rating_id == RatingRow.id)
        .outerjoin(FollowUpRow, FollowUpRow.rating_id == RatingRow.id)
        .where(
            RatingRow.id == rating_id,
            or_(RatingRow.project_id.is_(None), within(actor, RatingRow.project_id)),
        )
    ).first()
    if found is None:
        raise Missing
    rating, occasion, redress, appeal, again = found
    people = session.scalars(
        select(RatedPersonRow).where(RatedPersonRow.occasion_id == occasion.id).order_by(RatedPersonRow.post)
    ).all()
    contacts = (
        session.scalars(select(ContactRow).where(ContactRow.redress_id == redress.id).order_by(ContactRow.id))
        if redress is not None
        else ()
    )
    return RatingFile(
        rating=rating,
        occasion=occasion,
        reasons=reasons_of(session, [rating.id]).get(rating.id, ()),
        people=people,
        redress=redress,
        contacts=list(contacts),
        appeal=appeal,
        again=again,
    )
