"""Bring departments together about a report: their opinions, a meeting, assignment orders."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from approvals.services.take_number import take_number
from concierge.escalation.events import AssignmentAnswered, AssignmentIssued
from concierge.escalation.models.report import AssignmentRow, ReportMeetingRow, ReportOpinionRow
from concierge.escalation.rules.assigning import (
    Opinion,
    check_assignment,
    check_assignment_answer,
    check_meeting,
)
from concierge.escalation.rules.learning import written
from concierge.escalation.rules.report import ReportDeed
from concierge.escalation.rules.telling import DepartmentNeeded, ReporterNeeded
from concierge.escalation.services.follow_report import locked_report, note_deed, open_report, recount_due
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work

ASSIGNMENTS = "JB"
LEAST_OPINION = 2  # 同意 is a whole opinion


def give_opinion(report_id: int, opinion: Opinion, *, version: int | None = None, by: Actor) -> None:
    """Keep what a department says about a report; said again, the newer words stand and the trail has both.

    Raises: Missing, Stale, ReportClosed; DepartmentNeeded, UnclearWords.
    Effects: a second department may give the report more days, where the figures say so.
    Source: ES-5, ES-6.
    """
    with work(by) as w:
        report = open_report(w, report_id, version)
        department = opinion.department
        if not department:
            raise DepartmentNeeded(field="department")
        said = written(opinion.words, "opinion", least=LEAST_OPINION)
        asked = select(ReportOpinionRow).where(
            ReportOpinionRow.report_id == report.id, ReportOpinionRow.department == department
        )
        row = w.session.scalar(asked) or ReportOpinionRow(report_id=report.id, department=department)
        row.opinion, row.basis, row.is_coming = said, opinion.basis.strip(), opinion.is_coming
        row.given_by, row.given_at = by.label, clock.now()
        w.add(row)
        note_deed(w, report, ReportDeed.OPINION, f"{department}: {said}")
        recount_due(w, report)


def hold_meeting(
    report_id: int, at: datetime, place: str, proposal: str, *, version: int | None = None, by: Actor
) -> None:
    """Set a meeting about a report, or the appointment of a special request.

    Raises: Missing, Stale, ReportClosed; MeetingTooEarly, MeetingPlaceNeeded, UnclearWords.
    Source: ES-2 (a special request is arranged), ES-5.
    """
    with work(by) as w:
        report = open_report(w, report_id, version)
        where = check_meeting(at, place, reported_at=report.reported_at)
        w.add(
            ReportMeetingRow(report_id=report.id, at=at, place=where, proposal=written(proposal, "proposal"))
        )
        note_deed(w, report, ReportDeed.MEETING, f"{clock.local(at):%Y-%m-%d %H:%M} {where}")


def call_off_meeting(meeting_id: int, *, by: Actor) -> None:
    """Call a meeting off; it stays on record. Raises: Missing, ReportClosed."""
    with work(by) as w:
        meeting = w.session.get(ReportMeetingRow, meeting_id)
        if meeting is None or meeting.called_off_at is not None:
            raise Missing
        report = open_report(w, meeting.report_id)
        meeting.called_off_at = clock.now()
        note_deed(w, report, ReportDeed.NOTED, f"✕ {clock.local(meeting.at):%Y-%m-%d %H:%M} {meeting.place}")


def issue_assignment(
    report_id: int,
    addressee: str,
    demand: str,
    answer_due_on: date,
    *,
    department: str = "",
    by: Actor,
) -> int:
    """Issue an assignment order (交办单) under the next number; answers its row.

    Raises: Missing, ReportClosed; AddresseeNeeded, UnclearWords, AnswerDueTooEarly.
    Source: ES-2, ES-5.
    """
    with work(by) as w:
        report = open_report(w, report_id)
        today = clock.today()
        calendar = catalogue_queries.work_calendar(w.session)
        to = check_assignment(addressee, answer_due_on, calendar, today=today)
        row = w.add(
            AssignmentRow(
                number=take_number(w, ASSIGNMENTS, today),
                report_id=report.id,
                level=report.level,
                addressee=to,
                department=department,
                demand=written(demand, "demand"),
                issued_on=today,
                issued_at=clock.now(),
                by_id=by.id,
                by=by.label,
                answer_due_on=answer_due_on,
            )
        )
        note_deed(w, report, ReportDeed.ASSIGNED, f"{row.number} {to}")
        w.record(
            AssignmentIssued(
                assignment_id=row.id,
                report_id=report.id,
                project_id=report.project_id,
                number=row.number,
                addressee=to,
                department=department,
                answer_due_on=answer_due_on,
            )
        )
        return row.id


def answer_assignment(
    assignment_id: int, answered_on: date, speaker: str, answer: str, *, version: int | None = None, by: Actor
) -> None:
    """Write down what was answered to an assignment order.

    Raises: Missing, Stale; AssignmentAnsweredAlready, OutsideTheOrder, ReporterNeeded, UnclearWords.
    """
    with work(by) as w:
        row = w.get(AssignmentRow, assignment_id, version=version)
        report = locked_report(w, row.report_id)
        check_assignment_answer(row.issued_on, answered_on, row.answered_on, today=clock.today())
        if not speaker.strip():
            raise ReporterNeeded(field="speaker")
        row.answer, row.answered_on, row.answered_by = written(answer, "answer"), answered_on, speaker.strip()
        note_deed(w, report, ReportDeed.ASSIGNMENT_ANSWERED, f"{row.number} {row.answered_by}")
        w.record(
            AssignmentAnswered(
                assignment_id=row.id,
                report_id=report.id,
                project_id=report.project_id,
                number=row.number,
                on=answered_on,
            )
        )
