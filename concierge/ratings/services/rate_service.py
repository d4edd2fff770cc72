"""Rate a service: one rating for one service, by whoever it was for, with no staff present."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.ratings.events import NegativeRated, ServiceRated
from concierge.ratings.models.rating import OccasionRow, RatingReasonRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.queries.who_may import authority, rated_people
from concierge.ratings.rules.rating import (
    Channel,
    Given,
    RatedBefore,
    RatingTaken,
    Reason,
    checked_rating,
)
from concierge.ratings.rules.redress import check_not_own, contact_due
from concierge.ratings.services.ask_process_change import ask_where_repeated


def rate_service(occasion_id: int, given: Given, *, channel: Channel = Channel.LINK, by: Actor) -> int:
    """Keep a rating; answers its number.

    Shape: ``by`` is a person only where staff type in what came on paper or by telephone.
    Raises: Missing; RatedBefore, RatingTaken, OwnCase; everything ``checked_rating`` refuses.
    Effects: a negative one opens its own way to an answer, and may have a change of process asked for.
    Source: RT-1, RT-2, RT-3.
    """
    with work(by) as w:
        occasion = w.get(OccasionRow, occasion_id)
        _check_open(w, occasion, by)
        kept = checked_rating(given)
        row = w.add(
            RatingRow(
                occasion_id=occasion.id,
                project_id=occasion.project_id,
                department=occasion.department,
                level=kept.level,
                words=kept.words,
                is_anonymous=kept.is_anonymous,
                rater_name=kept.name,
                rater_phone=kept.phone,
                channel=channel,
                given_on=clock.today(),
                given_at=clock.now(),
            )
        )
        _keep_reasons(w, row, kept.reasons)
        w.record(
            ServiceRated(
                rating_id=row.id,
                occasion_id=occasion.id,
                project_id=row.project_id,
                code=occasion.code,
                department=row.department,
                level=row.level.value,
                on=row.given_on,
            )
        )
        if row.level.is_negative:
            _open_redress(w, row, occasion)
            ask_where_repeated(w, row.department)
        return row.id


def _check_open(w: Work, occasion: OccasionRow, by: Actor) -> None:
    given_on = w.session.scalar(select(RatingRow.given_on).where(RatingRow.occasion_id == occasion.id))
    if given_on is not None:
        raise RatedBefore(day=given_on.isoformat())
    if occasion.withdrawn_at is not None:
        raise RatingTaken
    rated = rated_people(w.session, occasion.id)
    check_not_own(by.id, rated, authority(w.session, but=rated))


def _keep_reasons(w: Work, row: RatingRow, reasons: Collection[Reason]) -> None:
    for reason in Reason:
        if reason in reasons:
            w.session.add(RatingReasonRow(rating_id=row.id, reason=reason))
    w.session.flush()


def _open_redress(w: Work, row: RatingRow, occasion: OccasionRow) -> None:
    redress = w.add(
        RedressRow(
            rating_id=row.id,
            project_id=row.project_id,
            department=row.department,
            given_on=row.given_on,
            is_named=not row.is_anonymous,
            contact_due_on=contact_due(row.given_on, catalogue_queries.work_calendar(w.session)),
        )
    )
    w.record(
        NegativeRated(
            redress_id=redress.id,
            rating_id=row.id,
            project_id=row.project_id,
            code=occasion.code,
            department=row.department,
            is_named=redress.is_named,
            contact_due_on=redress.contact_due_on,
        )
    )
