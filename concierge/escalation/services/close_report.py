"""Close a report with its answer and cause; ask the person back; take it up again."""

from __future__ import annotations

from datetime import date

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.events import ReportAskedBack, ReportEnded, ReportReopened
from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.desk import causes, figures_in_force
from concierge.escalation.queries.reports import assignments_of, current_stage, meetings_of, opinions_of
from concierge.escalation.rules.closing import (
    Closing,
    Done,
    ReportOpen,
    answer_occasion,
    check_closing,
    check_reopening,
)
from concierge.escalation.rules.levels import answer_due_on
from concierge.escalation.rules.report import ORDER, Contentment, ReportDeed, ReportLevel, Rise
from concierge.escalation.services.follow_report import begin_level, locked_report, note_deed, open_report
from concierge.escalation.services.handle_report import give_answer
from concierge.escalation.services.learn_from_closing import learn_from_closing
from concierge.kernel import clock, letters
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def close_report(report_id: int, closing: Closing, *, version: int | None = None, by: Actor) -> None:
    """Close a report: answered, sorted, its cause known, and done what its kind asks for.

    Raises: Missing, Stale, ReportClosed; what ``check_closing`` refuses.
    Effects: the person hears by SMS that there is an answer; a no is reported for a second look; a
        cause that came back too often has its process mended.
    Source: ES-2, ES-3, ES-7, ES-8.
    """
    with work(by) as w:
        report = open_report(w, report_id, version)
        known = frozenset(cause.code for cause in causes(w.session, used_only=True))
        check_closing(closing, _done(w, report), known, closer=by.label)
        if closing.answer.strip() != report.answer:
            give_answer(w, report, closing.answer)
        today, stage = clock.today(), current_stage(w.session, report.id)
        stage.ended_at = max(clock.now(), stage.began_at)
        report.outcome, report.closed_on, report.closed_at = closing.outcome, today, clock.now()
        report.closed_by, report.level_due_at = by.label, None
        report.cause_code = closing.cause_code
        report.approver, report.basis = closing.approver.strip(), closing.basis.strip()
        report.accountability = closing.accountability.strip()
        note_deed(w, report, ReportDeed.CLOSED, closing.outcome.value)
        w.record(
            ReportEnded(
                report_id=report.id,
                project_id=report.project_id,
                number=report.number,
                title=report.title,
                department=report.department,
                kind=report.kind.value if report.kind else "",
                outcome=closing.outcome.value,
                cause_code=report.cause_code,
                is_in_time=today <= report.due_on,
                on=today,
            )
        )
        letters.leave_answer(
            w,
            report.phone,
            report.number,
            occasion=answer_occasion(report.id, report.reopenings),
            project_id=report.project_id,
        )
        learn_from_closing(w, report)


def _done(w: Work, report: ReportRow) -> Done:
    assignments = assignments_of(w.session, report.id)
    return Done(
        kind=report.kind,
        assignments=len(assignments),
        open_assignments=tuple(one.number for one in assignments if one.answered_on is None),
        appointments=sum(one.called_off_at is None for one in meetings_of(w.session, report.id)),
    )


def ask_back(report_id: int, contentment: Contentment, words: str = "", *, by: Actor) -> None:
    """Write down what the person said of the answer.

    Raises: Missing; ReportOpen.
    Source: ES-7.
    """
    with work(by) as w:
        report = locked_report(w, report_id)
        if report.closed_at is None:
            raise ReportOpen
        report.contentment, report.asked_back_on = contentment, clock.today()
        note_deed(w, report, ReportDeed.ASKED_BACK, f"{contentment.value} {words.strip()}".strip())
        w.record(
            ReportAskedBack(
                report_id=report.id,
                project_id=report.project_id,
                number=report.number,
                contentment=contentment.value,
                on=clock.today(),
            )
        )


def reopen_report(report_id: int, *, by: Actor) -> None:
    """Take a report up again at the timed level, or the higher one it had reached, in a new round.

    Raises: Missing; ReportOpen, ReopenUnsatisfied.
    Source: ES-3, ES-7.
    """
    with work(by) as w:
        report = locked_report(w, report_id)
        check_reopening(is_closed=report.closed_at is not None, contentment=report.contentment)
        stage = current_stage(w.session, report.id)
        stage.rose = Rise.REOPENED
        level = max(report.level, ReportLevel.TIMED, key=ORDER.index)
        report.outcome = report.closed_on = report.closed_at = report.contentment = None
        report.asked_back_on, report.closed_by = None, ""
        report.reopenings += 1
        report.received_on, report.due_on = clock.today(), _due_again(w, report)
        begin_level(w, report, level, clock.now(), round_number=stage.round + 1)
        note_deed(w, report, ReportDeed.REOPENED)
        w.record(
            ReportReopened(
                report_id=report.id,
                project_id=report.project_id,
                number=report.number,
                title=report.title,
                due_on=report.due_on,
            )
        )


def _due_again(w: Work, report: ReportRow) -> date:
    departments = {report.department, *(one.department for one in opinions_of(w.session, report.id))}
    return answer_due_on(
        clock.today(),
        report.kind,
        len(departments),
        figures_in_force(w.session),
        catalogue_queries.work_calendar(w.session),
    )
