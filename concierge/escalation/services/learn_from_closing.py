"""What a closed report leaves behind: a no for a second look, a process to be mended."""

from __future__ import annotations

from datetime import date

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.events import ProcessFixAnswered, ProcessFixAsked
from concierge.escalation.models.learning import ProcessFixRow
from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.desk import figures_in_force
from concierge.escalation.queries.learning import fix_of, times_in_quarter
from concierge.escalation.rules.learning import (
    FixAnswered,
    InForceTooEarly,
    quarter_of,
    wants_fix,
    written,
)
from concierge.escalation.rules.report import ReportOutcome
from concierge.escalation.services.report_negative import Negative, keep_negative
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def learn_from_closing(w: Work, report: ReportRow) -> None:
    """Report the no a report ended with, and ask for a process fix where its cause came back too often.

    Source: ES-7, ES-8.
    """
    if report.outcome is ReportOutcome.EXPLAINED:
        keep_negative(
            w,
            Negative(
                occasion=f"report:{report.id}:{report.reopenings}",
                project_id=report.project_id,
                step_id=report.step_id,
                report_id=report.id,
                department=report.department,
                matter=report.title,
                applicant=report.reporter,
                phone=report.phone,
                said_by=w.by.label,
                said_by_id=w.by.id,
                said_on=clock.today(),
                reason=report.answer,
                basis=report.basis,
            ),
        )
    if report.cause_code:
        ask_for_fix(w, report.cause_code)


def ask_for_fix(w: Work, cause_code: str) -> None:
    """Ask for a process fix, once a quarter and cause, when the cause came back as often as the figures say.

    Source: ES-7.
    """
    w.session.flush()
    today, figures = clock.today(), figures_in_force(w.session)
    times, departments = times_in_quarter(w.session, cause_code, today)
    if not wants_fix(times, figures):
        return
    quarter = str(quarter_of(today))
    occasion = f"cause:{cause_code}:{quarter}"
    known = fix_of(w.session, occasion)
    if known is not None:
        known.times, known.departments = times, ",".join(departments)
        return
    row = w.add(
        ProcessFixRow(
            occasion=occasion,
            cause_code=cause_code,
            quarter=quarter,
            times=times,
            departments=",".join(departments),
            asked_on=today,
            asked_at=clock.now(),
            due_on=catalogue_queries.work_calendar(w.session).add_workdays(today, figures.fix_workdays),
        )
    )
    w.record(
        ProcessFixAsked(
            fix_id=row.id,
            cause_code=cause_code,
            quarter=quarter,
            times=times,
            departments=row.departments,
            due_on=row.due_on,
        )
    )


def answer_fix(
    fix_id: int, answer: str, in_force_on: date | None, *, version: int | None = None, by: Actor
) -> None:
    """Write down what was changed in the process and from when; without a day, why nothing is changed.

    Raises: Missing, Stale; FixAnswered, UnclearWords, InForceTooEarly.
    Source: ES-7.
    """
    with work(by) as w:
        row = w.get(ProcessFixRow, fix_id, version=version)
        if row.answered_on is not None:
            raise FixAnswered(day=row.answered_on.isoformat())
        if in_force_on is not None and in_force_on < row.asked_on:
            raise InForceTooEarly(first=row.asked_on.isoformat(), field="in_force_on")
        row.answer, row.in_force_on = written(answer, "answer"), in_force_on
        row.answered_on, row.answered_by = clock.today(), by.label
        w.record(
            ProcessFixAnswered(
                fix_id=row.id, cause_code=row.cause_code, quarter=row.quarter, on=row.answered_on
            )
        )
