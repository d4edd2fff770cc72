"""Follow a negative rating: contact its giver, put it right and answer, call back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.ratings.events import RaterStillDissatisfied, RatingFollowed
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.models.redress import ContactRow, RedressRow
from concierge.ratings.queries.who_may import authority, rated_people
from concierge.ratings.rules.rating import Level
from concierge.ratings.rules.redress import (
    Finding,
    Stage,
    check_not_own,
    check_turn,
    checked_sentence,
    rectify_due,
    stage,
)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What one contact with the giver of a rating, or one look into the records, showed.

    Shape: ``finding`` and ``rectify_due_on`` only where somebody was reached or the rating is anonymous.
    """

    note: str
    is_reached: bool = True
    finding: Finding | None = None
    rectify_due_on: date | None = None


def contact_rater(redress_id: int, contact: Contact, *, version: int | None = None, by: Actor) -> None:
    """Keep a contact: a try that reached nobody, or what was verified and until when it is put right.

    Raises: Missing, Stale; NotItsTurn, OwnCase, DateNeeded, RectifyTooLate, TooFewWords.
    Source: RT-3, RT-4.
    """
    with work(by) as w:
        row = _row(w, redress_id, version, Stage.CONTACT)
        note = checked_sentence(contact.note, "note")
        w.session.add(
            ContactRow(
                redress_id=row.id,
                by_id=by.id,
                by=by.label,
                at=clock.now(),
                is_reached=contact.is_reached,
                note=note,
            )
        )
        if contact.is_reached and contact.finding is not None:
            calendar = catalogue_queries.work_calendar(w.session)
            today = clock.today()
            row.rectify_due_on = rectify_due(
                contact.finding, row.given_on, contact.rectify_due_on, calendar, today=today
            )
            row.finding, row.verified = contact.finding, note
            row.contacted_on, row.contacted_at = today, clock.now()
            row.contacted_by_id, row.contacted_by = by.id, by.label
        w.session.flush()
        _tell(w, row)


def put_right(
    redress_id: int, fault: str, measure: str, answer: str, *, version: int | None = None, by: Actor
) -> None:
    """Keep what was put right and the answer, which the giver is told and the public reads.

    Raises: Missing, Stale; NotItsTurn, OwnCase, TooFewWords.
    Source: RT-4, RT-5; RT-8 for whose fault it was.
    """
    with work(by) as w:
        row = _row(w, redress_id, version, Stage.RECTIFY)
        row.fault = checked_sentence(fault, "fault")
        row.measure = checked_sentence(measure, "measure")
        row.answer = checked_sentence(answer, "answer")
        row.rectified_on, row.rectified_at = clock.today(), clock.now()
        row.rectified_by_id, row.rectified_by = by.id, by.label
        w.session.flush()
        _tell(w, row)


def call_back(
    redress_id: int, satisfied_after: Level, note: str, *, version: int | None = None, by: Actor
) -> None:
    """Keep what the service authority heard when it called back; not by whoever put it right.

    Raises: Missing, Stale; NotItsTurn, OwnCase, TooFewWords.
    Effects: tells ``RaterStillDissatisfied`` where the answer did not help.
    Source: RT-5; ES-1, call-backs find what cannot be done.
    """
    with work(by) as w:
        row = _row(w, redress_id, version, Stage.CALL_BACK)
        row.satisfied_after, row.call_back_note = satisfied_after, checked_sentence(note, "note")
        row.called_back_on, row.called_back_at = clock.today(), clock.now()
        row.called_back_by_id, row.called_back_by = by.id, by.label
        w.session.flush()
        _tell(w, row)
        if satisfied_after.is_negative:
            code = w.session.scalar(
                select(OccasionRow.code)
                .join(RatingRow, RatingRow.occasion_id == OccasionRow.id)
                .where(RatingRow.id == row.rating_id)
            )
            w.record(
                RaterStillDissatisfied(
                    redress_id=row.id,
                    rating_id=row.rating_id,
                    project_id=row.project_id,
                    code=code or "",
                    department=row.department,
                    on=clock.today(),
                )
            )


def _row(w: Work, redress_id: int, version: int | None, wanted: Stage) -> RedressRow:
    """The row, if this person may do this now. Raises: NotItsTurn, OwnCase."""
    row = w.get(RedressRow, redress_id, version=version)
    occasion_id = w.session.scalar(select(RatingRow.occasion_id).where(RatingRow.id == row.rating_id)) or 0
    own: Collection[int] = rated_people(w.session, occasion_id)
    if wanted is Stage.CALL_BACK and row.rectified_by_id is not None:
        own = {*own, row.rectified_by_id}
    check_not_own(w.by.id, own, authority(w.session, but=own))
    check_turn(row.facts(), wanted)
    return row


def _tell(w: Work, row: RedressRow) -> None:
    w.record(
        RatingFollowed(
            redress_id=row.id,
            rating_id=row.rating_id,
            project_id=row.project_id,
            department=row.department,
            stage=stage(row.facts()).value,
            on=clock.today(),
        )
    )
