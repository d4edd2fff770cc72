"""Follow a complaint to its end: accept or decline it, send it back, give it longer, answer it."""

from __future__ import annotations

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock, letters
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.supervision.events import ComplaintAnswered, ComplaintMoved
from concierge.supervision.models.complaint import ComplaintRow
from concierge.supervision.rules.answering import checked_words
from concierge.supervision.rules.complaints import (
    ENDED,
    ComplaintAcceptedAlready,
    ComplaintFinding,
    ComplaintNotAccepted,
    ComplaintOver,
    ComplaintStanding,
    ComplaintWay,
    ComplexAlready,
    NeverSentBack,
    TooLateToSendBack,
    answer_due,
    complaint_number,
    longer_due,
)


def accept_complaint(complaint_id: int, *, version: int | None = None, by: Actor) -> None:
    """Take a complaint up; from today its answer is due.

    Raises: Missing, Stale; ComplaintOver, ComplaintAcceptedAlready.
    Source: SV-8.
    """
    with work(by) as w:
        row = _undecided(w, complaint_id, version)
        row.due_on = answer_due(clock.today(), catalogue_queries.work_calendar(w.session))
        _decided(w, row, ComplaintStanding.ACCEPTED, "", by)


def decline_complaint(complaint_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Do not take a complaint up, with the reason the person is told.

    Raises: Missing, Stale; ComplaintOver, ComplaintAcceptedAlready, SupervisionWordsNeeded.
    Source: SV-8.
    """
    with work(by) as w:
        row = _undecided(w, complaint_id, version)
        _decided(w, row, ComplaintStanding.DECLINED, checked_words(reason, "reason"), by)
        _tell_person(w, row)


def send_back(complaint_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Send a wrongly addressed order back to the hotline, with where it belongs.

    Raises: Missing, Stale; ComplaintOver, NeverSentBack, TooLateToSendBack, SupervisionWordsNeeded.
    Source: SV-8: within 24 hours.
    """
    with work(by) as w:
        row = _open(w, complaint_id, version)
        if row.way is not ComplaintWay.HOTLINE or row.return_by is None:
            raise NeverSentBack
        if clock.now() > row.return_by:
            raise TooLateToSendBack(
                number=complaint_number(row.year, row.serial),
                moment=clock.local(row.return_by).strftime("%Y-%m-%d %H:%M"),
            )
        _decided(w, row, ComplaintStanding.SENT_BACK, checked_words(reason, "reason"), by)


def lengthen_complaint(complaint_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Give a complex one its longer days, once.

    Raises: Missing, Stale; ComplaintOver, ComplaintNotAccepted, ComplexAlready, SupervisionWordsNeeded.
    Source: SV-8: plus 5 when complex.
    """
    with work(by) as w:
        row = _accepted(w, complaint_id, version)
        if row.is_complex:
            raise ComplexAlready(number=complaint_number(row.year, row.serial), day=row.due_on.isoformat())
        row.is_complex, row.complex_reason = True, checked_words(reason, "reason")
        row.due_on = longer_due(row.due_on, catalogue_queries.work_calendar(w.session))
        _told(w, row, "lengthened")


def answer_complaint(
    complaint_id: int, finding: ComplaintFinding, answer: str, *, version: int | None = None, by: Actor
) -> None:
    """Record what was found and what the person was answered; the complaint ends.

    Raises: Missing, Stale; ComplaintOver, ComplaintNotAccepted, SupervisionWordsNeeded.
    Source: SV-8.
    """
    with work(by) as w:
        row = _accepted(w, complaint_id, version)
        row.answer = checked_words(answer, "answer")
        row.finding, row.standing = finding, ComplaintStanding.ANSWERED
        row.answered_on, row.answered_by = clock.today(), by.label
        _tell_person(w, row)
        w.record(
            ComplaintAnswered(
                complaint_id=row.id,
                project_id=row.project_id,
                department=row.department,
                finding=finding.value,
                is_in_time=row.answered_on <= row.due_on,
                on=row.answered_on,
            )
        )


def _open(w: Work, complaint_id: int, version: int | None) -> ComplaintRow:
    row = w.get(ComplaintRow, complaint_id, version=version)
    if row.standing in ENDED:
        ended_on = row.answered_on or row.decided_on or row.came_on
        raise ComplaintOver(number=complaint_number(row.year, row.serial), day=ended_on.isoformat())
    return row


def _undecided(w: Work, complaint_id: int, version: int | None) -> ComplaintRow:
    row = _open(w, complaint_id, version)
    if row.standing is ComplaintStanding.ACCEPTED:
        raise ComplaintAcceptedAlready(number=complaint_number(row.year, row.serial))
    return row


def _accepted(w: Work, complaint_id: int, version: int | None) -> ComplaintRow:
    row = _open(w, complaint_id, version)
    if row.standing is not ComplaintStanding.ACCEPTED:
        raise ComplaintNotAccepted(number=complaint_number(row.year, row.serial))
    return row


def _decided(w: Work, row: ComplaintRow, standing: ComplaintStanding, reason: str, by: Actor) -> None:
    row.standing, row.decision_reason = standing, reason
    row.decided_on, row.decided_by = clock.today(), by.label
    _told(w, row, standing.value)


def _tell_person(w: Work, row: ComplaintRow) -> None:
    """Tell by SMS that there is an answer; the hotline answers its own orders."""
    if row.way is ComplaintWay.APPROVAL:
        letters.leave_answer(
            w,
            row.phone,
            complaint_number(row.year, row.serial),
            occasion=f"complaint:{row.id}:{row.standing.value}",
            project_id=row.project_id,
        )


def _told(w: Work, row: ComplaintRow, what: str) -> None:
    w.record(
        ComplaintMoved(
            complaint_id=row.id,
            project_id=row.project_id,
            department=row.department,
            what=what,
            due_on=row.due_on,
            on=clock.today(),
        )
    )
