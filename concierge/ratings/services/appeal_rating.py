"""Appeal a rating as wrong or false, and decide the appeal; the rated person writes it, never decides it."""

from __future__ import annotations

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.ratings.events import RatingAppealDecided, RatingAppealMade
from concierge.ratings.models.rating import RatingRow
from concierge.ratings.models.redress import RatingAppealRow, RedressRow
from concierge.ratings.queries.who_may import authority, rated_people
from concierge.ratings.rules.redress import (
    AppealSettled,
    Ruling,
    check_appeal,
    check_not_own,
    check_speaker,
    checked_sentence,
)


def appeal_rating(rating_id: int, speaker: str, reason: str, *, by: Actor) -> int:
    """Keep an appeal; answers its number. The rating counts until somebody decides.

    Raises: Missing; RatingAppealed, RatingAppealTooLate, TooFewWords, SpeakerNeeded.
    Source: RT-6.
    """
    with work(by) as w:
        rating = w.get(RatingRow, rating_id)
        made_on = w.session.scalar(
            select(RatingAppealRow.made_on).where(RatingAppealRow.rating_id == rating_id)
        )
        calendar = catalogue_queries.work_calendar(w.session)
        today = clock.today()
        why = check_appeal(rating.given_on, made_on, reason, calendar, today=today)
        row = w.add(
            RatingAppealRow(
                rating_id=rating_id,
                project_id=rating.project_id,
                by_id=by.id,
                by=by.label,
                speaker=check_speaker(speaker),
                made_on=today,
                made_at=clock.now(),
                reason=why,
            )
        )
        w.record(
            RatingAppealMade(
                appeal_id=row.id,
                rating_id=rating_id,
                project_id=rating.project_id,
                department=rating.department,
                on=today,
            )
        )
        return row.id


def decide_rating_appeal(
    appeal_id: int, ruling: Ruling, decision: str, *, version: int | None = None, by: Actor
) -> None:
    """Keep the decision on an appeal: upheld, the rating counts for nothing any more, and stays on record.

    Raises: Missing, Stale; AppealSettled, OwnCase, TooFewWords.
    Source: RT-6.
    """
    with work(by) as w:
        appeal = w.get(RatingAppealRow, appeal_id, version=version)
        if appeal.decided_on is not None:
            raise AppealSettled(day=appeal.decided_on.isoformat(), person=appeal.decided_by)
        rating = w.get(RatingRow, appeal.rating_id)
        own = rated_people(w.session, rating.occasion_id).union(
            () if appeal.by_id is None else (appeal.by_id,)
        )
        check_not_own(by.id, own, authority(w.session, but=own))
        appeal.ruling, appeal.decision = ruling, checked_sentence(decision, "decision")
        appeal.decided_on, appeal.decided_at = clock.today(), clock.now()
        appeal.decided_by_id, appeal.decided_by = by.id, by.label
        redress = w.session.scalar(
            select(RedressRow).where(RedressRow.rating_id == rating.id).with_for_update()
        )
        if ruling is Ruling.UPHELD and redress is not None:
            redress.set_aside_on = clock.today()
        w.session.flush()
        w.record(
            RatingAppealDecided(
                appeal_id=appeal.id,
                rating_id=rating.id,
                project_id=rating.project_id,
                department=rating.department,
                ruling=ruling.value,
                on=clock.today(),
            )
        )
